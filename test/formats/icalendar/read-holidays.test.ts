import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readHolidays } from '../../../src/formats/icalendar/read-holidays.js'

const bytes = (text: string) => new TextEncoder().encode(text)

/** A calendar of these events, each a list of properties parted by blanks; `_` stands for a blank. */
function calendar(...events: readonly string[]): string {
  const lines = events.flatMap((event, index) => [
    'BEGIN:VEVENT',
    ...(event.includes('UID:') ? [] : [`UID:${index}@example.com`]),
    'DTSTAMP:20260101T000000Z',
    ...event.split(' ').map((property) => property.replaceAll('_', ' ')),
    'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}

function read(text: string | Uint8Array, years: readonly [number, number] = [2025, 2030]) {
  const given = typeof text === 'string' ? bytes(text) : text
  return readHolidays(given, { file: 'x.ics', firstYear: years[0], lastYear: years[1] })
}

/** The days, as `2026-12-25` or `2026-12-25..2026-12-26`. */
function daysOf(text: string | Uint8Array, years?: readonly [number, number]): string {
  return read(text, years)
    .days.map(({ date, from, to }) => date ?? `${from}..${to}`)
    .join(' ')
}

describe('R40: a whole day closes, however it is written', () => {
  test.each([
    ['VALUE=DATE', 'DTSTART;VALUE=DATE:20261225', '2026-12-25'],
    ['a date without saying so', 'DTSTART:20261225', '2026-12-25'],
    ['an end that is the next day', 'DTSTART;VALUE=DATE:20261225 DTEND;VALUE=DATE:20261226', '2026-12-25'],
    ['an end that equals the start', 'DTSTART;VALUE=DATE:20261225 DTEND;VALUE=DATE:20261225', '2026-12-25'],
    ['three days', 'DTSTART;VALUE=DATE:20261224 DTEND;VALUE=DATE:20261227', '2026-12-24..2026-12-26'],
    ['a duration', 'DTSTART;VALUE=DATE:20261224 DURATION:P2D', '2026-12-24..2026-12-25'],
    ['a week', 'DTSTART;VALUE=DATE:20261221 DURATION:P1W', '2026-12-21..2026-12-27'],
    ['midnight to midnight, by whose clock it is read', 'DTSTART:20261225T000000 DTEND:20261226T000000', '2026-12-25'],
    ['midnight of UTC', 'DTSTART:20261225T000000Z DTEND:20261226T000000Z', '2026-12-25'],
    [
      'midnight of Windows',
      'DTSTART;TZID=W._Europe_Standard_Time:20261225T000000 DTEND;TZID=W._Europe_Standard_Time:20261226T000000',
      '2026-12-25',
    ],
    ['midnight to the last second', 'DTSTART:20261225T000000 DTEND:20261225T235959', '2026-12-25'],
    [
      'midnight to the last minute of the second day',
      'DTSTART:20261225T000000 DTEND:20261226T235900',
      '2026-12-25..2026-12-26',
    ],
    ['midnight to the same midnight', 'DTSTART:20261225T000000 DTEND:20261225T000000', '2026-12-25'],
    ['a duration of 24 hours', 'DTSTART:20261225T000000 DURATION:PT24H', '2026-12-25'],
    ['shown as free', 'DTSTART;VALUE=DATE:20261225 TRANSP:TRANSPARENT X-MICROSOFT-CDO-BUSYSTATUS:FREE', '2026-12-25'],
    ['parameters that nobody asked for', 'DTSTART;X-A="a:b;c";VALUE=DATE:20261225', '2026-12-25'],
    ['names in small letters', 'dtstart;value=date:20261225', '2026-12-25'],
    ['a working holiday of Apple', 'DTSTART:20261225 X-APPLE-SPECIAL-DAY:WORK-HOLIDAY', '2026-12-25'],
    ["Workers' Day is no working day", "DTSTART:20270501 SUMMARY:International_Workers'_Day", '2027-05-01'],
    ['a public holiday that says so', 'DTSTART:20261225 DESCRIPTION:Public_holiday', '2026-12-25'],
  ])('%s', (_, event, expected) => {
    expect(daysOf(calendar(event))).toBe(expected)
    expect(read(calendar(event)).skipped).toEqual([])
  })

  test.each(['UTC', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Kolkata'])(
    'the dates are the same where the machine is in %s',
    (zone) => {
      const script = `
        import { readHolidays } from './dist/bench/holidays-in-zone.mjs'
        import { readFileSync } from 'node:fs'
        const { days } = readHolidays(readFileSync(0), { file: 'x', firstYear: 2025, lastYear: 2030 })
        console.log(days.map(({ date }) => date).join(' '))`
      execFileSync(process.execPath, ['-e', BUNDLE])
      const text = calendar(
        'DTSTART;TZID=W._Europe_Standard_Time:20261225T000000 DTEND;TZID=W._Europe_Standard_Time:20261226T000000',
        'DTSTART:20270101T000000Z DTEND:20270102T000000Z',
        'DTSTART;VALUE=DATE:20270106 RRULE:FREQ=YEARLY;UNTIL=20280107T000000Z',
      )
      const options = { input: text, env: { ...process.env, TZ: zone } }
      const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], options).toString().trim()
      expect(told).toBe('2026-12-25 2027-01-01 2027-01-06 2028-01-06')
    },
  )
})

/** Makes of the reader what a process of its own can load. */
const BUNDLE = `require('esbuild').buildSync({
  entryPoints: ['src/formats/icalendar/read-holidays.ts'],
  outfile: 'dist/bench/holidays-in-zone.mjs',
  bundle: true, platform: 'node', format: 'esm', packages: 'external',
})`

type Row = [title: string, event: string, expected: string, years?: readonly [number, number]]

describe('R40: rules that repeat', () => {
  test.each<Row>([
    ['every year', 'DTSTART:20191225 RRULE:FREQ=YEARLY', '2025-12-25 2026-12-25 2027-12-25'],
    ['since 1601, as Exchange writes it', 'DTSTART:16011225 RRULE:FREQ=YEARLY', '2025-12-25 2026-12-25 2027-12-25'],
    ['every second year', 'DTSTART:20201225 RRULE:FREQ=YEARLY;INTERVAL=2', '2026-12-25'],
    ['so often', 'DTSTART:20241225 RRULE:FREQ=YEARLY;COUNT=3', '2025-12-25 2026-12-25'],
    ['until a date', 'DTSTART:20241225 RRULE:FREQ=YEARLY;UNTIL=20261225', '2025-12-25 2026-12-25'],
    ['until an instant', 'DTSTART:20241225 RRULE:FREQ=YEARLY;UNTIL=20261225T000000Z', '2025-12-25 2026-12-25'],
    [
      'until an instant, on the date that it is in the zone of the event',
      'DTSTART;TZID=Europe/Berlin:20241225T000000 DTEND;TZID=Europe/Berlin:20241226T000000 RRULE:FREQ=YEARLY;UNTIL=20261224T230000Z',
      '2025-12-25 2026-12-25',
    ],
    [
      'until an instant of the evening before, in the zone of the event',
      'DTSTART;TZID=America/Toronto:20241225T000000 DTEND;TZID=America/Toronto:20241226T000000 RRULE:FREQ=YEARLY;UNTIL=20261225T045959Z',
      '2025-12-25',
    ],
    ['29 February in leap years alone', 'DTSTART:20200229 RRULE:FREQ=YEARLY', '', [2025, 2027]],
    ['29 February', 'DTSTART:20200229 RRULE:FREQ=YEARLY', '2028-02-29', [2025, 2030]],
    ['30 February never is', 'DTSTART:20200101 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', ''],
    [
      'a day of a month',
      'DTSTART:20200101 RRULE:FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14',
      '2025-07-14 2026-07-14 2027-07-14',
    ],
    [
      'the fourth Thursday of November',
      'DTSTART:20201126 RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      '2025-11-27 2026-11-26 2027-11-25',
    ],
    [
      'the last Monday of May',
      'DTSTART:20200525 RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO',
      '2025-05-26 2026-05-25 2027-05-31',
    ],
    [
      'the last day of February',
      'DTSTART:20200229 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1',
      '2025-02-28 2026-02-28 2027-02-28',
    ],
    [
      'the Tuesday after the first Monday',
      'DTSTART:20201103 RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
      '2025-11-04 2026-11-03 2027-11-02',
    ],
    [
      'the first weekday of a month',
      'DTSTART:20250101 RRULE:FREQ=YEARLY;BYMONTH=8;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1',
      '2025-08-01 2026-08-03 2027-08-02',
    ],
    ['the nth Monday of the year', 'DTSTART:20250106 RRULE:FREQ=YEARLY;BYDAY=2MO', '2025-01-13 2026-01-12 2027-01-11'],
    [
      'the 100th day',
      'DTSTART:20250410 RRULE:FREQ=YEARLY;BYYEARDAY=100,-1',
      '2025-04-10 2025-12-31 2026-04-10 2026-12-31 2027-04-10 2027-12-31',
    ],
    ['every month', 'DTSTART:20271031 RRULE:FREQ=MONTHLY', '2027-10-31 2027-12-31'],
    [
      'every week',
      'DTSTART:20271213 RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4',
      '2027-12-13 2027-12-15 2027-12-20 2027-12-22',
    ],
    [
      'every second week, whose weeks begin on Sunday',
      'DTSTART:20271121 RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;COUNT=4',
      '2027-11-21..2027-11-22 2027-12-05..2027-12-06',
    ],
    ['every day for some', 'DTSTART:20271220 RRULE:FREQ=DAILY;INTERVAL=3;COUNT=3', '2027-12-20 2027-12-23 2027-12-26'],
    [
      'without those that are excluded by an instant, whose date counts',
      'DTSTART;VALUE=DATE:20241225 RRULE:FREQ=YEARLY EXDATE:20261225T000000Z',
      '2025-12-25 2027-12-25',
    ],
    [
      'and with those that are added by one',
      'DTSTART;VALUE=DATE:20261225 RDATE:20270104T000000Z',
      '2026-12-25 2027-01-04',
    ],
    ['without those that are excluded', 'DTSTART:20241225 RRULE:FREQ=YEARLY EXDATE:20261225', '2025-12-25 2027-12-25'],
    [
      'several excluded at once',
      'DTSTART:20241225 RRULE:FREQ=YEARLY EXDATE;VALUE=DATE:20251225,20261225',
      '2027-12-25',
    ],
    [
      'with those that are added',
      'DTSTART:20251225 RDATE;VALUE=DATE:20270104,20260102',
      '2025-12-25 2026-01-02 2027-01-04',
    ],
    [
      'an exclusion by another clock',
      'DTSTART;TZID=Europe/Berlin:20241225T000000 DTEND;TZID=Europe/Berlin:20241226T000000 RRULE:FREQ=YEARLY EXDATE:20261224T230000Z',
      '2025-12-25 2027-12-25',
    ],
  ])('%s', (_, event, expected, years = [2025, 2027]) => {
    expect(daysOf(calendar(event), years)).toBe(expected)
  })

  const CHRISTMAS = 'UID:christmas DTSTART:20241225 RRULE:FREQ=YEARLY SUMMARY:Christmas'
  test.each([
    ['moves one', 'RECURRENCE-ID;VALUE=DATE:20261225 DTSTART;VALUE=DATE:20261228', '2025-12-25 2026-12-28 2027-12-25'],
    [
      'makes one longer',
      'RECURRENCE-ID:20261225 DTSTART:20261225 DTEND:20261227',
      '2025-12-25 2026-12-25..2026-12-26 2027-12-25',
    ],
    [
      'turns a whole day into some hours',
      'RECURRENCE-ID:20261225 DTSTART:20261225T100000 DTEND:20261225T120000',
      '2025-12-25 2027-12-25',
    ],
    ['cancels one', 'RECURRENCE-ID:20261225 DTSTART:20261225 STATUS:CANCELLED', '2025-12-25 2027-12-25'],
  ])('RECURRENCE-ID %s', (_, event, expected) => {
    const override = `UID:christmas SUMMARY:Christmas ${event}`
    expect(daysOf(calendar(CHRISTMAS, override), [2025, 2027])).toBe(expected)
    // Whichever comes first.
    expect(daysOf(calendar(override, CHRISTMAS), [2025, 2027])).toBe(expected)
  })
})

describe('R40: what closes nothing is told with its line', () => {
  test.each([
    [
      'an observance of Google',
      'DTSTART:20261225 DESCRIPTION:Observance\\nTo_hide_observances\\,_go_to_settings',
      'is an observance',
    ],
    [
      'an observance of Google in German',
      'DTSTART:20261224 DESCRIPTION:Tag\\nUm_Gedenktage_auszublenden,_öffne_die_Google_Kalender-Einstellungen_>_Feiertage_in_Deutschland',
      'is an observance',
    ],
    [
      'an observance of Google in Japanese',
      'DTSTART:20261225 DESCRIPTION:祭日\\n祭日を非表示にするには、Google_カレンダーの設定_>_日本の祝日に移動してください',
      'is an observance',
    ],
    [
      'what is called no public holiday',
      'DTSTART:20261224 SUMMARY:Christmas_Eve_(Not_a_Public_Holiday)',
      'is no public holiday',
    ],
    ['a working day with its sign before its name', 'DTSTART:20261010 SUMMARY:班｜国庆节', 'is a working day'],
    ['a working day with its sign in brackets', 'DTSTART:20261010 SUMMARY:（班）第1天/共1天', 'is a working day'],
    ['an observance by its category', 'DTSTART:20261225 CATEGORIES:Observance', 'is an observance'],
    ['one of several categories', 'DTSTART:20261225 CATEGORIES:Germany,Observance', 'is an observance'],
    ['a working day of Apple', 'DTSTART:20261225 X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY', 'is a working day'],
    ['a working day in Chinese', 'DTSTART:20261225 SUMMARY:春节_补班', 'is a working day'],
    ['a working day with its sign', 'DTSTART:20261225 SUMMARY:国庆节（班）', 'is a working day'],
    ['a working day in words', 'DTSTART:20261225 SUMMARY:Special_Working_Day', 'is a working day'],
    ['cancelled', 'DTSTART:20261225 STATUS:CANCELLED', 'is cancelled'],
    ['some hours', 'DTSTART:20261224T130000 DTEND:20261224T180000', 'begins within a day'],
    ['the first half', 'DTSTART:20261224T000000 DTEND:20261224T120000', 'lasts no whole days'],
    ['two years', 'DTSTART:20250101 DTEND:20270101', 'lasts 730 days'],
    ['30 February', 'DTSTART:20200101 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'is on no date from 2025 to 2030'],
    ['each of its days excluded', 'DTSTART:20280229 RRULE:FREQ=YEARLY EXDATE:20280229', 'is on no date from'],
    ['two clocks', 'DTSTART;TZID=Europe/Berlin:20261224T000000 DTEND:20261224T230000Z', 'different zones'],
  ])('%s', (_, event, says) => {
    const { days, skipped } = read(calendar('DTSTART:20270101', event))
    expect(days).toHaveLength(1)
    expect(skipped).toEqual([{ line: 9, text: expect.stringContaining(says) }])
  })
})

test('R40: where days off are marked, a festival without a mark closes nothing', () => {
  const marked = 'DTSTART:20261001 SUMMARY:国庆节（休） X-APPLE-SPECIAL-DAY:WORK-HOLIDAY'
  const { days, skipped } = read(calendar(marked, 'DTSTART:20261018 SUMMARY:重阳节'))
  expect(days).toMatchObject([{ date: '2026-10-01' }])
  expect(skipped).toEqual([{ line: 11, text: expect.stringContaining('is not marked as a day off') }])
})

test('R40: a description with a link closes as any other', () => {
  const event = 'DTSTART:20261225 DESCRIPTION:Feiertag\\n<a_href="https://www.google.com/search">mehr</a>'
  expect(read(calendar(event)).days).toHaveLength(1)
})

test('R40: an occurrence is named by the clock of the event that repeats', () => {
  const event =
    'UID:a DTSTART;TZID=Europe/Berlin:20241225T000000 DTEND;TZID=Europe/Berlin:20241226T000000 RRULE:FREQ=YEARLY'
  const moved =
    'UID:a RECURRENCE-ID:20261224T230000Z DTSTART;TZID=America/Toronto:20261228T000000 DTEND;TZID=America/Toronto:20261229T000000'
  expect(daysOf(calendar(event, moved), [2025, 2027])).toBe('2025-12-25 2026-12-28 2027-12-25')
  expect(daysOf(calendar(moved, event), [2025, 2027])).toBe('2025-12-25 2026-12-28 2027-12-25')
})

test('R40: what is over or not yet there is not told', () => {
  const events = [
    'DTSTART:20200101',
    'DTSTART:20200101 RRULE:FREQ=YEARLY;COUNT=2',
    'DTSTART:20400101 RRULE:FREQ=YEARLY',
  ]
  const over = 'DTSTART:20200101 RRULE:FREQ=YEARLY;UNTIL=20240101'
  expect(read(calendar(...events, over))).toEqual({ days: [], skipped: [] })
})

describe('R40: names', () => {
  const nameOf = (summary: string) => read(calendar(`DTSTART:20261225 SUMMARY:${summary}`)).days[0]?.name

  test.each([
    ['Christmas\\, the first day\\; closed', 'Christmas, the first day; closed'],
    ['a\\nb', 'a b'],
    ['back\\\\slash', 'back\\slash'],
    ['', 'Holiday'],
    ['x'.repeat(600), `${'x'.repeat(499)}…`],
    ['\u001b[31mred', '[31mred'],
    ['Weihnachten 🎄', 'Weihnachten 🎄'],
  ])('%s', (summary, expected) => {
    expect(nameOf(summary.replaceAll(' ', '_'))).toBe(expected)
  })

  test('two events on one date share it; a date is told once', () => {
    const text = calendar(
      'DTSTART:20270501 SUMMARY:Labour',
      'DTSTART:20270501 SUMMARY:Ascension',
      'DTSTART:20270501 SUMMARY:Labour',
    )
    expect(read(text).days).toEqual([{ date: '2027-05-01', name: 'Labour / Ascension', hours: 'closed' }])
  })

  test('ranges that overlap are told by their dates', () => {
    const text = calendar('DTSTART:20270501 DTEND:20270504 SUMMARY:A', 'DTSTART:20270503 DTEND:20270505 SUMMARY:B')
    expect(read(text).days.map(({ date, from, to, name }) => `${date ?? `${from}..${to}`} ${name}`)).toEqual([
      '2027-05-01..2027-05-02 A',
      '2027-05-03 A / B',
      '2027-05-04 B',
    ])
  })
})

describe('R40: a calendar as it comes over the wire', () => {
  const text = calendar('DTSTART:20261225 SUMMARY:Weihnachten_für_alle_🎄')

  test.each<[string, Uint8Array]>([
    ['LF', bytes(text.replaceAll('\r\n', '\n'))],
    ['CR', bytes(text.replaceAll('\r\n', '\r'))],
    ['no end of the last line', bytes(text.trimEnd())],
    ['blank lines', bytes(text.replaceAll('\r\n', '\r\n\r\n'))],
    ['a byte order mark', bytes(`\ufeff${text}`)],
    ['gzip', gzipSync(text)],
    ['folded', bytes(text.replaceAll('DTSTART', 'DTS\r\n TART').replaceAll('SUMMARY', 'SUMM\r\n\tARY'))],
    ['two calendars in a row', bytes(`${calendar('DTSTART:19991225')}${text}`)],
    ['small letters', bytes(text.replace('BEGIN:VEVENT', 'begin:vevent').replace('END:VEVENT', 'end:vevent'))],
    [
      'a timezone and an alarm within',
      bytes(text.replace('END:VEVENT', 'BEGIN:VALARM\r\nTRIGGER:-P1D\r\nDTSTART:garbage\r\nEND:VALARM\r\nEND:VEVENT')),
    ],
  ])('%s', (_, given) => {
    expect(read(given).days).toEqual([{ date: '2026-12-25', name: 'Weihnachten für alle 🎄', hours: 'closed' }])
  })

  test('a line that is folded in the middle of a character, at every byte', () => {
    const whole = bytes(text)
    const at = text.indexOf('SUMMARY') // all before it is ASCII
    for (let cut = at + 8; cut < at + 36; cut++) {
      const folded = new Uint8Array([...whole.subarray(0, cut), 13, 10, 32, ...whole.subarray(cut)])
      expect(read(folded).days[0]?.name).toBe('Weihnachten für alle 🎄')
    }
  })
})

describe('R40: what is not understood is refused with its line', () => {
  const event = (line: string) => calendar(`DTSTART:20270101`, `SUMMARY:x ${line}`)
  test.each([
    ['nothing', '', 'x.ics:1:1: is empty'],
    ['blank lines', '\r\n\r\n', 'x.ics:1:1: is empty'],
    ['a web page', '<!DOCTYPE html>\n<html>', 'x.ics:1:1: this is a web page, not a calendar'],
    ['a page in XML', '<?xml version="1.0"?>', 'x.ics:1:1: this is a web page'],
    ['other text', 'hello', 'x.ics:1:1: "hello" is not a property'],
    ['a contact', 'BEGIN:VCARD\nEND:VCARD', 'x.ics:1:1: this is not a calendar'],
    ['a property outside', 'VERSION:2.0', 'x.ics:1:1: this is not a calendar'],
    ['a month 13', event('DTSTART:20261325'), 'x.ics:13:1: "20261325" is not a date of the calendar'],
    ['30 February', event('DTSTART;VALUE=DATE:20270230'), 'x.ics:13:1: "20270230" is not a date of the calendar'],
    ['hour 25', event('DTSTART:20270101T250000'), 'x.ics:13:1: "20270101T250000" is not a time of a day'],
    ['a date in words', event('DTSTART:soon'), 'x.ics:13:1: "soon" is not a date of iCalendar'],
    ['no start', event('DTEND:20270102'), 'x.ics:9:1: the event has no DTSTART'],
    [
      'an end before the start',
      event('DTSTART:20270102 DTEND:20270101'),
      'x.ics:14:1: the event ends before it begins',
    ],
    ['a duration that is none', event('DTSTART:20270102 DURATION:P'), 'x.ics:14:1: "P" is not a duration'],
    [
      'a rule of seconds',
      event('DTSTART:20270102 RRULE:FREQ=SECONDLY'),
      'x.ics:14:1: FREQ=SECONDLY of the rule is not one of',
    ],
    ['a rule of nothing', event('DTSTART:20270102 RRULE:COUNT=3'), 'x.ics:14:1: FREQ= of the rule'],
    [
      'an interval of 0',
      event('DTSTART:20270102 RRULE:FREQ=DAILY;INTERVAL=0'),
      'INTERVAL=0 of the rule is not a number',
    ],
    ['a month 13 in a rule', event('DTSTART:20270102 RRULE:FREQ=YEARLY;BYMONTH=13'), 'BYMONTH=13 of the rule'],
    [
      'a day of the week that is none',
      event('DTSTART:20270102 RRULE:FREQ=YEARLY;BYDAY=XX'),
      'BYDAY=XX of the rule is not a day',
    ],
    [
      'an nth of a week',
      event('DTSTART:20270102 RRULE:FREQ=WEEKLY;BYDAY=2MO'),
      'BYDAY=2MO counts within a month or a year',
    ],
    [
      'weeks of the year',
      event('DTSTART:20270102 RRULE:FREQ=YEARLY;BYWEEKNO=20'),
      'BYWEEKNO of the rule is not understood',
    ],
    ['Easter', event('DTSTART:20270102 RRULE:FREQ=YEARLY;BYEASTER=0'), 'BYEASTER of the rule is not understood'],
    ['COUNT and UNTIL', event('DTSTART:20270102 RRULE:FREQ=YEARLY;COUNT=2;UNTIL=20300101'), 'COUNT and UNTIL'],
    ['a rule of exclusions', event('DTSTART:20270102 EXRULE:FREQ=YEARLY'), 'EXRULE is not understood'],
    [
      'this and all that follow',
      event('DTSTART:20270102 RECURRENCE-ID;RANGE=THISANDFUTURE:20270102'),
      'THISANDFUTURE is not understood',
    ],
    [
      'an unknown clock',
      event('DTSTART;TZID=Mars:20270102T000000 DTEND;TZID=Mars:20270103T000000 EXDATE:20270102T000000Z'),
      '"Mars" is no zone that is known',
    ],
    [
      'a calendar that was cut',
      calendar('DTSTART:20270101').slice(0, -30),
      'x.ics:7:1: the calendar ends in the middle of VEVENT, which begins on line 4',
    ],
    [
      'ends that cross',
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR',
      'x.ics:3:1: END:VCALENDAR ends VEVENT, which begins on line 2',
    ],
    ['vCalendar', calendar('DTSTART:20270101').replace('2.0', '1.0'), 'vCalendar 1.0'],
    ['nested without end', `BEGIN:VCALENDAR\n${'BEGIN:X\n'.repeat(20)}`, 'is nested too deep'],
    [
      'an event within another, which would be lost',
      calendar('DTSTART:20270101 BEGIN:VEVENT DTSTART:20270102 END:VEVENT'),
      'x.ics:8:1: VEVENT begins within VEVENT, which begins on line 4',
    ],
    [
      'a calendar within a calendar',
      'BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR',
      'x.ics:2:1: VCALENDAR begins within VCALENDAR, which begins on line 1',
    ],
    [
      'a rule every day since 1601, many times',
      calendar(...Array(400).fill('DTSTART:16010101 RRULE:FREQ=DAILY;COUNT=999999999')),
      'repeats on more dates than are read',
    ],
  ])('%s', (_, text, says) => {
    expect(() => read(text)).toThrow(says)
  })

  test('bytes that are not UTF-8, with their line', () => {
    const latin1 = Buffer.from(calendar('DTSTART:20270101 SUMMARY:für'), 'latin1')
    expect(() => read(latin1)).toThrow('x.ics:8:1: is not text in UTF-8')
  })

  test('a compressed file that is broken, and one that holds too much', () => {
    const packed = gzipSync(calendar('DTSTART:20270101'))
    expect(() => read(packed.subarray(0, 60))).toThrow('is compressed, and broken')
    expect(() => read(gzipSync(Buffer.alloc(40 * 1024 * 1024, 10)))).toThrow('holds more than 16 MB')
  })

  test('every mistake at once', () => {
    const text = calendar('DTSTART:20261325', 'DTSTART:20270101', 'DTSTART:20270230')
    expect(() => read(text)).toThrow('x.ics has 2 errors')
  })
})

test('R40: the sample calendar', () => {
  expect(daysOf(readFileSync('docs/sample/holidays.ics'), [2026, 2027])).toBe(
    '2026-01-01 2026-01-06 2026-04-03 2026-12-06 2026-12-25 2027-01-01 2027-01-06 2027-03-26 2027-12-06 2027-12-25',
  )
})
