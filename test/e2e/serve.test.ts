import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { parseMetrics, seriesValue } from '../service/http/metrics-text.js'

const CERTIFICATES = 'test/api/network/certificates'
const started: { kill: (signal: 'SIGKILL') => boolean }[] = []
afterEach(() => {
  for (const process of started.splice(0)) process.kill('SIGKILL')
})

interface Ready {
  readonly url: string
  readonly workspace: string
  readonly adminToken?: string
}

function run(folder: string, ...args: readonly string[]) {
  const process_ = execa(process.execPath, ['bin/drift-status.js', 'serve', '--json', '--port', '0', ...args], {
    env: { DRIFT_STATUS_CONFIG_DIR: folder, CI: '1' },
    reject: false,
  })
  started.push(process_)
  const ready = new Promise<Ready>((resolve, reject) => {
    let text = ''
    process_.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(JSON.parse(text))
    })
    void process_.then(({ stderr }) => reject(new Error(stderr)))
  })
  return { process: process_, ready }
}

function flip({ url }: Ready, token: string, id: string): Promise<Response> {
  return fetch(`${url}/v1/agents/${id}/status`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'away' }),
  })
}

describe('serve, as a process', () => {
  test('tells Prometheus its version and what was written', async () => {
    const { ready } = run(newFolder(), '--sample')
    const { url, adminToken, ...served } = await ready
    expect((await flip({ url, ...served }, adminToken!, 'me')).status).toBe(200)
    const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })
    const metrics = parseMetrics(await answer.text())
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(seriesValue(metrics, 'drift_status_build_info', { version, node_version: process.version })).toBe(1)
    expect(seriesValue(metrics, 'drift_status_writes_total', { outcome: 'kept' })).toBe(1)
  })

  test('says when it is ready, once with a token; the next start serves the same without one', async () => {
    const folder = newFolder()
    const first = run(folder, '--sample')
    const ready = await first.ready
    expect(ready).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      workspace: 'Acme',
      adminToken: expect.stringMatching(/^dst_/),
    })
    expect((await flip(ready, ready.adminToken!, 'me')).status).toBe(200)
    first.process.kill('SIGTERM')
    expect(await first.process).toMatchObject({ exitCode: 0 })

    const second = run(folder, '--sample')
    const again = await second.ready
    expect(again).toEqual({ url: expect.any(String), workspace: 'Acme' })
    const status = await fetch(`${again.url}/v1/agents/me`, {
      headers: { authorization: `Bearer ${ready.adminToken}` },
    })
    expect(await status.json()).toMatchObject({ value: { id: '1', status: 'away' } })
    second.process.kill('SIGINT')
    expect(await second.process).toMatchObject({ exitCode: 0 })
  })

  test('when it is stopped, finishes what is running, ends the event streams and loses nothing', async () => {
    const folder = newFolder()
    const { process: server, ready } = run(folder, '--sample')
    const told = await ready
    const token = told.adminToken!
    const events = await fetch(`${told.url}/v1/events`, { headers: { authorization: `Bearer ${token}` } })
    const ended = events.text()
    let acknowledged = 0
    let isStopped = false
    const writing = Promise.all(
      Array.from({ length: 5 }, async (_, writer) => {
        for (let date = 0; !isStopped; date++) {
          const path = `/v1/hours/exceptions/${2030 + writer}-${String((date % 12) + 1).padStart(2, '0')}-${String((date % 28) + 1).padStart(2, '0')}`
          const answer = await fetch(`${told.url}${path}`, {
            method: 'PUT',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify({ hours: 'closed', name: `${writer} ${date}` }),
          }).catch(() => undefined)
          if (!answer) return
          // Answered, then and only then it is written.
          expect(answer.status).toBe(200)
          if (((await answer.json()) as { changed: boolean }).changed) acknowledged++
        }
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    server.kill('SIGTERM')
    const { exitCode, stderr } = await server
    isStopped = true
    await writing
    expect(exitCode).toBe(0)
    expect(await ended).toContain('retry:')
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { method: string; status: number })
    expect(lines.filter(({ method, status }) => method === 'PUT' && status === 200).length).toBeGreaterThanOrEqual(
      acknowledged,
    )

    const next = run(folder)
    const { url } = await next.ready
    const log = await fetch(`${url}/v1/revisions?limit=1`, { headers: { authorization: `Bearer ${token}` } })
    const { revisions } = (await log.json()) as { revisions: readonly { number: number }[] }
    // Revision 1 made the workspace, and 2 the token.
    expect(revisions[0]!.number).toBeGreaterThanOrEqual(acknowledged + 2)
    expect(acknowledged).toBeGreaterThan(0)
    next.process.kill('SIGTERM')
    await next.process
  })

  test.each([
    { args: ['--name', 'Beta', '--time-zone', 'Asia/Tokyo'], workspace: 'Beta', agent: null },
    { args: ['--from', 'docs/sample/acme.yaml'], workspace: 'Acme', agent: '1' },
    { args: [], workspace: 'Workspace', agent: null },
  ])('the first start with $args makes $workspace, and a token for $agent', async ({ args, workspace, agent }) => {
    const { process: server, ready } = run(newFolder(), ...args)
    const told = await ready
    expect(told.workspace).toBe(workspace)
    const response = await fetch(`${told.url}/v1/tokens`, { headers: { authorization: `Bearer ${told.adminToken}` } })
    expect(await response.json()).toMatchObject([{ agent, name: 'first admin', state: 'active' }])
    server.kill('SIGTERM')
    await server
  })

  test('over TLS, answers on https alone', async () => {
    const tls = ['--tls-cert', `${CERTIFICATES}/good.pem`, '--tls-key', `${CERTIFICATES}/test-only-key.pem`]
    const { process: server, ready } = run(newFolder(), '--sample', ...tls)
    const { url } = await ready
    expect(url).toMatch(/^https:/)
    const ca = `${CERTIFICATES}/authority.pem`
    const script = 'const r = await fetch(process.argv[1] + "/healthz"); console.log(r.status)'
    const asked = await execa(process.execPath, ['--input-type=module', '-e', script, url], {
      env: { NODE_EXTRA_CA_CERTS: ca },
    })
    expect(asked.stdout).toBe('200')
    server.kill('SIGTERM')
    expect(await server).toMatchObject({ exitCode: 0 })
  })
})

