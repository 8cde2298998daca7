import { describe, expect, test } from 'vitest'
import { runCli } from './fake-context.js'

const FILE = ['--file', 'docs/sample/acme.yaml']

describe('is', () => {
  test.each([
    { condition: 'online', at: 'mon 10:00', exitCode: 0, says: 'yes, online' },
    { condition: 'online', at: 'mon 12:30', exitCode: 3, says: 'no, not online' },
    { condition: 'offline', at: 'mon 12:30', exitCode: 0, says: 'yes, offline' },
    { condition: 'open', at: 'sat 01:59', exitCode: 0, says: 'yes, open' },
    { condition: 'open', at: 'sat 02:00', exitCode: 3, says: 'no, not open' },
    { condition: 'staffed', at: 'sun 03:00', exitCode: 0, says: 'yes, staffed' },
    { condition: 'unstaffed', at: 'sun 03:00', exitCode: 3, says: 'no, not unstaffed' },
  ])('$condition at $at exits $exitCode', async ({ condition, at, exitCode, says }) => {
    expect(await runCli(['is', condition, ...FILE, '--at', at])).toEqual({ exitCode, stdout: `${says}\n`, stderr: '' })
  })

  test('answers in JSON with the same exit code', async () => {
    const { stdout, exitCode } = await runCli(['is', 'online', ...FILE, '--at', 'sun 12:00', '--json'])
    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout)).toEqual({
      at: '2026-11-29T12:00:00.000-05:00',
      timeZone: 'America/New_York',
      condition: 'online',
      holds: false,
      until: '2026-11-30T09:00:00.000-05:00',
    })
  })
})

describe('hours', () => {
  test('R5: a week shows its exceptions in place of the weekly hours', async () => {
    const { stdout } = await runCli(['hours', '--format', 'table', ...FILE, '--week', '2026-12-24'])
    expect(stdout).toContain('week of Mon 21 Dec 2026 (America/New_York)')
    expect(stdout).toMatch(/Thu 24 Dec +09:00-12:00 +3 h +"Christmas Eve" \(2026-12-24\)/)
    expect(stdout).toMatch(/Fri 25 Dec +closed +0 h +"Christmas" \(2026-12-25\.\.2026-12-26\)/)
  })

  test('R3: a closed day shows the tail of the night before', async () => {
    const { stdout } = await runCli(['hours', 'show', '--format', 'table', ...FILE])
    expect(stdout).toMatch(/Sat 28 Nov +\(until 02:00\) {2}closed +2 h/)
  })

  test('R4: the hours of a day are real minutes', async () => {
    const stdin = 'version: 1\ntimeZone: America/New_York\nhours: { weekly: { sun: "00:00-24:00" } }\n'
    const { stdout } = await runCli(['hours', '--file', '-', '--week', '2026-11-01', '--json'], { stdin })
    expect(JSON.parse(stdout).days[6]).toMatchObject({ date: '2026-11-01', openMinutes: 1500 })
  })

  test('says when the hours change next', async () => {
    const { stdout } = await runCli(['hours', 'next', '2', ...FILE, '--at', '2026-12-24 13:00', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      open: false,
      nextOpen: '2026-12-28T09:00:00.000-05:00',
      nextClose: '2026-12-28T12:00:00.000-05:00',
      changes: [
        { at: '2026-12-28T09:00:00.000-05:00', open: true },
        { at: '2026-12-28T12:00:00.000-05:00', open: false },
      ],
    })
  })

  test('R7: no hours never change', async () => {
    const stdin = 'version: 1\ntimeZone: UTC\n'
    const { stdout } = await runCli(['hours', 'next', '--format', 'table', '--file', '-'], { stdin })
    expect(stdout).toContain('CLOSED')
    expect(stdout).toContain('the hours never change again')
  })
})

describe('lint', () => {
  test('finds nothing in the sample', async () => {
    expect(await runCli(['lint', ...FILE])).toEqual({
      exitCode: 0,
      stdout: 'nothing found in Acme\nAll 4 agents are assumed to stay as they are.\n',
      stderr: '',
    })
  })

  test('exits 3 when a finding is an error, with errors first', async () => {
    const stdin =
      'version: 1\ntimeZone: UTC\nteams: [{ id: empty, members: [] }]\nwidget: { mode: online }\nrouting: { default: { to: { team: empty } } }\n'
    const { stdout, exitCode } = await runCli(['lint', '--file', '-'], { stdin })
    expect(exitCode).toBe(3)
    expect(stdout).toBe(`error empty-rule routing.default
  The default rule has no members and stops the waterfall when it matches: add a member or remove the rule.
warning online-unstaffed widget
  The widget is online with nobody available: make an agent available, or turn auto-offline on.

1 error, 1 warning in Workspace
`)
  })

  test('exits 0 when there are warnings alone', async () => {
    const stdin = 'version: 1\ntimeZone: UTC\nwidget: { mode: online }\n'
    expect(await runCli(['lint', '--file', '-'], { stdin })).toMatchObject({ exitCode: 0 })
  })
})
