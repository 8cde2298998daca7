import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { calendarAnswer, calendarOf, startFeedServer } from '../service/feed-server.js'
import { newFolder } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

const SPAIN = 'docs/sample/holidays.ics'
const TERMINAL = { isTTY: true, columns: 100, env: { NO_COLOR: '1' } }

const isOpen = async (run: Awaited<ReturnType<typeof sampleWorkspace>>, at: string) =>
  (await run(['is', 'open', '--at', at])).exitCode === 0

test('R40: holidays of a file close the hours, and are told where hours are', async () => {
  const run = await sampleWorkspace()
  expect(await isOpen(run, '2027-01-06 10:00')).toBe(true)
  const added = await run(['holidays', 'add', 'spain', SPAIN, '--name', 'Public holidays of Spain'])
  expect(added).toMatchObject({ exitCode: 0, stderr: '' })
  expect(added.stdout).toContain('The holiday calendar spain is added')
  expect(await isOpen(run, '2027-01-06 10:00')).toBe(false)

  const list = (await run(['holidays'], TERMINAL)).stdout
  expect(list).toMatch(/spain +Public holidays of Spain +\d+ +Sun 6 Dec 2026 +no feed/)
  const shown = (await run(['holidays', 'show', 'spain', '--year', '2027'], TERMINAL)).stdout
  expect(shown).toMatch(/Fri 26 Mar 2027 +closed +Good Friday/)
  const week = (await run(['hours', '--week', '2027-01-06'], TERMINAL)).stdout
  expect(week).toContain('"Epiphany" (2027-01-06, Public holidays of Spain)')
  expect((await run(['hours', 'exceptions'], TERMINAL)).stdout).toContain('Epiphany, Public holidays of Spain')

  // A date that is set by hand wins.
  await run(['hours', 'open', '2027-01-06', '9-12'])
  expect(await isOpen(run, '2027-01-06 10:00')).toBe(true)

  await run(['hours', 'holidays', 'spain', 'off'])
  expect(await isOpen(run, '2027-03-26 10:00')).toBe(true)
  expect((await run(['log', '--limit', '1'], TERMINAL)).stdout).toContain('Holidays of the hours: all → none')
  expect((await run(['holidays', 'remove', 'spain'])).stdout).toContain('The holiday calendar spain is removed')
  expect((await run(['holidays'], TERMINAL)).stdout).toBe('no holiday calendars\n')
})

test('R40: --dry-run shows each day that it would close, and closes none', async () => {
  const run = await sampleWorkspace()
  const { stdout } = await run(['holidays', 'add', 'spain', SPAIN, '--dry-run'], TERMINAL)
  expect(stdout).toContain('dry run: nothing was changed')
  expect(stdout).toMatch(/Fri 26 Mar 2027 +closed +Good Friday/)
  expect(stdout).toMatch(/Sat 25 Dec 2027 +closed +Christmas Day/)
  expect((await run(['holidays'], TERMINAL)).stdout).toBe('no holiday calendars\n')
})

test('R40: days of your own, half days among them, are written and edited as text', async () => {
  const run = await sampleWorkspace()
  const stdin = 'days:\n  - { yearly: 12-24, name: Christmas Eve, hours: "09:00-10:00" }\n'
  expect(await run(['holidays', 'add', 'company', '-'], { stdin })).toMatchObject({ exitCode: 0, stderr: '' })
  expect([await isOpen(run, '2027-12-24 09:30'), await isOpen(run, '2027-12-24 10:30')]).toEqual([true, false])
  const edited = join(newFolder(), 'days.yaml')
  writeFileSync(edited, 'days: [{ date: 2027-12-24, hours: closed }]\n')
  const { stdout } = await run(['holidays', 'edit', 'company', '--from', edited, '--yes'])
  expect(stdout).toContain('Holidays company: 24 Dec 2027: closed')
  expect(await isOpen(run, '2027-12-24 09:30')).toBe(false)
})