describe('serve says in one error', () => {
  const certificate = `${CERTIFICATES}/good.pem`
  test.each([
    {
      title: 'that a host is not this machine',
      args: ['--host', '192.0.2.1', '--insecure-http'],
      exitCode: 1,
      says: 'is not an address of this machine',
    },
    {
      title: 'that plain http goes no further',
      args: ['--host', '0.0.0.0'],
      exitCode: 2,
      says: 'anyone on the way could read the tokens',
    },
    {
      title: 'that a proxy has no address',
      args: ['--trust-proxy', 'proxy.example'],
      exitCode: 2,
      says: '--trust-proxy: "proxy.example" is not an IP address, a network or "loopback"',
    },
    { title: 'that a key is missing', args: ['--tls-cert', certificate], exitCode: 2, says: '--tls-key is missing' },
    {
      title: 'that a certificate cannot be read',
      args: ['--tls-cert', 'package.json', '--tls-key', 'package.json'],
      exitCode: 2,
      says: 'not a pair that TLS can use',
    },
    {
      title: 'that a certificate is not there',
      args: ['--tls-cert', 'nowhere.pem', '--tls-key', 'nowhere.pem'],
      exitCode: 2,
      says: 'does not exist',
    },
    {
      title: 'that a database is not one',
      args: ['--database', 'package.json'],
      exitCode: 1,
      says: 'is not a workspace file',
    },
    {
      title: 'that first starts exclude each other',
      args: ['--sample', '--name', 'Beta'],
      exitCode: 2,
      says: 'exclude each other',
    },
  ])('$title', async ({ args, exitCode, says }) => {
    const { process: server, ready } = run(newFolder(), ...args)
    ready.catch(() => {})
    const ended = await server
    expect(ended.exitCode).toBe(exitCode)
    expect(ended.stdout).toBe('')
    const { error } = JSON.parse(ended.stderr)
    expect(error.message).toContain(says)
    expect(error.hint).toBeTruthy()
  })

  test('that a port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as { port: number }
    const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
    const ended = await execa(process.execPath, ['bin/drift-status.js', 'serve', '--sample', '--port', String(port)], {
      env,
      reject: false,
    })
    other.close()
    // The token is shown once: a start that failed must not have made it.
    expect(existsSync(join(env.DRIFT_STATUS_CONFIG_DIR, 'local.db'))).toBe(false)
    expect(ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`127.0.0.1:${port} is in use`) })
    expect(ended.stderr).toContain('port 0')
  })
})

test('what a person sees of a first start names the next commands, and nothing goes to a file but the hash', async () => {
  const folder = newFolder()
  const server = execa(process.execPath, ['bin/drift-status.js', 'serve', '--sample', '--port', '0'], {
    env: { DRIFT_STATUS_CONFIG_DIR: folder },
    reject: false,
  })
  started.push(server)
  let text = ''
  await new Promise<void>((resolve) => {
    server.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('token create')) resolve()
    })
  })
  const [, url] = /Made and serving Acme at (http:\S+)/.exec(text)!
  expect(text).toContain(`drift-status profile add acme --url ${url}`)
  const [secret] = /dst_\w{8}_[\w-]{43}/.exec(text)!
  server.kill('SIGTERM')
  const { exitCode, stderr } = await server
  expect(exitCode).toBe(0)
  expect(stderr).not.toContain(secret)
  expect(readFileSync(join(folder, 'local.db'), 'latin1')).not.toContain(secret)
})
