import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

const TUESDAY = '2026-11-24T21:00:00Z'

/** From Monday noon to Tuesday 16:00 in New York; the sample opens at nine. */
async function lived() {
  const run = await sampleWorkspace()
  await run(['agent', 'away', '--for', '2h', '--agent', 'sam'])
  await run(['agent', 'edit', 'kofi', '--name', '=HYPERLINK("x")'])
  await run(['widget', 'online', '--for', '12h'])
  await run(['team', 'edit', 'sales', '--remove-member', 'kofi'])
  return run
}

test('report: everyone by name with their hours, and when nobody was there', async () => {
  const run = await lived()
  for (const who of ['sam', 'lena', '3']) await run(['agent', 'away', '--agent', who], { now: '2026-11-24T18:00:00Z' })
  const { stdout, stderr } = await run(['report'], { now: TUESDAY, isTTY: true, columns: 100 })
  expect(stderr).toBe('')
  expect(stdout).toMatchInlineSnapshot(`
    "[1mReport[22m [2mAcme, Mon 23 Nov 2026, 00:00 to Tue 24 Nov 2026, 16:00 (America/New_York)[22m
    [33m  known from Mon 23 Nov 2026, 10:00 on: the log says nothing of the time before[39m
      [2magent[22m            [2mavailable[22m  [2mwhile open[22m
      Sam Reed         25 h       14 h
      Ana Flores       0 h        0 h
      =HYPERLINK("x")  27 h       16 h
      Lena Vogt        27 h       16 h
      open 19 h, staffed [32m16 h[39m, nobody there 0 h, masked by auto-offline [33m3 h[39m
    [2m  the widget was online for 16 h[22m

    [1mOpen and nobody there[22m
      Tue 13:00-16:00  3 h  [2mmasked by auto-offline[22m
    "
  `)
})

test('report --format csv: a name is no formula', async () => {
  const run = await lived()
  const { stdout } = await run(['report', '--from', 'mon 00:00', '--format', 'csv'], { now: TUESDAY })
  expect(stdout).toMatchInlineSnapshot(`
    "id,name,availableMinutes,openMinutes,removed
    1,Sam Reed,1680,1020,false
    2,Ana Flores,0,0,false
    3,"'=HYPERLINK(""x"")",1800,1140,false
    4,Lena Vogt,1800,1140,false
    "
  `)
})

test.each([
  { words: ['--from', 'tomorrow'], stderr: 'error: a report looks back, and "from" is not past' },
  { words: ['--from', 'mon', '--to', 'sun'], stderr: 'error: "to" is not after "from"' },
  { words: ['--from', '2024-01-01'], stderr: 'error: "to" is more than 366 days after "from"' },
  { words: ['--from', 'mnday'], stderr: 'error: --from: "mnday" is not a time' },
])('report $words: $stderr', async ({ words, stderr }) => {
  const run = await sampleWorkspace()
  const refused = await run(['report', ...words])
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain(stderr)
})
