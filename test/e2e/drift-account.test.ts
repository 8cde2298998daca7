import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { integerIdOf } from '../../src/drift/compat/integer-id.js'
import { newFolder } from '../cli/fake-context.js'
import { runCommand } from './run-command.js'
import { serveProcess } from './served-process.js'

const SAMPLE = 'docs/sample/acme.yaml'
const AT = ['--at', '2026-11-24T15:00:00Z']

/** A service that speaks Drift's API: ours. It answers as an account would. */
const account = await serveProcess(['--sample'])
afterAll(account.stop)
const folder = newFolder()

/** A command line of someone whose profile is that account, and who is Sam there. */
function run(args: readonly string[], { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {}) {
  return runCommand(args, { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file', TZ: 'UTC', ...env })
}

async function statusOf(id: string): Promise<string> {
  const response = await fetch(`${account.url}/v1/agents/${id}`, {
    headers: { authorization: `Bearer ${account.adminToken}` },
  })
  return ((await response.json()) as { value: { status: string } }).value.status
}

beforeAll(async () => {
  const added = await run(['profile', 'add', 'acme', '--drift', '--url', account.url, '--agent', 'sam@acme.example'])
  expect(added).toMatchObject({ exitCode: 0, stderr: '' })
  expect((await run(['profile', 'use', 'acme'])).exitCode).toBe(0)
  const tokenFile = join(folder, 'token.txt')
  writeFileSync(tokenFile, account.adminToken, { mode: 0o600 })
  const login = await run(['profile', 'login', 'acme', '--token-file', tokenFile])
  expect(login).toMatchObject({ exitCode: 0 })
  expect(login.stdout).toContain('profile acme')
})

describe('the executable on a Drift account that is another executable', () => {
  test('keeps the token of that account, and shows it nowhere', async () => {
    const kept = JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8'))
    expect(kept.credentials.acme).toEqual({ token: account.adminToken, origin: account.url })
    const { stdout } = await run(['profile', 'show', '--json'])
    expect(stdout).toContain(account.url)
    expect(stdout).not.toContain(account.adminToken.slice(-43))
  })

  test('lists its agents', async () => {
    const { stdout, stderr, exitCode } = await run(['agent', 'list', '--json'])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const { agents, available, away } = JSON.parse(stdout)
    expect(agents.map(({ id, name, status, bot = false }: Record<string, unknown>) => [id, name, status, bot])).toEqual(
      [
        ['1', 'Sam Reed', 'available', false],
        ['2', 'Ana Flores', 'away', false],
        ['3', 'Kofi Mensah', 'available', false],
        ['4', 'Lena Vogt', 'available', false],
        ['9', 'LeadBot', 'available', true],
      ],
    )
    expect([available, away]).toEqual([3, 1])
  })

  test.each([['lena@acme.example'], ['Lena'], ['4']])('shows one that is named %s', async (name) => {
    const { stdout, exitCode } = await run(['agent', 'show', name, '--json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ id: '4', email: 'lena@acme.example', timeZone: 'Europe/Berlin' })
  })

  test('lists its teams', async () => {
    const { stdout, exitCode } = await run(['team', 'list', '--json'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).teams).toEqual([
      {
        id: String(integerIdOf('sales')),
        name: 'Sales',
        members: ['1', '3'],
        availability: 'custom-hours',
        autoOffline: true,
      },
      {
        id: String(integerIdOf('support')),
        name: 'Support',
        members: ['1', '2', '4'],
        availability: 'custom-hours',
        autoOffline: true,
      },
    ])
  })

  test('R17: sets you away and available again, and says so once', async () => {
    const away = await run(['agent', 'away'])
    expect(away).toMatchObject({ exitCode: 0, stderr: '' })
    expect(away.stdout).toContain('Sam Reed: available → away')
    expect(await statusOf('1')).toBe('away')
    expect((await run(['agent', 'away'])).stdout).toContain('nothing changed')
    const status = await run(['status', '--json'])
    expect(JSON.parse(status.stdout).agents).toMatchObject({ available: 2, away: 2 })
    const back = await run(['agent', 'available', '--json'])
    expect(JSON.parse(back.stdout)).toMatchObject({ changed: true, changes: [{ after: 'available' }] })
    expect(await statusOf('1')).toBe('available')
  })

  test('R9: a document with the account’s live statuses decides as they are, not as it says', async () => {
    const simulate = ['simulate', '--file', SAMPLE, '--live', ...AT, '--json']
    const faces = async () => JSON.parse((await run(simulate)).stdout).widget
    expect(await faces()).toMatchObject({ mode: 'online' })
    for (const name of ['sam', 'kofi', 'lena']) await run(['agent', 'away', '--agent', name])
    expect(await faces()).toMatchObject({ mode: 'offline', source: 'auto-offline' })
    for (const name of ['sam', 'kofi', 'lena']) await run(['agent', 'available', '--agent', name])
    expect(await faces()).toMatchObject({ mode: 'online' })
  })

  test('nobody is not found: exit 5', async () => {
    const { stdout, stderr, exitCode } = await run(['agent', 'show', '404'])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 5 })
    expect(stderr).toContain('"404" is not a user')
  })

  test.each([
    [['widget', 'offline'], /mode/],
    [['hours', 'set', 'mon-fri', '09:00-17:00'], /business hours/],
    [['hours', 'close', '2026-12-25'], /business hours/],
    [['routing', 'list'], /routing rules/],
    [['playbook', 'list'], /playbook/],
    [['auto-offline', 'on'], /auto-offline/],
    [['agent', 'away', '--for', '45m'], /no end/],
    [['log'], /no log/],
    [['token', 'list'], /tokens/],
    [['token', 'create', '--name', 'ci', '--scope', 'read'], /tokens/],
  ])('%j exits 2 with one sentence and what to do instead', async (args, message) => {
    const { stdout, stderr, exitCode } = await run(args)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    const [error, hint, ...rest] = stderr.split('\n')
    expect(error).toMatch(message)
    expect([error, hint, rest]).toEqual([
      expect.stringMatching(/^error: [^.]+$/),
      expect.stringMatching(/^hint: \w/),
      [],
    ])
  })

  test('a token that it does not know exits 4, and is not repeated', async () => {
    const wrong = `dst_abcdefgh_${'w'.repeat(43)}`
    const { stderr, exitCode } = await run(['status', '--verbose'], { env: { DRIFT_STATUS_TOKEN: wrong } })
    expect(exitCode).toBe(4)
    expect(stderr).not.toContain('w'.repeat(43))
  })

  test('what was asked is in the account’s own log, without its token', async () => {
    await expect.poll(account.log).toContain('"route":"/users/list","status":200')
    await expect.poll(account.log).toContain('"route":"/users/update","status":200')
    expect(account.log()).not.toContain(account.adminToken.slice(-43))
  })
})

test('an account that is gone exits 8 and names its address', async () => {
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder(), DRIFT_STATUS_TOKEN: 'any-token' }
  // Port 9 discards; nothing listens there on a machine of today.
  await runCommand(['profile', 'add', 'gone', '--drift', '--url', 'http://127.0.0.1:9'], env)
  const { stderr, exitCode } = await runCommand(['agent', 'list', '--profile', 'gone'], env)
  expect([exitCode, stderr]).toEqual([8, expect.stringContaining('127.0.0.1:9')])
})
