import { describe, expect, test } from 'vitest'
import { problemOf } from '../../../src/service/http/problem.js'
import { driftErrorReply } from '../../../src/service/http/routes/mount-drift.js'
import { storeError } from '../../../src/service/store/sqlite/sqlite-errors.js'
import { AGENTS, serveWorkspace } from './served-workspace.js'

const PARTS = {
  agents: [...AGENTS, { id: '3', name: 'Ana', email: 'ana.b@acme.example', role: 'agent', status: 'away' }],
  teams: [{ id: 'sales', members: ['1'] }],
  routing: { rules: [{ id: 'vip', when: { plan: 'gold' }, to: { team: 'sales' } }] },
}
const STORED = /Sam|Ana|sam@|ana@|sales|vip/

describe('hints name nobody to who may not read', async () => {
  const { ask, token } = await serveWorkspace({ parts: PARTS })
  const blind = await token({
    name: 'blind',
    agent: '2',
    scopes: ['status:any', 'hours', 'widget', 'routing', 'admin'],
  })
  const seeing = await token({ name: 'seeing', role: 'admin' })

  test.each([
    { method: 'PUT', path: '/v1/agents/Smm/status', body: { status: 'away' } },
    { method: 'PUT', path: '/v1/agents/sam@acme.exampel/status', body: { status: 'away' } },
    { method: 'PATCH', path: '/v1/agents/Smm', body: { settings: { name: 'x' } } },
    { method: 'DELETE', path: '/v1/agents/Smm', body: undefined },
    { method: 'PUT', path: '/v1/routing/cursors/team:salse', body: { agent: '1' } },
    {
      method: 'PUT',
      path: '/v1/routing',
      body: { routing: { rules: [{ id: 'x', when: { plan: 'gold' }, to: { team: 'salse' } }] } },
    },
    { method: 'POST', path: '/v1/route', body: { target: { team: 'salse' } } },
  ])('$method $path', async ({ method, path, body }) => {
    const answer = await ask(method, path, { token: blind, body })
    expect([400, 404]).toContain(answer.status)
    expect(String(answer.body.hint)).not.toMatch(STORED)
    // What the caller wrote itself may be repeated.
    expect(answer.body.detail.replace(/"[^"]*"/g, '')).not.toMatch(STORED)
    const same = await ask(method, path, { token: seeing, body })
    expect([same.status, same.body.detail]).toEqual([answer.status, answer.body.detail])
  })

  test.each(['1', 'sam@acme.example', 'Sam', 'Ana', 'nobody', 'nobody@acme.example', 'id:9'])(
    'R16: who may set only their own status is told of "%s" just what they are told of anybody',
    async (who) => {
      const self = await token({ name: 'self', agent: '2', scopes: ['status:self'] })
      const { status, body } = await ask('PUT', `/v1/agents/${who}/status`, { token: self, body: { status: 'away' } })
      expect({ status, code: body.code, detail: body.detail }).toEqual({
        status: 403,
        code: 'not-allowed',
        detail: expect.stringMatching(/^\S+ may not set the status of another: /),
      })
    },
  )

  test('a chat is routed without telling the statuses and notes of the others', async () => {
    const everyone = await serveWorkspace({
      parts: { ...PARTS, routing: { default: { to: { 'round-robin': ['1', '2'] } } } },
    })
    const routing = await everyone.token({ name: 'routing', scopes: ['routing'] })
    await everyone.owner.putStatus({ id: '2', status: 'away', note: 'ill' })
    const { status, body } = await everyone.ask('POST', '/v1/route?dryRun=true', { token: routing, body: {} })
    expect({ status, assignee: body.assignee, candidates: body.routing.candidates }).toEqual({
      status: 200,
      assignee: '1',
      candidates: [],
    })
    expect(JSON.stringify(body)).not.toMatch(/ill|Sam|Ana/)
  })

  test('who may read is told the nearest', async () => {
    const answer = await ask('PUT', '/v1/agents/Smm/status', { token: seeing, body: { status: 'away' } })
    expect(answer.body.hint).toBe('did you mean "Sam"?')
  })

  test('a name of several agents tells their ids to who may read, and nobody else', async () => {
    const detail = async (secret: string) =>
      (await ask('PUT', '/v1/agents/Ana/status', { token: secret, body: { status: 'away' } })).body.detail
    expect(await detail(blind)).toBe('"Ana" names more than one agent')
    expect(await detail(seeing)).toBe('"Ana" names more than one agent: Ana (id 2) and Ana (id 3)')
  })

  test('a status that was set is answered without whose it is', async () => {
    const { status, body } = await ask('PUT', '/v1/agents/1/status', {
      token: blind,
      body: { status: 'away', note: 'x' },
    })
    expect([status, body.agent]).toEqual([200, { id: '1', role: 'admin', status: 'away', note: 'x' }])
    const seen = await ask('PUT', '/v1/agents/1/status', { token: seeing, body: { status: 'available' } })
    expect(seen.body.agent).toMatchObject({ name: 'Sam', status: 'available' })
  })

  test('what is wrong with the request alone is told with its hint', async () => {
    const answer = await ask('PUT', '/v1/agents/2/status', { token: blind, body: { status: 'awya' } })
    expect(answer.body.hint).toContain('away')
  })

  test.each([
    '/v1/agents/Sam',
    '/v1/public/Sam/widget',
    '/v1/Sam',
    '/users/Sam',
    '/v1/public/x/widget?visitor.a=Sam&b',
  ])('anyone without a token: GET %s', async (path) => {
    const { body } = await ask('GET', path)
    expect(JSON.stringify(body)).not.toMatch(/Ana|sam@|ana@|sales|vip/)
  })
})

describe('errors of the workspace file name no path of the server', () => {
  const PATH = '/srv/acme/workspace.db'
  test.each([
    { errcode: 8, says: 'the workspace may not be written' },
    { errcode: 10, says: 'the workspace cannot be read or written' },
    { errcode: 11, says: 'the workspace is damaged' },
    { errcode: 13, says: 'the workspace cannot grow: the disk is full' },
    { errcode: 14, says: 'the workspace cannot be opened' },
    { errcode: 26, says: 'the workspace is not a workspace file' },
  ])('SQLite error $errcode: $says', ({ errcode, says }) => {
    const error = storeError(Object.assign(new Error('from the driver'), { errcode }), PATH)
    expect(String(error)).toContain(PATH)
    expect(problemOf(error)).toMatchObject({ status: 500, detail: says, hint: 'the log of the service says more' })
    for (const answer of [problemOf(error), driftErrorReply(error)])
      expect(JSON.stringify(answer)).not.toContain('acme')
  })

  test('a workspace that others keep writing', () => {
    expect(problemOf(storeError({ errcode: 5 }, PATH))).toMatchObject({
      status: 503,
      detail: 'others are writing to the workspace',
    })
  })
})
