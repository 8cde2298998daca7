import { mutate } from './mutate.js'
import { NASTY_TEXTS, NASTY_VALUES } from './nasty-values.js'
import type { Random } from './random.js'

const DATES = ['20261225', '20260101', '20280229', '20201231', '20351231', '16010101', '20270328', '19991231']
const NO_DATES = [
  '20261325',
  '20270230',
  '00000000',
  '99999999',
  '2026-12-25',
  'soon',
  '',
  '20261225T',
  '20261225T250000',
]
const ZONES = [
  'Europe/Berlin',
  'W. Europe Standard Time',
  'America/New_York',
  '/example.org/20260101/Asia/Tokyo',
  'Mars',
]
const WORDS = [
  'Christmas',
  'Weihnachten 🎄',
  'a\\, b\\; c\\\\ d\\n e',
  '国庆节（班）',
  'Special Working Day',
  '',
  '"quoted"; x:y',
  'é\u0301',
]
const RULE_PARTS = [
  'COUNT=3',
  'COUNT=999999999',
  'UNTIL=20300101',
  'UNTIL=20300101T000000Z',
  'INTERVAL=2',
  'INTERVAL=0',
  'INTERVAL=99999',
  'BYMONTH=2',
  'BYMONTH=1,12',
  'BYMONTH=13',
  'BYMONTHDAY=29',
  'BYMONTHDAY=-1,31',
  'BYDAY=MO',
  'BYDAY=-1MO,4TH',
  'BYDAY=53FR',
  'BYYEARDAY=366,-366',
  'BYSETPOS=-1',
  'BYWEEKNO=20',
  'BYEASTER=0',
  'WKST=SU',
  'X-NAME=1',
  'BYHOUR=0',
  '',
]
/** More of those whose dates are few. */
const FREQUENCIES = ['YEARLY', 'YEARLY', 'YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'SECONDLY', 'yearly']
const OTHERS = [
  'TRANSP:TRANSPARENT',
  'TRANSP:OPAQUE',
  'CLASS:PUBLIC',
  'DTSTAMP:20260101T000000Z',
  'CATEGORIES:Holiday,Observance',
  'CATEGORIES:Holidays',
  'DESCRIPTION:Observance\\nTo hide observances\\, go to settings',
  'DESCRIPTION:Public holiday',
  'STATUS:CANCELLED',
  'STATUS:CONFIRMED',
  'X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY',
  'X-MICROSOFT-CDO-BUSYSTATUS:FREE',
  'EXRULE:FREQ=YEARLY',
  'DURATION:P1D',
  'DURATION:-P1D',
  'DURATION:PT24H',
  'BEGIN:VALARM',
  'END:VALARM',
  'ATTACH;ENCODING=BASE64;VALUE=BINARY:aGVsbG8=',
  'X-A;X-B="a:b;c,d";X-C=1,"2":value',
]

/** The text of a calendar such as are published, or nearly one. */
export function randomCalendar(random: Random): string {
  const events = random.list(5, () => randomEvent(random))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//EN',
    ...(random.chance(0.3) ? randomZone(random) : []),
    ...events.flat(),
    'END:VCALENDAR',
    '',
  ]
  const text = lines.join(random.pick(['\r\n', '\n', '\n', '\r']))
  if (random.chance(0.6)) return text
  return random.chance(0.5) ? replaceValue(text, random) : mutate(text, random)
}

function randomEvent(random: Random): string[] {
  const properties = [
    `UID:${random.pick(['a', 'b', 'c', ''])}@example.com`,
    `SUMMARY${random.pick(['', ';LANGUAGE=de', ';ALTREP="x:y"'])}:${random.pick(WORDS)}`,
    ...randomStretch(random),
    ...(random.chance(0.4) ? [randomRule(random)] : []),
    ...(random.chance(0.15) ? [`EXDATE${randomMoment(random)}`] : []),
    ...(random.chance(0.15) ? [`RDATE${randomMoment(random)}`] : []),
    ...(random.chance(0.15) ? [`RECURRENCE-ID${randomMoment(random)}`] : []),
    ...random.list(2, () => random.pick(OTHERS)),
  ]
  return ['BEGIN:VEVENT', ...properties, 'END:VEVENT']
}

/** From when to when: mostly whole days. */
function randomStretch(random: Random): string[] {
  const [year, month, day] = [random.between(2019, 2036), random.between(1, 12), random.between(1, 28)]
  const written = (plus: number) => new Date(Date.UTC(year, month - 1, day + plus)).toISOString().slice(0, 10)
  const date = (plus: number) => written(plus).replaceAll('-', '')
  const days = random.pick([0, 1, 1, 1, 2, 5, 400])
  if (random.chance(0.1)) return [`DTSTART${randomMoment(random)}`, `DTEND${randomMoment(random)}`]
  if (random.chance(0.6)) {
    const params = random.pick([';VALUE=DATE', ''])
    return [`DTSTART${params}:${date(0)}`, ...(random.chance(0.6) ? [`DTEND${params}:${date(days)}`] : [])]
  }
  const params = random.pick(['', `;TZID=${random.pick(ZONES)}`, `;TZID="${random.pick(ZONES)}"`])
  const [start, end] = random.pick([
    ['000000', '000000'],
    ['000000', '235959'],
    ['090000', '170000'],
  ] as const)
  return [`DTSTART${params}:${date(0)}T${start}`, `DTEND${params}:${date(days)}T${end}`]
}

function randomMoment(random: Random): string {
  const date = random.chance(0.92) ? random.pick(DATES) : random.pick(NO_DATES)
  return random.pick([
    `;VALUE=DATE:${date}`,
    `:${date}`,
    `;TZID=${random.pick(ZONES)}:${date}T000000`,
    `:${date}T000000Z`,
    `:${date},${random.pick(DATES)}`,
  ])
}

function randomRule(random: Random): string {
  const parts = random.list(3, () => random.pick(RULE_PARTS))
  return `RRULE:FREQ=${random.pick(FREQUENCIES)}${parts.map((part) => `;${part}`).join('')}`
}

function randomZone(random: Random): string[] {
  const name = random.pick(ZONES)
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${name}`,
    ...(random.chance(0.5) ? [`X-LIC-LOCATION:${random.pick(ZONES)}`] : []),
    'BEGIN:STANDARD',
    'DTSTART:19701025T030000',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'END:STANDARD',
    'END:VTIMEZONE',
  ]
}

/** One value of a property, or of a parameter, is another one. */
function replaceValue(text: string, random: Random): string {
  const values = [...text.matchAll(/(?<=[:=;,])[^\r\n:=;,]+/g)]
  const { 0: found, index } = random.pick(values)
  const written = random.pick([
    random.pick(NASTY_TEXTS),
    String(random.pick(NASTY_VALUES)),
    random.pick(values)[0],
    random.pick(NO_DATES),
    random.pick(RULE_PARTS),
  ])
  return text.slice(0, index) + written + text.slice(index + found.length)
}
