import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { request as send } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { documentOf } from '../domain/workspace-builder.js'
import { serveProcess } from '../e2e/served-process.js'
import { unless } from '../skip-reason.js'
import { canMakeCertificates, makeCertificate, tunnelTo } from './drift-tunnel.js'

/** Stands for the token in what a client sends. */
const TOKEN = '{token}'
const BEARER = { authorization: `Bearer ${TOKEN}` }
const JSON_BODY = { 'content-type': 'application/json' }

const DOCUMENT = join(newFolder(), 'acme.json')
writeFileSync(
  DOCUMENT,
  JSON.stringify(
    documentOf({
      agents: [
        { id: '1', email: 'sam@acme.example', name: 'Sam', role: 'admin', status: 'available' },
        { id: '2', email: 'ana@acme.example', name: 'Ana', status: 'available' },
        { id: 'kofi', name: 'Kofi', status: 'available' },
      ],
      teams: [{ id: '31', name: 'Sales', members: ['1', 'kofi'] }],
      playbooks: [{ id: '12', name: 'Talk', type: 'bot', enabled: true, goal: { route: { to: 'rules' } } }],
    }),
  ),
)
/** The real executable: what is sent goes through all of it, from the socket to the file and back. */
const served = await serveProcess(['--from', DOCUMENT])
afterAll(served.stop)

