import fc from 'fast-check'
import { DateTime, IANAZone } from 'luxon'
import { expect, test } from 'vitest'
import { written } from '../../../../src/cli/output/line.js'
import { plainStyle } from '../../../../src/cli/output/style.js'
import { drawTimeline } from '../../../../src/cli/output/views/timeline-chart.js'
import { simulateTimeline, type TimelineAnswer } from '../../../../src/domain/questions/simulate-timeline.js'
import { documentOf } from '../../../domain/workspace-builder.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LABEL_WIDTH = 14
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

interface Stretch {
  readonly timeZone: string
  readonly hours: string | readonly string[]
  readonly from: string
  readonly to: string
}

function answerOf({ timeZone, hours, from, to }: Stretch): TimelineAnswer {
  const weekly = Object.fromEntries(DAYS.map((day) => [day, hours]))
  return simulateTimeline(documentOf({ timeZone, hours: { weekly } }), { from: Date.parse(from), to: Date.parse(to) })
}

function draw(answer: TimelineAnswer, width = 44): string[] {
  return drawTimeline(answer, plainStyle(width)).map(written)
}

test.each<readonly [title: string, stretch: Stretch, rows: string[]]>([
  [
    'the day of 23 hours: the hour that the clock skips is blank',
    {
      timeZone: 'America/New_York',
      hours: '01:00-04:00',
      from: '2026-03-08T00:00-05:00',
      to: '2026-03-09T00:00-04:00',
    },
    ['  Sun 8 Mar   ·█ █····················'],
  ],
  [
    'the day of 25 hours: the second time of an hour has a row of its own',
    {
      timeZone: 'America/New_York',
      hours: '00:00-02:00',
      from: '2026-11-01T00:00-04:00',
      to: '2026-11-02T00:00-05:00',
    },
    ['  Sun 1 Nov   ██······················', '    again      █'],
  ],
  [
    'an end in a repeated hour is the first one',
    {
      timeZone: 'America/New_York',
      hours: '00:00-01:00',
      from: '2026-11-01T00:00-04:00',
      to: '2026-11-02T00:00-05:00',
    },
    ['  Sun 1 Nov   █·······················', '    again      ·'],
  ],
  [
    'the day that Samoa never had is blank',
    { timeZone: 'Pacific/Apia', hours: '09:00-17:00', from: '2011-12-29T00:00-10:00', to: '2012-01-01T00:00+14:00' },
    ['  Thu 29 Dec  ·········████████·······', '  Fri 30 Dec  ', '  Sat 31 Dec  ·········████████·······'],
  ],
  [
    'a clock that goes back over midnight',
    {
      timeZone: 'America/St_Johns',
      hours: '22:00-23:00',
      from: '2010-11-07T00:00-02:30',
      to: '2010-11-07T03:00-03:30',
    },
    ['    again                            ·', '  Sun 7 Nov   ···'],
  ],
])('R4: %s', (_, stretch, rows) => {
  expect(draw(answerOf(stretch)).slice(1)).toEqual(rows)
})

/** Places and days around a change of the clock by an hour, half an hour, two hours, a day; and over midnight. */
const CHANGES: readonly (readonly [zone: string, date: string])[] = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Antarctica/Troll', '2026-03-29'],
  ['Antarctica/Troll', '2026-10-25'],
  ['America/Havana', '2026-11-01'],
  ['America/Santiago', '2026-04-04'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '1986-01-01'],
  ['UTC', '2026-11-01'],
]
const minutes = fc.integer({ min: 0, max: 1439 })
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

test('R4: each cell of a drawing agrees with the list at its middle', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CHANGES),
      fc.tuple(minutes, minutes).filter(([start, end]) => start !== end),
      fc.integer({ min: -2 * DAY, max: 0 }),
      fc.integer({ min: 1, max: 3 * DAY }),
      fc.constantFrom(44, 70, 120),
      ([timeZone, date], [start, end], before, length, width) => {
        const from = new Date(Date.parse(date) + before)
        const to = new Date(from.getTime() + length)
        const hours = `${clock(start)}-${clock(end)}`
        const answer = answerOf({ timeZone, hours, from: from.toISOString(), to: to.toISOString() })
        expect(cellsOf(draw(answer, width))).toEqual(cellsOf(expectedRows(answer, width)))
      },
    ),
    { numRuns: 200 },
  )
})

/** The rows that have cells, without the scale. */
function cellsOf(rows: readonly string[]): string[] {
  return rows.filter((row) => !row.startsWith(' '.repeat(LABEL_WIDTH)) && row.slice(LABEL_WIDTH).trim() !== '')
}

/** The rows, made from the list by the wall clock of luxon. */
function expectedRows({ from, to, timeZone, changes }: TimelineAnswer, width: number): string[] {
  const zone = IANAZone.create(timeZone)
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const cell = HOUR / (width === 44 ? 1 : width === 70 ? 2 : 4)
  const hoursAround = Array.from({ length: (end - start) / HOUR + 144 }, (_, hour) => start + (hour - 72) * HOUR)
  const offsets = [...new Set(hoursAround.map((at) => zone.offset(at) * 60_000))]
  const rows: string[] = []
  for (let day = Math.floor(start / DAY) - 2; day <= Math.floor(end / DAY) + 2; day++) {
    const bars: [string, string] = ['', '']
    for (let local = day * DAY + cell / 2; local < (day + 1) * DAY; local += cell) {
      const instants = instantsOf(local)
      for (const nth of [0, 1]) bars[nth] += drawn(instants[nth])
    }
    const label = DateTime.fromMillis(day * DAY, { zone: 'utc', locale: 'en' }).toFormat('ccc d LLL')
    rows.push(`  ${label.padEnd(12)}${bars[0].trimEnd()}`)
    rows.push(`  ${'  again'.padEnd(12)}${bars[1].trimEnd()}`)
  }
  return rows

  /** Every instant at which luxon's wall clock shows a time. */
  function instantsOf(local: number): number[] {
    return offsets
      .map((offset) => local - offset)
      .filter((at) => at + zone.offset(at) * 60_000 === local)
      .sort((a, b) => a - b)
  }

  function drawn(at: number | undefined): string {
    if (at === undefined || at < start || at >= end) return ' '
    return changes.findLast((change) => Date.parse(change.at) <= at)?.mode === 'online' ? '█' : '·'
  }
}

test('the cost of a drawing grows with its days: each change is looked at a few times', () => {
  let looks = 0
  const day = (index: number) => new Date(Date.UTC(2026, 0, 1) + index * DAY).toISOString()
  const changes = Array.from({ length: 4000 }, (_, index) => ({
    get at() {
      looks++
      return day(index)
    },
    mode: index % 2 === 0 ? 'online' : 'offline',
  })) as unknown as TimelineAnswer['changes']
  draw({ from: day(0), to: day(4000), timeZone: 'UTC', changes })
  expect(looks).toBe(4000)
})
