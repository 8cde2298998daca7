import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder, runCli } from '../cli/fake-context.js'
import { fixtureServer, type Replies } from './fixture-server.js'

const NOW = '2026-11-23T15:00:00Z'
const UPDATED = (availability: string) => ({
  status: 200,
  text: JSON.stringify({ data: { id: 228225, availability } }),
})

/** Command lines on a Drift account, Ana's. */
async function drift(args: readonly string[], replies: Replies = {}, settings: object = {}) {
  const { base } = await fixtureServer({
    'GET /users/list': { fixture: 'users-list' },
    'GET /users/228225': { fixture: 'user' },
    'GET /teams/org': { fixture: 'teams-org' },
    'PATCH /users/update?userId=228225': UPDATED('OFFLINE'),
    ...replies,
  })
  const folder = newFolder()
  const profile = { service: 'drift', url: base, agent: '228225', ...settings }
  writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ current: 'acme', profiles: { acme: profile } }), {
    mode: 0o600,
  })
  return runCli(args, {
    now: NOW,
    env: { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_TOKEN: 'drift-token', TZ: 'UTC' },
  })
}

describe('commands on a Drift account', () => {
  test('R17: agent list shows the word of Drift where the status does not say as much', async () => {
    const { stdout, exitCode } = await drift(['agent', 'list', '--format', 'table'])
    expect(exitCode).toBe(0)
    const rows = stdout.split('\n').map((line) => line.trim().split(/\s{2,}/))
    expect(rows.slice(0, 6)).toEqual([
      ['status', 'agent', 'id', 'email'],
      ['available (ON_CALL)', 'Sam Okafor', '21965', 'Sam@acme.example'],
      ['available', 'Ana Lima', '228225', 'ana@acme.example'],
      ['away', 'Ana Berg', '243266', 'berg@acme.example'],
      ['away', '300001', '300001', 'invited@acme.example'],
      ['bot', 'Bot', '2180056', 'bot-123@drift.example'],
    ])
    expect(stdout).toContain('2 available, 2 away in all')
  })

  test('R17: agent list --json keeps the raw value', async () => {
    const { stdout } = await drift(['agent', 'list', '--json'])
    expect(JSON.parse(stdout).agents[0]).toMatchObject({ id: '21965', status: 'available', availability: 'ON_CALL' })
  })

  test('status shows who is there, and says what it cannot tell', async () => {
    const { stdout, exitCode } = await drift(['status'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Agents {2}2 available, 2 away\nDrift \(acme\), .*mode, hours and routing are not told here/,
    )
    expect(stdout).toMatch(/Sam Okafor +21965/)
    expect(stdout).not.toMatch(/ONLINE|OFFLINE/)
  })

  test('agent away says who, where and what changed, and numbers no revision', async () => {
    const { stdout, exitCode } = await drift(['agent', 'away'])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('You are away (Drift (acme), profile acme)\n  Ana Lima: available → away')
    expect(stdout).not.toMatch(/revision|widget/)
  })

  test('agent available for someone who is available changes nothing', async () => {
    const { stdout } = await drift(['agent', 'available'])
    expect(stdout).toContain('already so, nothing changed')
  })

  test('agent away --dry-run changes nothing', async () => {
    const { stdout, exitCode } = await drift(['agent', 'away', '--dry-run'], {
      'PATCH /users/update?userId=228225': { status: 500, text: 'sent' },
    })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('dry run: nothing was changed')])
  })

  test('team list shows the teams', async () => {
    const { stdout } = await drift(['team', 'list', '--json'])
    expect(stdout).toContain('Sales')
  })

  test.each([
    [['agent', 'away', '--for', '45m'], /no end/],
    [['agent', 'away', '--until', 'tomorrow 9am'], /no end/],
    [['agent', 'away', '--note', 'lunch'], /no note/],
    [['agent', 'away', '--message', 'why'], /no log/],
    [['widget'], /mode/],
    [['widget', 'offline'], /mode/],
    [['hours', 'set', 'mon', 'closed'], /business hours/],
    [['hours', 'close', '2026-12-25'], /business hours/],
    [['auto-offline', 'on'], /auto-offline/],
    [['routing', 'list'], /routing rules/],
    [['playbook', 'list'], /playbook/],
    [['agent', 'add', '12'], /only the status/],
    [['route', 'chat'], /routes no chats/],
    [['log'], /no log/],
    [['status', '--watch'], /tells no changes/],
    [['wait', 'online'], /tells no changes/],
    [['team', 'add', 'x'], /shows teams and changes none/],
    [['api', 'GET', '/v1/hours'], /agents and teams/],
    [['simulate'], /whole workspace/],
    [['is', 'online'], /whole workspace/],
    [['reachable'], /whole workspace/],
    [['lint'], /whole workspace/],
  ])('%j exits 2 and says so in one sentence with what to do instead', async (args, message) => {
    const { stdout, stderr, exitCode } = await drift([...args, '--json'])
    expect([exitCode, stdout]).toEqual([2, ''])
    const { error } = JSON.parse(stderr)
    expect(error).toMatchObject({ code: 'invalid-input', hint: expect.stringMatching(/\w/) })
    expect(error.message).toMatch(message)
  })

  test.each([
    [['PUT', '/v1/agents/me/status', '--field', 'status=awya'], /did you mean "away"|write/],
    [['PUT', '/v1/agents/me/status'], /status/],
    [['GET', '/v1/agents?limit=0'], /limit/],
  ])('api %j is checked before anything is sent', async (args, message) => {
    const { stderr, exitCode } = await drift(['api', ...args], {
      'PATCH /users/update?userId=228225': { status: 500, text: 'sent' },
    })
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)])
  })

  test('a token that Drift does not accept exits 4', async () => {
    const { stderr, exitCode } = await drift(['status'], { 'GET /users/list': { status: 401, text: '' } })
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('profile login')])
  })

  const DOCUMENT = JSON.stringify({
    version: 1,
    timeZone: 'Europe/Berlin',
    widget: { mode: 'online', autoOffline: true },
    agents: [
      { id: '1', email: 'sam@acme.example', role: 'admin', status: 'away' },
      { id: '2', email: 'nobody@acme.example', status: 'away' },
    ],
    routing: { default: { to: { 'round-robin': ['1', '2'] } } },
  })

  test('R9: a document with the statuses of the account says what a visitor sees', async () => {
    const file = join(newFolder(), 'acme.json')
    writeFileSync(file, DOCUMENT)
    const offline = await drift(['simulate', '--file', file, '--json'])
    const flag = await drift(['simulate', '--file', file, '--live', '--json'])
    const profile = await drift(['simulate', '--json'], {}, { file })
    expect(JSON.parse(offline.stdout).widget).toMatchObject({ mode: 'offline', source: 'auto-offline' })
    expect(JSON.parse(flag.stdout)).toMatchObject({ widget: { mode: 'online' }, routing: { assignee: '1' } })
    expect(profile.stdout).toBe(flag.stdout)
    expect(flag.stderr).toBe("warning: no live status of nobody@acme.example: the document's holds\n")
    expect((await drift(['is', 'online'], {}, { file })).exitCode).toBe(0)
  })
})
