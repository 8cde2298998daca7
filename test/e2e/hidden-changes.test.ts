import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { runCommand } from './run-command.js'

/** Everyone is away, and auto-offline is on. */
const DOCUMENT = `
version: 1
name: Acme
timeZone: Europe/Berlin
widget: { autoOffline: true }
hours: { weekly: { mon: "09:00-17:00", thu: "09:00-17:00" } }
agents:
  - { id: "1", name: Ana, role: admin, status: away }
  - { id: "2", name: Kofi, status: away }
`
let env: Record<string, string>
const run = (...args: string[]) => runCommand(args, env)

beforeAll(async () => {
  const folder = newFolder()
  env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
  const init = ['init', '--from', '-', '--agent', '1', '--database', join(folder, 'acme.db')]
  expect(await runCommand(init, env, DOCUMENT)).toMatchObject({ exitCode: 0 })
})

test("R36: a dry run shows Monday's change, what hides it, and who would change that", async () => {
  const { stdout, exitCode } = await run('hours', 'set', 'mon', '06:00-07:00', '--dry-run')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('Visitors would see nothing of it: auto-offline hides what changes.')
  expect(stdout).toMatch(/Mon( \d+ \w+)? 06:00 to 07:00 +offline → online/)
  expect(stdout).toContain('Auto-offline hides it: nobody is available. It shows as soon as Ana or Kofi is.')
  expect(stdout).toContain('Both agents are assumed to stay as they are.')
  expect(stdout).not.toContain('nothing else')
})

test('R36: in JSON it is a difference of its own', async () => {
  const { stdout } = await run('hours', 'set', 'mon', '06:00-07:00', '--dry-run', '--json')
  const { preview, basis } = JSON.parse(stdout)
  expect(preview[0]).toMatchObject({
    before: 'offline',
    after: 'offline',
    differences: [{ what: 'promise' }],
    hidden: { rule: 'R36', code: 'hidden.auto-offline' },
  })
  expect(basis).toEqual({ onDuty: 0, assumed: 2 })
})

test('R36: the headline of status and the last one who leaves say what will happen', async () => {
  // The hours are never open now: the day after tomorrow only.
  const day = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(new Date().getUTCDay() + 2) % 7]!
  const outlook = /Hours open \w{3} 09:00; (?:it|the widget) stays offline until someone is available\./
  await run('hours', 'set', 'mon-sun', 'closed')
  await run('hours', 'set', day, '09:00-10:00')
  const { stdout: status } = await run('status')
  expect(status).toMatch(/^OFFLINE: everyone is away\. /)
  expect(status).toMatch(outlook)
  expect(status).not.toContain('no change ahead')
  expect((await run('agent', 'available')).stdout).not.toMatch(outlook)
  const { stdout: left } = await run('agent', 'away')
  expect(left).toContain('You were the last one available. ')
  expect(left).toMatch(outlook)
})

test('R36: nothing else is said only where neither changes', async () => {
  const { stdout } = await run('settings', 'set', '--name', 'Acme Inc', '--dry-run')
  expect(stdout).toContain('Visitors would see nothing else in the days ahead.')
})
