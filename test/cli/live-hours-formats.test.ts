import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

const FORMATS = ['ical', 'osm', 'schema.org', 'google', 'csv']
const words = (line: string) => line.split(' ')
const fileOf = (text: string, name = 'hours.txt') => {
  const path = join(newFolder(), name)
  writeFileSync(path, text)
  return path
}

describe('R5: hours go out in a format of others, and come in again', () => {
  test.each(FORMATS)('%s: exported and imported, the week is as it was', async (format) => {
    const run = await sampleWorkspace()
    const hoursOf = async (week: string) => {
      const { days } = JSON.parse((await run(['hours', '--week', week, '--json'])).stdout)
      return days.map(({ hours }: { hours: string[] }) => hours)
    }
    const weeks = () => Promise.all(['2026-11-23', '2026-12-21', '2026-12-28'].map(hoursOf))
    const before = await weeks()
    const exported = await run(words(`hours export --format ${format}`))
    expect(exported.exitCode).toBe(0)
    await run(words('hours set all closed'))
    const path = fileOf(exported.stdout)
    const imported = await run(['hours', 'import', path])
    expect(imported).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`read as ${format}`) })
    expect(await weeks()).toEqual(before)
  })

  test('what a format cannot hold is told beside the text, and as JSON within it', async () => {
    const run = await sampleWorkspace()
    const { stdout, stderr } = await run(words('hours export --format osm'))
    expect(stdout).toMatch(/^Mo 09:00/)
    expect(stderr).toContain('note: The time zone America/New_York is not written')
    const json = JSON.parse((await run(words('hours export --format google --json'))).stdout)
    expect(json.notes.join(' ')).toContain('The names of dates are not written')
    expect(JSON.parse(json.text).regularHours.periods).toContainEqual({
      openDay: 'FRIDAY',
      openTime: { hours: 22 },
      closeDay: 'SATURDAY',
      closeTime: { hours: 2 },
    })
  })

  test('a document is exported without a workspace, and holidays with the rest', async () => {
    const run = await sampleWorkspace()
    const text =
      'version: 1\ntimeZone: UTC\nhours: { weekly: { mon: 24h } }\nholidays: [{ id: x, days: [{ date: 2026-12-28, hours: closed, name: Bank holiday }] }]\n'
    const { stdout, stderr } = await run(['hours', 'export', '--format', 'markdown', '--file', fileOf(text)])
    expect(stdout).toContain('| Monday | 00:00-24:00 |')
    expect(stdout).toContain('| 2026-12-28 | closed | Bank holiday |')
    expect(stderr).toContain('note: Dates of every year and holidays are written out as dates of 2026 to 2028')
  })

  test('a team has hours in and out as well', async () => {
    const run = await sampleWorkspace()
    await run(words('team hours import sales docs/sample/hours.csv'))
    expect((await run(words('team hours export sales --format osm'))).stdout).toContain('Fr 09:00-16:00')
  })

  test('an import changes nothing on a dry run, and keeps the zone where the format has none', async () => {
    const run = await sampleWorkspace()
    const path = fileOf('Mo-Fr 08:00-23:59')
    const dry = await run(['hours', 'import', path, '--dry-run'])
    expect(dry.stdout).toContain('dry run: nothing was changed')
    expect(dry.stderr).toContain('note: An end at 23:59 is read as 24:00')
    await run(words('hours zone Europe/Berlin'))
    await run(['hours', 'import', path])
    const { timeZone, days } = JSON.parse((await run(words('hours --json'))).stdout)
    expect([timeZone, days[0].hours, days[5].hours]).toEqual(['Europe/Berlin', ['08:00-24:00'], []])
  })
})

describe('R5: what is not understood is refused with its place, and nothing is changed', () => {
  test.each([
    {
      name: 'x.txt',
      text: 'Mo-Fr 09:00-17:00; Mon 10:00-12:00',
      says: 'x.txt:1:20: "Mon" is not a day of the week',
      hint: 'did you mean "Mo"',
    },
    {
      name: 'x.txt',
      text: 'Mo sunrise-sunset',
      says: 'x.txt:1:4: "sunrise-sunset" is not a time of the clock',
      hint: 'times of the clock',
    },
    { name: 'x.txt', text: 'Mo 09:00-17:00 || "call us"', says: 'x.txt:1:16: "||"', hint: 'keep the first rule' },
    { name: 'x.txt', text: 'Mo 09:00+', says: 'x.txt:1:4: an open end', hint: 'when it ends' },
    { name: 'x.csv', text: 'when,opens,closes\nmon,9,17', says: 'x.csv:2:1: "9-17"', hint: '' },
    {
      name: 'x.csv',
      text: 'when,opens,closes\nmonn,09:00,17:00',
      says: 'x.csv:2:1: "monn" is neither',
      hint: 'did you mean "mon"',
    },
    {
      name: 'x.csv',
      text: 'when,open,closes\n',
      says: 'x.csv:1:1: "open" is not a title',
      hint: 'did you mean "opens"',
    },
    {
      name: 'x.json',
      text: '{"regularHours":{"periods":[\n{"openDay":"MON"}]}}',
      says: 'x.json:2:12: regularHours.periods[0].openDay: "MON" is not a day',
      hint: 'MONDAY',
    },
    {
      name: 'x.json',
      text: '{"openingHoursSpecification":[{"opens":"9am","closes":"17:00"}]}',
      says: 'openingHoursSpecification[0].opens: "9am" is not a time',
      hint: '09:00',
    },
    { name: 'x.json', text: '{"a":1}', says: 'what', hint: '--format' },
    {
      name: 'x.ics',
      text: 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261325T090000\nEND:VEVENT\nEND:VCALENDAR',
      says: 'x.ics:3:1: "20261325T090000" is not a date',
      hint: '',
    },
    {
      name: 'x.ics',
      text: 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261204T090000\nDTEND:20261204T100000\nRRULE:FREQ=MONTHLY\nEND:VEVENT\nEND:VCALENDAR',
      says: 'is not one of every week',
      hint: '',
    },
    { name: 'x.txt', text: 'hello', says: 'is not certain', hint: '--format' },
  ])('$text', async ({ name, text, says, hint }) => {
    const run = await sampleWorkspace()
    const path = fileOf(text, name)
    const { exitCode, stdout, stderr } = await run(['hours', 'import', path])
    expect(stderr.replaceAll(path, name)).toContain(says)
    expect(stderr).toContain(hint)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(JSON.parse((await run(words('log --json'))).stdout).revisions).toHaveLength(1)
  })

  test.each([
    ['hours export', '--format is missing'],
    ['hours export --format xml', 'is not one of'],
    ['hours import docs/sample/hours.csv --format markdown', 'is not one of'],
    ['hours import nowhere.csv', 'nowhere.csv does not exist'],
  ])('%s', async (line, says) => {
    const run = await sampleWorkspace()
    expect(await run(words(line))).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) })
  })
})