/** Asks our own API, as the admin. */
async function own(method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${served.adminToken}`, ...JSON_BODY }
  const response = await fetch(served.url + path, { method, headers, body: body ? JSON.stringify(body) : null })
  return (await response.json()) as { readonly away: number; readonly revision: number }
}

interface Step {
  /** What the client was called to do. */
  readonly title: string
  readonly method: string
  /** As the client writes it, query included. */
  readonly path: string
  readonly body?: string
  readonly status: number
  /** What the client reads from the answer: as its own code does, or as its declared types demand. */
  readonly reads: (answer: unknown) => void
}

interface IndependentClient {
  readonly repository: string
  readonly files: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/** Go refuses to decode a value of another type than the field's: each field that is there must fit. */
const GO_USER = {
  id: isUint64,
  orgId: isUint64,
  name: isText,
  alias: isText,
  email: isText,
  phone: isText,
  locale: isText,
  availability: isText,
  role: isText,
  timeZone: isText,
  avatarUrl: isText,
  verified: isBoolean,
  bot: isBoolean,
  createdAt: isUint64,
  updatedAt: isUint64,
}
const GO_TEAM = {
  id: isUint64,
  orgId: isUint64,
  workspaceId: isText,
  name: isText,
  updatedAt: isUint64,
  members: (value: unknown) => Array.isArray(value) && value.every(isUint64),
  owner: isUint64,
  status: isText,
  main: isBoolean,
  autoOffline: isBoolean,
  teamCsatEnabled: isBoolean,
  teamAvailabilityMode: isText,
  responseTimerEnabled: isBoolean,
}
const GO_TOKEN = {
  access_token: isText,
  authenticated_userid: isText,
  created_at: isUint64,
  credential_id: isText,
  expires_in: isUint64,
  id: isText,
  scope: isText,
  token_type: isText,
}

/**
 * What published clients of Drift's API send, request by request, and what they read. They are
 * not in this repository: each names where its source was read.
 */
const CLIENTS: readonly IndependentClient[] = [
  {
    repository: 'Driftt/drift-python',
    files: ['drift/api.py', 'drift/users.py'],
    headers: {
      ...BEARER,
      ...JSON_BODY,
      'user-agent': 'Drift Python SDK 1.0.3',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
    },
    steps: [
      {
        title: 'users.list()',
        method: 'GET',
        path: '/users/list',
        status: 200,
        reads: matches({ data: [{ name: 'Sam' }, { name: 'Ana' }, { name: 'Kofi' }] }),
      },
      {
        title: 'users.get(2)',
        method: 'GET',
        path: '/users/2',
        status: 200,
        reads: matches({ data: { id: 2 } }),
      },
      {
        title: 'users.update(2, availability="OFFLINE")',
        method: 'PATCH',
        path: '/users/update?userId=2',
        body: '{"availability": "OFFLINE"}',
        status: 200,
        reads: matches({ data: { availability: 'OFFLINE' } }),
      },
      {
        title: 'users.get(404), whose error is handed on as it is',
        method: 'GET',
        path: '/users/404',
        status: 404,
        reads: matches({ error: { type: 'not_found' } }),
      },
    ],
  },
  {
    repository: 'airbytehq/airbyte',
    files: [
      'airbyte-integrations/connectors/source-drift/source_drift/client/api.py',
      'airbyte-integrations/connectors/source-drift/source_drift/client/common.py',
    ],
    headers: { ...BEARER, ...JSON_BODY, 'user-agent': 'Airbyte', accept: 'application/json' },
    steps: [
      {
        title: 'check_token(token)',
        method: 'POST',
        path: '/app/token_info',
        body: `{"accessToken": "${TOKEN}"}`,
        status: 200,
        reads: (answer) => expect(answer).not.toHaveProperty('data'),
      },
      {
        title: 'users.list(), all at once',
        method: 'GET',
        path: '/users/list',
        status: 200,
        reads: matches({ data: [{ id: 1 }, { id: 2 }, {}] }),
      },
      {
        title: 'users.update(1, availability="OFFLINE")',
        method: 'PATCH',
        path: '/users/update?userId=1',
        body: '{"availability": "OFFLINE"}',
        status: 200,
        reads: matches({ data: { availability: 'OFFLINE' } }),
      },
      {
        title: 'users.get(404), a NotFoundError by its status with error.message',
        method: 'GET',
        path: '/users/404',
        status: 404,
        reads: matches({ error: { message: expect.stringContaining('404') } }),
      },
      {
        title: 'users.update(1, role="admin"), a ValidationError by its status',
        method: 'PATCH',
        path: '/users/update?userId=1',
        body: '{"role": "admin"}',
        status: 400,
        reads: matches({ error: { message: expect.stringContaining('role') } }),
      },
    ],
  },
  {
    repository: 'mrz1836/go-drift',
    files: [
      'drift/users_get.go',
      'drift/users_update.go',
      'drift/teams_list.go',
      'drift/admin_token_info.go',
      'users.go',
    ],
    headers: { ...BEARER, 'user-agent': 'go-drift', 'accept-encoding': 'gzip' },
    steps: [
      {
        title: 'ListUsers',
        method: 'GET',
        path: '/users/list',
        status: 200,
        reads: dataDecodesAs(GO_USER),
      },
      {
        title: 'GetUser(2)',
        method: 'GET',
        path: '/users/2',
        status: 200,
        reads: (answer) => decodesAs(GO_USER, dataOf(answer)),
      },
      {
        title: 'GetUsers(1, 2, 404), a map by text',
        method: 'GET',
        path: '/users?userId=1&userId=2&userId=404',
        status: 200,
        reads(answer) {
          expect(Object.keys(dataOf(answer))).toEqual(['1', '2'])
          dataDecodesAs(GO_USER)(answer)
        },
      },
      {
        title: 'UpdateUser(2, Availability: "OFFLINE")',
        method: 'PATCH',
        path: '/users/update?userId=2',
        body: '{"availability":"OFFLINE"}',
        status: 200,
        reads(answer) {
          decodesAs(GO_USER, dataOf(answer))
          expect(answer).toMatchObject({ data: { availability: 'OFFLINE' } })
        },
      },
      {
        title: 'GetUser(404), ErrResourceNotFound by its status',
        method: 'GET',
        path: '/users/404',
        status: 404,
        reads() {},
      },
      {
        title: 'ListTeams',
        method: 'GET',
        path: '/teams/org',
        status: 200,
        reads: dataDecodesAs(GO_TEAM),
      },
      {
        title: 'ListTeamsByUser(1)',
        method: 'GET',
        path: '/teams/users/1',
        status: 200,
        reads: matches({ data: [{ id: 31 }] }),
      },
      {
        title: 'GetPlaybooks, a list without an envelope',
        method: 'GET',
        path: '/playbooks/list',
        status: 200,
        reads: matches([{ id: 12, name: 'Talk', orgId: expect.any(Number) }]),
      },
      {
        title: 'GetTokenInfo',
        method: 'POST',
        path: '/app/token_info',
        body: `{"access_token":"${TOKEN}"}`,
        status: 200,
        reads: (answer) => decodesAs(GO_TOKEN, answer as object),
      },
    ],
  },
  {
    repository: 'MCKLtech/drift-php',
    files: ['src/DriftUsers.php', 'src/DriftAdmin.php', 'src/DriftClient.php'],
    headers: { ...BEARER, ...JSON_BODY, accept: 'application/json' },
    steps: [
      {
        title: 'users->list()',
        method: 'GET',
        path: '/users/list',
        status: 200,
        reads: matches({ data: [{ id: 1 }, { id: 2 }, {}] }),
      },
      {
        title: 'users->get(2)',
        method: 'GET',
        path: '/users/2',
        status: 200,
        reads: matches({ data: { name: 'Ana' } }),
      },
      {
        title: 'users->update(2, ["availability" => "OFFLINE"])',
        method: 'PATCH',
        path: '/users/update?userId=2',
        body: '{"availability":"OFFLINE"}',
        status: 200,
        reads: matches({ data: { availability: 'OFFLINE' } }),
      },
      {
        title: 'users->get(404), a ClientErrorException by its status',
        method: 'GET',
        path: '/users/404',
        status: 404,
        reads() {},
      },
    ],
  },
]

describe('what independent clients of Drift send is answered by serve as they read it', () => {
  afterEach(async () => {
    for (const id of ['1', '2', 'kofi']) await own('PUT', `/v1/agents/${id}/status`, { status: 'available' })
  })

  describe.each(CLIENTS)('$repository', ({ headers, steps }) => {
    test.each(steps)('$title', async ({ method, path, body, status, reads }) => {
      const before = (await own('GET', '/v1/status')).revision
      const answer = await ask(served.url + path, { method, headers, body })
      expect(answer.status).toBe(status)
      expect(answer.type).toContain('application/json')
      reads(JSON.parse(answer.text))
      const written = method === 'PATCH' && status === 200 ? 1 : 0
      expect((await own('GET', '/v1/agents')).away).toBe(written)
      expect((await own('GET', '/v1/status')).revision).toBe(before + written)
    })
  })
})

/** What a user of drift-chat would write; where it has no method, its users give a path for an id. */
const CHAT_SCRIPT = `
  const Drift = require('drift-chat')
  const settle = (promise) => promise.then((value) => ({ value }), ({ statusCode, error }) => ({ statusCode, error }))
  const { TOKEN, WRONG } = process.env
  const calls = [[TOKEN, 2], [TOKEN, 'list'], [TOKEN, 404], [WRONG, 2]]
  Promise.all(calls.map(([token, id]) => settle(new Drift(token).getUser(id)))).then((all) => console.log(JSON.stringify(all)))
`

/** A published client, unchanged: it asks https://driftapi.com, and a tunnel takes it to our executable. */
describe.skipIf(!canMakeCertificates())(
  unless(!canMakeCertificates(), 'no openssl to make a certificate', 'drift-chat, as published'),
  () => {
    test('lists users, reads one, and understands a 404 and a wrong token', async () => {
      const { keyFile, certFile } = makeCertificate('driftapi.com')
      const secured = await serveProcess(['--from', DOCUMENT, '--tls-cert', certFile, '--tls-key', keyFile])
      onTestFinished(secured.stop)
      const env = {
        ...process.env,
        HTTPS_PROXY: await tunnelTo(secured.url),
        NODE_EXTRA_CA_CERTS: certFile,
        NODE_NO_WARNINGS: '1',
        TOKEN: secured.adminToken,
        WRONG: `dst_abcdefgh_${'w'.repeat(43)}`,
      }
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', CHAT_SCRIPT], { env })
      const [user, all, nobody, stranger] = JSON.parse(stdout)
      expect(user.value.data).toMatchObject({ id: 2, name: 'Ana', availability: 'AVAILABLE' })
      expect(all.value.data.map(({ name }: { name: string }) => name)).toEqual(['Sam', 'Ana', 'Kofi'])
      expect([nobody.statusCode, JSON.parse(nobody.error).error.type]).toEqual([404, 'not_found'])
      expect([stranger.statusCode, JSON.parse(stranger.error).error.type]).toEqual([403, 'authentication_error'])
      await expect.poll(secured.log).toContain('"route":"/users/:id","status":404')
    })
  },
)

interface Ask {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Sends these headers and no others. All clients say of a body that it is JSON; some say it of every request. */
function ask(url: string, { method, headers, body }: Ask) {
  const filled = (text: string) => text.replaceAll(TOKEN, served.adminToken)
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)]))
  const text = body === undefined ? undefined : filled(body)
  return new Promise<{ readonly status: number; readonly type: string; readonly text: string }>((resolve, reject) => {
    const ofBody = text && { ...JSON_BODY, 'content-length': text.length }
    const request = send(url, { method, headers: { ...sent, ...ofBody } })
    request.on('error', reject)
    request.on('response', async (response) => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text })
    })
    request.end(text)
  })
}

function matches(expected: object) {
  return (answer: unknown) => expect(answer).toMatchObject(expected)
}

type FieldTypes = Readonly<Record<string, (value: unknown) => boolean>>

function decodesAs(fields: FieldTypes, document: object): void {
  for (const [name, value] of Object.entries(document)) {
    expect(fields[name]?.(value), `${name}: ${JSON.stringify(value)}`).toBe(true)
  }
}

/** A list of documents, or a map of them. */
function dataDecodesAs(fields: FieldTypes) {
  return (answer: unknown) => {
    const documents = Object.values(dataOf(answer)) as object[]
    expect(documents.length).toBeGreaterThan(0)
    for (const document of documents) decodesAs(fields, document)
  }
}

function dataOf(answer: unknown): object {
  return (answer as { readonly data: object }).data
}

function isUint64(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}
