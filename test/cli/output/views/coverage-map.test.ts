import fc from 'fast-check'
import { DateTime, IANAZone } from 'luxon'
import { describe, expect, test } from 'vitest'
import { written } from '../../../../src/cli/output/line.js'
import { plainStyle } from '../../../../src/cli/output/style.js'
import { drawCoverage } from '../../../../src/cli/output/views/coverage-map.js'
import {
  type CoverageAnswer,
  type CoverageState,
  coverage,
  isGap,
} from '../../../../src/domain/questions/coverage/coverage.js'
import { documentOf } from '../../../domain/workspace-builder.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const LABEL_WIDTH = 14

function draw(answer: CoverageAnswer, width = 60): string[] {
  return drawCoverage(answer, answer.timeZone, plainStyle(width)).map(written)
}

const ALWAYS = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '24h']))
const shift = (hours: string | string[], ...agents: string[]) => ({ id: `of-${agents}`, days: 'all', hours, agents })

/** A day around the clock with these shifts. */
function dayOf(timeZone: string, from: string, to: string, ...shifts: object[]): CoverageAnswer {
  const agents = ['1', '2', '3'].map((id) => ({ id, status: 'automatic' }))
  const document = documentOf({ timeZone, hours: { weekly: ALWAYS }, agents, duty: { shifts } })
  return coverage(document, { from: Date.parse(from), to: Date.parse(to) })
}

describe('a row a day', () => {
  test.each<readonly [title: string, answer: CoverageAnswer, rows: string[]]>([
    [
      'a gap shows in its hour, however short it is',
      dayOf('UTC', '2026-11-23T00:00Z', '2026-11-24T00:00Z', shift(['00:00-12:59', '13:00-24:00'], '1')),
      ['  Mon 23 Nov  ████████████!███████████'],
    ],
    [
      'more people are a darker shade, and the fewest of an hour show',
      dayOf(
        'UTC',
        '2026-11-23T00:00Z',
        '2026-11-24T00:00Z',
        shift('24h', '1'),
        shift('08:30-16:30', '2'),
        shift('12:00-16:00', '3'),
      ),
      ['  Mon 23 Nov  ░░░░░░░░░▒▒▒████░░░░░░░░'],
    ],
    [
      'the day of 23 hours: the hour that the clock skips is blank',
      dayOf('America/New_York', '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00', shift('01:00-04:00', '1')),
      ['  Sun 8 Mar   !█ █!!!!!!!!!!!!!!!!!!!!'],
    ],
    [
      'the day of 25 hours: the second time of an hour has a row of its own',
      dayOf('America/New_York', '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00', shift('00:00-01:30', '1')),
      ['  Sun 1 Nov   █!!!!!!!!!!!!!!!!!!!!!!!', '    again      !'],
    ],
    [
      'the day that Samoa never had',
      dayOf('Pacific/Apia', '2011-12-29T00:00-10:00', '2012-01-01T00:00+14:00', shift('24h', '1')),
      [
        '  Thu 29 Dec  ████████████████████████',
        '  Fri 30 Dec  the clock skips this day',
        '  Sat 31 Dec  ████████████████████████',
      ],
    ],
    [
      'a clock that goes back over midnight',
      dayOf('America/St_Johns', '2010-11-07T00:00-02:30', '2010-11-07T03:00-03:30', shift('24h', '1')),
      ['    again                            █', '  Sun 7 Nov   ███', '    again     █'],
    ],
  ])('R4: %s', (_, answer, rows) => {
    const lines = draw(answer)
    expect(lines.slice(1, 1 + rows.length)).toEqual(rows)
  })

  test.each([
    [60, '  Mon 23 Nov  ████████████!███████████'],
    [62, `  Mon 23 Nov  ${'█'.repeat(25)}!${'█'.repeat(22)}`],
    [200, `  Mon 23 Nov  ${'█'.repeat(51)}!${'█'.repeat(44)}`],
  ])('at %d columns', (width, row) => {
    const gap = shift(['00:00-12:59', '13:00-24:00'], '1')
    expect(draw(dayOf('UTC', '2026-11-23T00:00Z', '2026-11-24T00:00Z', gap), width)[1]).toBe(row)
  })
})

const CHANGES: readonly (readonly [zone: string, date: string])[] = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Antarctica/Troll', '2026-10-25'],
  ['America/Havana', '2026-11-01'],
  ['America/St_Johns', '2010-11-07'],
  ['Pacific/Apia', '2011-12-30'],
  ['UTC', '2026-11-01'],
]

