import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { json, type Step, serve } from '../api/network/servers.js'
import { newFolder } from '../cli/fake-context.js'
import { runCommand } from './run-command.js'
import { loggedIn, startServe, startWatch } from './served.js'

const LINES = [
  'status',
  'status --json --verbose',
  'agent away --for 45m --verbose',
  'agent available',
  'agent list --verbose',
  'widget offline --for 2h --dry-run --verbose',
  'hours close 2027-01-04 --message closed',
  'hours set fridya 09:00-17:00 --verbose',
  'hours clear 2026-06-01 --verbose',
  'simulate --url /pricing --verbose',
  'route chat --verbose',
  'routing list',
  'log --verbose',
  'show 99 --verbose',
  'revert 99 --json --verbose',
  'lint --verbose',
  'api GET /v1/me --verbose',
  'api GET /v1/nothing --verbose',
  'token list --verbose',
  'token list --json',
  'profile show --verbose',
  'profile list --json',
  '__complete -- agent away --agent x',
]

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}

describe('a token', () => {
  test('is in the file of credentials, and in nothing that is printed, logged or kept beside it', async () => {
    const database = join(newFolder(), 'acme.db')
    const { url, adminToken: token, log, end } = await startServe(database)
    const { run, folder, env } = await loggedIn(url, token)
    const cache = newFolder()
    const said: string[] = []
    const hear = ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => said.push(stdout, stderr)
    const machine = { ...env, DRIFT_STATUS_CACHE_DIR: cache }
    for (const outcome of await Promise.all(LINES.map((line) => runCommand(line.split(' '), machine)))) hear(outcome)
    const watcher = startWatch({ env })
    await expect.poll(() => watcher.revisions().length, { timeout: 10_000 }).toBe(1)
    expect(await end('SIGTERM')).toBe(0)
    await expect.poll(watcher.stderr, { timeout: 10_000 }).toContain('Connection lost')
    watcher.stop()
    await watcher.ended
    hear(await run('status --verbose'))
    hear(await run('agent away --json --verbose'))

    const secret = token.split('_').slice(2).join('_')
    expect(secret).toHaveLength(43)
    const kept = [...filesBelow(folder), ...filesBelow(cache), ...filesBelow(dirname(database))]
    const holding = kept.filter((file) => readFileSync(file).includes(secret)).map((file) => basename(file))
    expect(holding).toEqual(['credentials.json'])
    expect(statSync(join(folder, 'credentials.json')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o077).toBe(0)
    const texts = [...said, log(), watcher.stderr()]
    expect(texts.filter((text) => text.includes(secret))).toEqual([])
    // What was looked through is what it should be.
    expect(said.join()).toContain('GET /v1/status: 200 in ')
    expect(said.join()).toContain('refused the connection')
    expect(log()).toContain('"route":"/v1/agents/:id/status"')
  })

  test('that is wrong is in no output either', async () => {
    const { url, log } = await startServe(join(newFolder(), 'acme.db'))
    const token = `dst_k3v9a2xp_${'s3cret'.repeat(8).slice(0, 43)}`
    const env = { DRIFT_STATUS_CONFIG_DIR: newFolder(), DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: token }
    for (const line of ['status --verbose', 'agent away --json --verbose', `api GET /v1/agents/${token} --verbose`]) {
      const { exitCode, stdout, stderr } = await runCommand(line.split(' '), env)
      expect(exitCode).toBe(4)
      expect(stdout + stderr).not.toContain('s3cret')
    }
    expect(log()).not.toContain('s3cret')
  })
})

describe('a token leaves for its own service only', () => {
  const token = `dst_k3v9a2xp_${'s3cret'.repeat(8).slice(0, 43)}`
  const asked = (url: string, line: string) =>
    runCommand(`${line} --verbose`.split(' '), {
      DRIFT_STATUS_CONFIG_DIR: newFolder(),
      DRIFT_STATUS_URL: url,
      DRIFT_STATUS_TOKEN: token,
    })

  test.each(['status', 'agent away', 'status --watch'])('%s is not redirected to another origin', async (line) => {
    const other = await serve(json({}))
    const redirect: Step = (request, response) =>
      response.writeHead(307, { location: `${other.url}${request.url}` }).end()
    const server = await serve(redirect)
    const { exitCode, stdout, stderr } = await asked(server.url, line)
    expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' })
    expect(stderr).toContain(`${server.url} redirects to ${other.url}, which your token is not for`)
    expect(stderr).not.toContain('s3cret')
    expect(other.received).toEqual([])
  })

  test.each(['http://10.0.0.1:4730', 'http://status.acme.example'])(
    '%s is refused before a byte is sent',
    async (url) => {
      const { exitCode, stdout, stderr } = await asked(url, 'status')
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
      expect(stderr).toContain('http')
      expect(stderr).not.toContain('s3cret')
    },
  )
})
