import { expect, test } from 'vitest'
import { type RunCommand, sampleWorkspace } from './sample-workspace.js'

/** A Monday: Ana and Ben are at the front desk, Kofi is at the late desk this week, Lena the next. */
const MONDAY = { now: '2026-11-23T10:00:00+01:00' }
const OWNER = { flags: '--from docs/sample/rota.yaml --agent ana@acme.example' }

async function rota(): Promise<RunCommand> {
  const run = await sampleWorkspace(OWNER)
  return (line, terminal = {}) => run([...line, '--no-color'], { ...MONDAY, ...terminal })
}

/** Splits a line into words; quotes hold several together. */
const words = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)

test.each([
  {
    line: 'duty cover front --who kofi --instead ben --from "tue 9:00" --until "tue 12:00"',
    says: 'Kofi Mensah takes the place of Ben Okafor in Front desk from Tue 09:00 to Tue 12:00 Europe/Berlin',
    covers: ['front 2026-11-24 09:00..2026-11-24 12:00 3 for 2'],
  },
  {
    line: 'duty cover front --who lena --note dentist',
    says: 'Lena Roth takes the place of Ana Flores in Front desk from Mon 10:00 to Mon 13:00',
    covers: ['front 2026-11-23 10:00..2026-11-23 13:00 4 for 1'],
  },
  {
    line: 'duty cover late --who ben --instead kofi --for 2h',
    says: 'from Mon 13:00 to Mon 15:00',
    covers: ['late 2026-11-23 13:00..2026-11-23 15:00 2 for 3'],
  },
  {
    line: 'duty take late --from "tue 14:00"',
    says: 'You take over from Kofi Mensah in Late desk from Tue 14:00 to Tue 18:00',
    covers: ['late 2026-11-24 14:00..2026-11-24 18:00 1 for 3'],
  },
  {
    line: 'duty swap ana "tue 09:00" kofi "wed 13:00"',
    says: 'Kofi Mensah takes Front desk from Tue 09:00 to Tue 13:00 Europe/Berlin, and Ana Flores takes Late desk from Wed 13:00',
    covers: ['front 2026-11-24 09:00..2026-11-24 13:00 3 for 1', 'late 2026-11-25 13:00..2026-11-25 18:00 1 for 3'],
  },
])('R33: $line', async ({ line, says, covers }) => {
  const run = await rota()
  const { stdout, stderr } = await run(words(line), { isTTY: true, columns: 400 })
  expect(stderr).toBe('')
  expect(stdout).toContain(says)
  const duty = JSON.parse((await run(['duty', 'list', '--json'])).stdout)
  const added = duty.covers.slice(1) as Record<string, string>[]
  expect(added.map(({ shift, from, to, agent, instead }) => `${shift} ${from}..${to} ${agent} for ${instead}`)).toEqual(
    covers,
  )
})

test.each([
  {
    line: 'duty swap ana "tue 09:00" kofi "sat 13:00"',
    code: 5,
    says: 'Kofi Mensah is not on duty at Sat 28 Nov 2026',
  },
  { line: 'duty swap ana "tue 09:00" ana "wed 09:00"', code: 2, says: 'Ana Flores is named twice' },
  { line: 'duty cover front --who lena --instead kofi', code: 5, says: 'no duty in shift "front" to give away' },
  { line: 'duty cover fron --who kofi', code: 5, says: 'did you mean "front"?' },
  { line: 'duty cover front', code: 2, says: 'nobody covers for themselves' },
  { line: 'duty take', code: 6, says: 'you are on duty in Front desk already' },
  { line: 'duty take late', code: 5, says: 'the next begins Mon 23 Nov 2026, 13:00' },
  { line: 'duty add front --days mon --hours 9-10 --agent ana', code: 6, says: 'shift "front" exists already' },
  { line: 'duty add back --days mon', code: 2, says: 'a shift needs --hours, --agent' },
  { line: 'duty add back --days mon --hours 9-10 --agent ana --count 2', code: 2, says: 'of those who take turns' },
  { line: 'duty add back --days monn --hours 9-10 --agent ana', code: 2, says: 'mon' },
  { line: 'duty edit front', code: 2, says: 'there is nothing to change' },
  { line: 'agent remove kofi', code: 2, says: 'on duty next: Mon 23 Nov 2026, 13:00 to Mon 18:00 Late desk' },
  { line: 'agent away --from "24 dec"', code: 2, says: 'nothing when it ends' },
  { line: 'agent plan remove "24 dec"', code: 5, says: 'nothing planned begins at Thu 24 Dec 2026, 00:00' },
  { line: 'agent auto --until fri', code: 2, says: 'unknown option' },
])('$line is refused', async ({ line, code, says }) => {
  const run = await rota()
  const { stderr, exitCode } = await run(words(line))
  expect(stderr).toContain(says)
  expect(exitCode).toBe(code)
  expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
})