/** Spans one after another, each of some minutes. */
const answers = fc
  .record({
    place: fc.constantFrom(...CHANGES),
    before: fc.integer({ min: -2 * 1440, max: 0 }),
    parts: fc.array(
      fc.record({
        length: fc.integer({ min: 1, max: 900 }),
        state: fc.constantFrom<CoverageState>('closed', 'staffed', 'short', 'nobody', 'masked'),
        people: fc.integer({ min: 2, max: 9 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ place: [timeZone, date], before, parts }): CoverageAnswer => {
    let at = Date.parse(date) + before * MINUTE
    const spans = parts.map(({ length, state, people }) => {
      const from = new Date(at).toISOString()
      at += length * MINUTE
      const there = { closed: null, staffed: people, short: 1, nobody: 0, masked: 0 }[state]
      return { from, to: new Date(at).toISOString(), state, people: there, minutes: length }
    })
    const totals = {
      closedMinutes: 0,
      openMinutes: 0,
      staffedMinutes: 0,
      shortMinutes: 0,
      nobodyMinutes: 0,
      maskedMinutes: 0,
    }
    const [from, to] = [spans[0]!.from, spans.at(-1)!.to]
    const gaps = spans.filter(({ state }) => isGap(state))
    return { from, to, timeZone, route: null, team: null, min: 2, totals, reasons: [], gaps, spans }
  })

/** From the least to the worst: what may stand in a cell. */
const SIGNS = ' ·█▓▒░▂x!'

test('R4, R36: each cell is the worst of its minutes, by the wall clock of luxon', () => {
  fc.assert(
    fc.property(answers, fc.constantFrom(60, 70, 120), (answer, width) => {
      const lines = draw(answer, width)
      const rows = lines.slice(
        1,
        lines.findIndex((row) => /^ {2}(?:[·!x▂] |there)/.test(row)),
      )
      const told = rows.filter((row) => !row.endsWith('skips this day'))
      expect(told).toEqual(expectedRows(answer, width, lines))
    }),
    { numRuns: 150 },
  )
})

/** The rows, minute after minute. */
function expectedRows({ timeZone, spans }: CoverageAnswer, width: number, lines: readonly string[]): string[] {
  const cellMinutes = width === 60 ? 60 : width === 70 ? 30 : 15
  const zone = IANAZone.create(timeZone)
  const legend = lines.find((row) => row.includes('there: '))?.match(/[░▒▓█] \d+(?:-\d+)?/g) ?? []
  const signOf = (state: CoverageState, people: number | null): string => {
    if (state !== 'staffed') return { closed: '·', short: '▂', nobody: '!', masked: 'x' }[state]
    return legend.find((item) => {
      const [from, to = from] = item.slice(2).split('-').map(Number)
      return people! >= from! && people! <= to!
    })![0]!
  }
  const rows = new Map<string, string[]>()
  let shownUntil = -Infinity
  for (const { from, to, state, people } of spans) {
    for (let at = Date.parse(from); at < Date.parse(to); at += MINUTE) {
      const local = at + zone.offset(at) * MINUTE
      const day = Math.floor(local / DAY)
      const key = `${day} ${local < shownUntil ? 'again' : 'first'}`
      shownUntil = Math.max(shownUntil, local + MINUTE)
      const cells = rows.get(key) ?? Array(1440 / cellMinutes).fill(' ')
      rows.set(key, cells)
      const cell = Math.floor((local - day * DAY) / MINUTE / cellMinutes)
      const sign = signOf(state, people)
      if (SIGNS.indexOf(sign) > SIGNS.indexOf(cells[cell]!)) cells[cell] = sign
    }
  }
  const order = (key: string) => Number(key.split(' ')[0]) + (key.endsWith('again') ? 0.5 : 0)
  return [...rows]
    .sort(([a], [b]) => order(a) - order(b))
    .map(([key, cells]) => {
      const date = DateTime.fromMillis(Number(key.split(' ')[0]) * DAY, { zone: 'utc', locale: 'en' })
      const label = key.endsWith('again') ? '  again' : date.toFormat('ccc d LLL')
      return `  ${label.padEnd(LABEL_WIDTH - 2)}${cells.join('').trimEnd()}`
    })
}
