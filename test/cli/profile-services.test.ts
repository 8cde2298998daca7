import { describe, expect, test } from 'vitest'
import { OPEN } from '../domain/workspace-builder.js'
import { compatServer } from '../drift/compat-server.js'
import { liveWorkspace } from '../service/live-workspace.js'
import { newFolder, runCli, type Terminal } from './fake-context.js'

const PARTS = {
  agents: [
    { id: '1', email: 'sam@acme.example', name: 'Sam', role: 'admin', status: 'available' },
    { id: '2', email: 'ana@acme.example', name: 'Ana', status: 'available' },
  ],
}
const TOKEN = 'a-token-of-an-organisation'

/** A machine that knows a Drift account: our endpoints on a real socket, reached as Drift is. */
async function driftMachine() {
  const { owner } = await liveWorkspace(PARTS)
  const url = await compatServer({ [TOKEN]: owner })
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder(), DRIFT_STATUS_CREDENTIALS: 'file' }
  const run = (line: string, terminal: Terminal = {}) =>
    runCli(line.split(' '), { now: new Date(OPEN).toISOString(), ...terminal, env: { ...env, ...terminal.env } })
  await run(`profile add acme --drift --url ${url} --agent ana@acme.example`)
  return { owner, url, run }
}

describe('a profile of a Drift account, over a real socket', () => {
  test('logs in, reads and writes as the user that the profile names', async () => {
    const { owner, run } = await driftMachine()
    const login = await run('profile login --token-file -', { stdin: TOKEN })
    expect(login).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('you are ana@acme.example') })
    expect(JSON.parse((await run('agent list --json')).stdout)).toMatchObject({ available: 2, away: 0 })
    expect((await run('agent away')).exitCode).toBe(0)
    expect((await owner.getAgent({ id: '2' })).value).toMatchObject({ status: 'away' })
  })

  test('--verbose tells of each try, and of no token', async () => {
    const { run, url } = await driftMachine()
    const { stderr } = await run('agent list --verbose', { env: { DRIFT_STATUS_TOKEN: TOKEN } })
    expect(stderr).toMatch(/^ {2}GET \/users\/list: 200 in \d+ ms$/m)
    expect(stderr).toContain(`listAgents of profile acme, drift ${url}: done in `)
    expect(stderr).not.toContain(TOKEN)
  })

  test('a token that Drift does not know is not kept', async () => {
    const { run } = await driftMachine()
    const { exitCode, stderr } = await run('profile login --token-file -', { stdin: 'another-token' })
    expect(exitCode).toBe(4)
    expect(stderr).not.toContain('another-token')
    expect(JSON.parse((await run('profile show --json')).stdout).values.token.value).toBeNull()
  })

  test('what Drift cannot do says so, and asks nobody', async () => {
    const { run } = await driftMachine()
    expect((await run('widget offline', { env: { DRIFT_STATUS_TOKEN: TOKEN } })).exitCode).toBe(2)
  })
})
