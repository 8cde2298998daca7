import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

const TERMINAL = { isTTY: true, columns: 300, env: { NO_COLOR: '1' } }

type Run = Awaited<ReturnType<typeof sampleWorkspace>>
const words = (line: string) => [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)
const hoursOfSales = async (run: Run) =>
  JSON.parse((await run(['team', 'list', '--json'])).stdout).teams.find(({ id }: { id: string }) => id === 'sales')
    .hours

test.each([
  {
    line: 'team hours set sales mon-tue 09:00-17:00',
    says: 'Hours of team sales on mon, tue: 09:00-17:00',
    words: 'Team sales: Mon: 09:00-17:00',
  },
  {
    line: 'team hours close sales "24 Dec" --name Christmas',
    says: 'Team sales is closed on 2026-12-24',
    words: 'Team sales: Christmas, 24 Dec: closed',
  },
  {
    line: 'team hours close sales 12-24..01-02',
    says: 'Team sales is closed on 12-24..01-02',
    words: 'every 24 Dec-2 Jan: closed',
  },
  {
    line: 'team hours open sales 2026-12-24 09:00-12:00',
    says: 'Team sales is open on 2026-12-24: 09:00-12:00',
    words: '24 Dec: 09:00-12:00',
  },
  {
    line: 'team hours zone sales Europe/Berlin',
    says: 'The hours of team sales are in Europe/Berlin',
    words: 'Europe/Berlin',
  },
])('R37: $line', async ({ line, says, words: told }) => {
  const run = await sampleWorkspace()
  const { exitCode, stdout, stderr } = await run(words(line), TERMINAL)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  expect(stdout).toContain(`${says}; the team is always online until "drift-status team auto sales"`)
  expect(stdout).toContain(told)
  await run(['team', 'auto', 'sales'])
  const again = await run(words(line), TERMINAL)
  expect(again.stdout).toContain('already so, nothing changed')
  expect(again.stdout).not.toContain('until "drift-status')
})

test('R37: hours of a team decide, are shown, and go again', async () => {
  const run = await sampleWorkspace()
  const isOnline = async (at: string) => (await run(['is', 'online', '--team', 'sales', '--at', at])).exitCode === 0
  await run(['team', 'auto', 'sales'])
  expect(await isOnline('2026-11-24 10:00')).toBe(false)
  await run(words('team hours set sales mon-fri 9-17'))
  await run(words('team hours open sales 2026-11-24 12-13 --name "Half a day"'))
  expect([await isOnline('2026-11-24 10:00'), await isOnline('2026-11-24 12:30')]).toEqual([false, true])
  expect(await isOnline('2026-11-25 10:00')).toBe(true)

  const week = (await run(['team', 'hours', 'show', 'sales'], TERMINAL)).stdout
  expect(week).toMatch(/Hours of team sales .*week of Mon 23 Nov 2026/)
  expect(week).toMatch(/Tue 24 Nov +12:00-13:00 +1 h +"Half a day" \(2026-11-24\)/)
  expect((await run(['team', 'hours', 'exceptions', 'sales'], TERMINAL)).stdout).toContain('Half a day')
  // Those of the workspace are others.
  expect((await run(['hours', 'exceptions'], TERMINAL)).stdout).not.toContain('Half a day')

  await run(words('team hours clear sales 2026-11-24'))
  expect(await isOnline('2026-11-24 10:00')).toBe(true)
  expect((await hoursOfSales(run)).exceptions).toEqual([])
})

test('R37: a team that no rule names has hours as well', async () => {
  const run = await sampleWorkspace()
  await run(words('team add night --member 1'))
  await run(words('team hours set night mon-fri 22:00-06:00'))
  expect((await run(words('team hours show night'), TERMINAL)).stdout).toMatch(/Mon 23 Nov .* 22:00-06:00/)
  await run(words('team auto night'))
  expect((await run(words('is open --team night --at "2026-11-24 05:00"'))).exitCode).toBe(0)
})

test('R40: a holiday calendar applies to a team or not', async () => {
  const run = await sampleWorkspace()
  await run(words('team auto sales'))
  await run(words('team hours set sales all 24h'))
  await run(['holidays', 'add', 'company', '-'], { stdin: 'days: [{ date: 2026-11-24, hours: closed }]' })
  const isOnline = async () => (await run(words('is online --team sales --at "2026-11-24 10:00"'))).exitCode
  expect(await isOnline()).toBe(3)
  expect((await run(words('team hours holidays sales company off'))).stdout).toContain(
    'do not apply to the hours of team sales',
  )
  expect(await isOnline()).toBe(0)
  expect((await run(words('is open --at "2026-11-24 10:00"'))).exitCode).toBe(3)
})

test.each([
  { line: 'team hours', code: 0, says: '' },
  { line: 'team hours sales', code: 2, says: '"sales" is not a command of team hours' },
  { line: 'team hours shw sales', code: 2, says: 'did you mean "show"?' },
  { line: 'team hours show', code: 2, says: 'missing required argument "team"' },
  { line: 'team hours show salse', code: 2, says: 'did you mean "sales"?' },
  { line: 'team hours set salse mon 9-17', code: 5, says: 'did you mean "sales"?' },
  { line: 'team hours close salse 2026-12-24', code: 5, says: 'did you mean "sales"?' },
  { line: 'team hours clear sales 2026-12-24', code: 5, says: '2026-12-24 has no exception of its own' },
  { line: 'team hours set sales mon 9-5pm-6', code: 2, says: '9-5pm-6' },
  { line: 'team hours zone sales Berlin', code: 2, says: 'did you mean "Europe/Berlin"?' },
])('R37: $line is answered', async ({ line, code, says }) => {
  const run = await sampleWorkspace()
  const { exitCode, stderr } = await run(words(line))
  expect(stderr).toContain(says)
  expect(exitCode).toBe(code)
})

