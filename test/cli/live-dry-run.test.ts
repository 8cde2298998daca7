import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

/** Monday, 10:00 in the sample workspace. */
test.each([
  { line: 'hours close 2027-03-01', exitCode: 3, says: /Mon 1 Mar 2027 09:00 to 12:00.* +online → offline/ },
  { line: 'widget display hidden', exitCode: 3, says: /the widget is hidden/ },
  { line: 'greeting set --online Welcome', exitCode: 3, says: /greeting: "Hi! How can we help\?" → "Welcome"/ },
  {
    line: 'playbook disable leadbot',
    exitCode: 3,
    says: /on \/pricing, company\.size=50 +message: "Talk to sales\?" →/,
  },
  {
    line: 'routing default --to agent:lena',
    exitCode: 3,
    says: /Mon 10:00 to 30 Nov 10:00 +chat: Sam Reed or Lena Vogt → Lena Vogt/,
  },
  { line: 'routing remove germany', exitCode: 3, says: /country=DE +chat: Lena Vogt → Sam Reed/ },
  {
    line: 'agent away --for 1h',
    exitCode: 3,
    says: /Mon 10:00 to 11:00 +company.size=500 +chat: Sam Reed → Lena Vogt/,
  },
  {
    line: 'team edit sales --remove sam',
    exitCode: 3,
    says: /company.size=500 +chat: Sam Reed → Sam Reed or Lena Vogt/,
  },
  { line: 'hours set wed 09:00-17:00', exitCode: 0, says: /already so/ },
  { line: 'route chat', exitCode: 3, says: /nothing was recorded/ },
])('$line --dry-run shows what visitors would see', async ({ line, exitCode, says }) => {
  const run = await sampleWorkspace()
  const outcome = await run([...line.split(' '), '--dry-run', '--exit-code'], { columns: 200 })
  expect(outcome).toMatchObject({ exitCode, stderr: '', stdout: expect.stringMatching(says) })
  expect((await run([...line.split(' '), '--dry-run'])).exitCode).toBe(0)
  expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
})

test.each([
  { title: 'a team called as a list of dates is', line: 'team hours set exceptions mon 9-12' },
  { title: 'so is another', line: 'team hours set days mon 9-12' },
  { title: 'a fact called as the end of a status is', line: 'routing add new --when until=gold --to agent:sam' },
  { title: 'a shift with its days one by one', line: 'duty add new --days mon --days tue --hours 9-10 --agent sam' },
])('$title is no date: $line --dry-run', async ({ line }) => {
  const run = await sampleWorkspace()
  for (const team of ['exceptions', 'days']) await run(['team', 'add', team, '--member', 'sam'])
  expect(await run([...line.split(' '), '--dry-run', '--exit-code'])).toMatchObject({ exitCode: 3, stderr: '' })
})

test('--horizon looks further ahead; it and --exit-code are for a dry run', async () => {
  const run = await sampleWorkspace()
  const preview = async (...flags: string[]) =>
    JSON.parse((await run(['widget', 'offline', '--dry-run', '--json', ...flags])).stdout).preview
  expect((await preview('--horizon', '3w')).length).toBeGreaterThan((await preview()).length * 2)
  for (const [flags, says] of [
    [['--exit-code'], '--exit-code is for a dry run'],
    [['--horizon', '3w'], '--horizon is for a dry run'],
    [['--dry-run', '--horizon', '1h'], '--horizon: a preview looks 7 to 366 days ahead, not 1h'],
    [['--dry-run', '--horizon', '2y'], '--horizon: "2y" is not a duration'],
    [['--dry-run', '--horizon', '400d'], '--horizon: "400d" is not between'],
  ] as const) {
    const { exitCode, stderr } = await run(['widget', 'offline', ...flags])
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
  }
  expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
})

test('after a write, what it made appear that would surprise somebody is told once', async () => {
  const run = await sampleWorkspace()
  const first = await run(['playbook', 'disable', 'welcome-offline'])
  expect(first.stdout).toMatch(/warning welcome-missing-offline/)
  const second = await run(['hours', 'set', 'sat', '10:00-12:00'])
  expect(second.stdout).not.toContain('warning')
  expect(JSON.parse((await run(['lint', '--json'])).stdout).findings).toHaveLength(1)
})