test('R40: a feed is added, synced, and kept when it cannot be read any more', async () => {
  const run = await sampleWorkspace()
  const server = await startFeedServer(calendarAnswer(calendarOf(['20270104', 'First Monday'])))
  onTestFinished(() => server.close())
  await run(['holidays', 'add', 'feed', server.url])
  expect(await isOpen(run, '2027-01-04 10:00')).toBe(false)
  expect((await run(['holidays', 'sync'])).stdout).toBe('The feed of feed has not changed since it was read\n')
  server.answer = calendarAnswer(calendarOf(['20270104', 'First Monday'], ['20270105', 'Tuesday']), '"2"')
  expect((await run(['holidays', 'sync', 'feed'])).stdout).toContain('Holidays feed: Tuesday, 5 Jan 2027: closed')

  server.answer = (_, response) => void response.writeHead(200).end('<html>')
  for (const words of [
    ['holidays', 'sync'],
    ['holidays', 'sync', 'feed'],
  ]) {
    const failed = await run(words)
    expect(failed.exitCode).toBe(1)
    expect(failed.stderr).toContain('the feed of "feed" cannot be read: ')
  }
  expect(await isOpen(run, '2027-01-05 10:00')).toBe(false)
  expect((await run(['holidays'], TERMINAL)).stdout).toContain('then it failed')
  const edit = await run(['holidays', 'edit', 'feed'])
  expect(edit).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('come from a feed') })
})

test('R40: a compressed file is read', async () => {
  const run = await sampleWorkspace()
  const path = join(newFolder(), 'holidays.bin')
  writeFileSync(path, gzipSync(calendarOf(['20270104', 'First Monday'])))
  expect((await run(['holidays', 'add', 'x', path])).exitCode).toBe(0)
  expect(await isOpen(run, '2027-01-04 10:00')).toBe(false)
})

test.each([
  {
    words: 'holidays add x -',
    stdin: 'days: [{ date: 2027-02-30, hours: closed }]',
    code: 2,
    says: '<stdin>:1:16: days[0].date',
  },
  { words: 'holidays add x -', stdin: 'days: [{ date: 2027-02-03 }]', code: 2, says: 'days[0].hours' },
  { words: 'holidays add x -', stdin: 'days: []\nmore: 1', code: 2, says: '"more"' },
  { words: 'holidays add x -', stdin: '', code: 2, says: '<stdin>:1:1: nothing is not a mapping' },
  { words: 'holidays add x -', stdin: calendarOf(['20261325', 'x']), code: 2, says: '<stdin>:7' },
  { words: 'holidays add x nowhere.ics', stdin: '', code: 2, says: 'nowhere.ics does not exist' },
  { words: 'holidays add x ftp://example.com/x', stdin: '', code: 2, says: 'begins with "ftp:" is not read' },
  { words: 'holidays add x webcal://example.com/x', stdin: '', code: 2, says: 'https://example.com/x' },
  { words: 'holidays add x http://127.0.0.1:1/x', stdin: '', code: 1, says: 'refused the connection' },
  { words: 'holidays show berln', stdin: '', code: 5, says: '"berln" is not a holiday calendar' },
  { words: 'holidays sync berln', stdin: '', code: 5, says: 'there is no holiday calendar "berln"' },
  { words: 'hours holidays berln on', stdin: '', code: 5, says: 'there is no holiday calendar "berln"' },
  { words: 'hours holidays berln maybe', stdin: '', code: 2, says: 'on' },
])('R40: $words of $stdin is refused', async ({ words, stdin, code, says }) => {
  const run = await sampleWorkspace()
  const { exitCode, stderr, stdout } = await run(words.split(' '), { stdin })
  expect(stderr).toContain(says)
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' })
  expect((await run(['holidays'], TERMINAL)).stdout).toBe('no holiday calendars\n')
})

test('R40: a name that is taken is refused, and nothing is lost', async () => {
  const run = await sampleWorkspace()
  await run(['holidays', 'add', 'spain', SPAIN])
  expect(await run(['holidays', 'add', 'spain', '-'], { stdin: 'days: []' })).toMatchObject({ exitCode: 6 })
  expect(await isOpen(run, '2027-01-06 10:00')).toBe(false)
})