test('R37: hours of a team are reverted by their revision', async () => {
  const run = await sampleWorkspace()
  await run(words('team hours close sales 2026-12-24'))
  await run(words('revert 2 --yes'))
  expect((await hoursOfSales(run)) ?? null).toEqual(null)
})

test('R37: team list and team show say when a team takes chats', async () => {
  const run = await sampleWorkspace()
  const shown = async () => [
    (await run(words('team list'), TERMINAL)).stdout,
    (await run(words('team show sales'), TERMINAL)).stdout,
  ]
  const [list, one] = await shown()
  expect([list, one].join('')).not.toContain('takes chats')

  await run(words('team hours set sales mon-fri 9-17'))
  await run(words('team auto sales'))
  await run(words('team auto-offline sales on'))
  await run(words('team offline support'))
  const [listed, closed] = await shown()
  expect(listed).toMatch(/sales +Sales +by its hours, while a member is available +Sam/)
  expect(listed).toMatch(/support +Support +never +Sam/)
  expect(closed).toContain('  online until Mon 17:00; takes chats: by its hours, while a member is available\n')
  const { current } = JSON.parse((await run(words('team show sales --json'))).stdout)
  expect(current).toEqual({
    mode: 'online',
    source: 'hours',
    nextChange: { at: '2026-11-23T17:00:00.000-05:00', mode: 'offline' },
  })
})

test('R37: hours that a team does not follow say so', async () => {
  const run = await sampleWorkspace()
  const show = async () => (await run(words('team hours show sales'), TERMINAL)).stdout
  expect(await show()).toContain('Not followed: the team is always online until "drift-status team auto sales"')
  const { availability } = JSON.parse((await run(words('team hours show sales --json'))).stdout)
  expect(availability).toBe('always-online')
  await run(words('team auto sales'))
  expect(await show()).not.toContain('Not followed')
})

test('R37: the open time of a team is counted by its hours', async () => {
  const run = await sampleWorkspace()
  await run(words('team hours set sales mon,wed 9-12'))
  await run(words('team auto sales'))
  const shown = async (line: string) => (await run(words(line), TERMINAL)).stdout
  expect(await shown('team hours next sales 1')).toMatch(/OPEN team sales of Acme, .*\n.*\n +Mon 12:00 +closes/)
  expect(await shown('team hours add sales 4h')).toContain('Wed 25 Nov 2026, 11:00')
  expect(await shown('team hours between sales "mon 11:00" "thu 11:00"')).toMatch(/^4 h /)
  expect((await run(words('team hours add salse 4h'))).stderr).toContain('did you mean "sales"?')
})

test('R37: hours of a team are edited as a text', async () => {
  const run = await sampleWorkspace()
  const edit = (stdin: string, line = 'team hours edit sales --from - --yes') => run(words(line), { stdin })
  const { stdout } = await edit('hours: { weekly: { sat: "10:00-12:00" } }')
  expect(stdout).toContain('The hours of team sales are edited; the team is always online until')
  expect((await hoursOfSales(run)).weekly).toEqual({ sat: '10:00-12:00' })
  expect(await edit('hours: { weekly: { sat: "10-12" } }')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('hours.weekly.sat'),
  })
  // Without anything in them there are none.
  await edit('hours: {}')
  expect(await hoursOfSales(run)).toBeUndefined()
})

test('R37: a Tab offers the exceptions of the team that the line names', async () => {
  const run = await sampleWorkspace()
  await run(words('team hours close sales 2026-12-30 --name "Stock day"'))
  const offered = async (...line: string[]) => (await run(['__complete', '--', ...line, ''])).stdout.split('\n')
  expect(await offered('team', 'hours', 'clear', 'sales')).toContain('2026-12-30\tStock day')
  expect(await offered('team', 'hours', 'clear', '--dry-run', 'sales')).toContain('2026-12-30\tStock day')
  expect(await offered('team', 'hours', 'clear', 'support')).not.toContain('2026-12-30\tStock day')
  expect(await offered('team', 'hours', 'clear')).toContain('sales\tSales')
  expect(await offered('hours', 'clear')).toContain('2026-12-24\tChristmas Eve')
})

test('R5: an exception that is not there says in which one the date lies', async () => {
  const run = await sampleWorkspace()
  await run(words('team hours close sales 12-24..01-02'))
  await run(words('team hours close sales 2027-03-01..2027-03-05'))
  const hint = async (date: string) => (await run(words(`team hours clear sales ${date}`))).stderr.split('hint: ')[1]
  expect(await hint('01-01')).toContain('it lies in 12-24..01-02')
  expect(await hint('2026-12-31')).toContain('it lies in 12-24..01-02')
  expect(await hint('2027-03-05')).toContain('it lies in 2027-03-01..2027-03-05')
  expect(await hint('2027-03-06')).toBe('run "drift-status team hours exceptions sales"\n')
  expect(await hint('01-03')).toBe('run "drift-status team hours exceptions sales"\n')
})