test('R31: duty next tells one, duty show the week, from a file the same as live', async () => {
  const run = await rota()
  const terminal = { isTTY: true, columns: 100 }
  expect((await run(['duty', 'next'], terminal)).stdout).toContain('you are on duty until Mon 13:00, Front desk')
  expect((await run(words('duty next --agent lena'), terminal)).stdout).toContain(
    "Lena Roth's next duty: Mon 30 Nov 13:00-18:00, Late desk",
  )
  const live = await run(words('duty --week 2026-12-01'), terminal)
  const file = await run(words('duty --week 2026-12-01 --file docs/sample/rota.yaml'), terminal)
  expect(file.stdout).toBe(live.stdout)
  expect(live.stdout).toContain(
    'Tue 1 Dec   09:00-13:00  Front desk (front)  Lena Roth for Ana Flores (dentist), Ben Okafor',
  )
})

test('R32: agent auto follows the duty again, away goes before it, and a new shift writes nobody', async () => {
  const run = await rota()
  const terminal = { isTTY: true, columns: 200 }
  expect((await run(['agent', 'away'], terminal)).stdout).toContain('Ana Flores: as on duty → away')
  expect((await run(['agent', 'auto'], terminal)).stdout).toContain('You follow the duty: you are available now')
  await run(words('agent available lena'))
  const added = await run(
    words('duty add back --days all --hours 20-21 --agent lena --agent kofi --every day'),
    terminal,
  )
  expect(added.stdout).toContain('Lena Roth keeps their status by hand until "agent auto"')
  expect((await run(['agent', 'list'], { ...terminal, now: '2026-11-23T19:30:00+01:00' })).stdout).toMatch(
    /away +Kofi Mensah +off duty/,
  )
})

test('R34: what is planned shows in status, agent and widget, and is taken back', async () => {
  const run = await rota()
  const terminal = { isTTY: true, columns: 120 }
  const said = await run(words('agent away --from "24 dec" --until "2 jan 9am" --note vacation'), terminal)
  expect(said.stdout).toContain('You will be away from Thu 24 Dec 00:00 to Sat 2 Jan 2027 09:00 Europe/Berlin')
  expect((await run(['agent'], terminal)).stdout).toContain('away from Thu 24 Dec 00:00 to Sat 2 Jan 2027 09:00')
  await run(words('widget offline --from "24 dec 14:00" --until "27 dec"'))
  const planned = 'offline from Thu 24 Dec 14:00 to Sun 27 Dec 00:00'
  for (const command of ['status', 'widget']) expect((await run([command], terminal)).stdout).toContain(planned)
  expect((await run(words('agent plan remove "24 dec"'), terminal)).stdout).toContain('is taken back')
  expect((await run(words('widget plan remove "24 dec 14:00"'), terminal)).stdout).toContain('is taken back')
  expect((await run(['status'], terminal)).stdout).not.toContain('24 Dec')
})

test('R31: duty export writes your turns as a calendar, with nothing in it that acts on a terminal', async () => {
  const run = await rota()
  await run(['duty', 'edit', 'front', '--name', 'Front\u001b[31m desk'])
  const { stdout, exitCode } = await run(['duty', 'export', '--to', 'in 3d'])
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^BEGIN:VCALENDAR\r\n/)
  expect(stdout).toContain('SUMMARY:Front\ufffd[31m desk\r\n')
  expect(stdout).toContain('X-WR-CALNAME:Duty of Ana Flores\r\n')
  expect(stdout).not.toContain('\u001b')
  const tooLong = await run(['duty', 'export', '--to', 'in 800d'])
  expect([tooLong.exitCode, tooLong.stderr]).toEqual([2, expect.stringContaining('more than 730 days after --from')])
  const other = await run(['duty', 'export', '--agent', 'kofi', '--from', 'mon', '--to', 'in 3d'])
  expect(other.stdout).toContain('SUMMARY:Late desk')
})

test('R31: duty export says which turns it leaves out', async () => {
  const run = await rota()
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')).map(
    (hour) => `${hour}:00-${hour}:30`,
  )
  const added = await run(['duty', 'add', 'rounds', '--days', 'all', '--hours', hours.join(','), '--agent', 'ana'])
  expect(added.stderr).toBe('')
  const { stdout, stderr, exitCode } = await run(['duty', 'export', '--from', '2027-01-01', '--to', '2028-12-01'])
  expect(exitCode).toBe(0)
  expect(stdout.split('BEGIN:VEVENT').length - 1).toBe(10_000)
  const [, next] = /the turns from (\S+) on are left out: export them with --from/.exec(stderr)!
  const rest = await run(['duty', 'export', '--from', next!, '--to', '2028-12-01'])
  expect(rest.stderr).toBe('')
  expect(rest.stdout).toContain('SUMMARY:rounds')
})
