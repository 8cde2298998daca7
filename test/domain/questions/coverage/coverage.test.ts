import { describe, expect, test } from 'vitest'
import { type CoverageRequest, coverage } from '../../../../src/domain/questions/coverage/coverage.js'
import { Zone } from '../../../../src/domain/time/zone.js'
import { documentOf } from '../../workspace-builder.js'
import { COVERAGE_CASES, DAY, MONDAY, onRota } from './coverage-cases.js'

/** Each span that is not closed, in a line: `09:00-12:00 staffed 2`. */
function spansOf(parts: object, request: Partial<CoverageRequest> = {}): string[] {
  const { spans } = coverage(documentOf(parts), { from: MONDAY, to: MONDAY + DAY, ...request })
  return spans
    .filter(({ state }) => state !== 'closed')
    .map(({ from, to, state, people }) => `${from.slice(11, 16)}-${to.slice(11, 16)} ${state} ${people}`)
}

describe('coverage of a day', () => {
  test.each(COVERAGE_CASES)('$title', ({ parts, request, spans }) => {
    expect(spansOf(parts, request)).toEqual(spans)
  })
})

const AROUND_THE_CLOCK = {
  hours: { weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, '24h'])) },
  agents: onRota('1', '2'),
  duty: {
    shifts: [
      { id: 'night', days: 'all', hours: '14:30-02:30', agents: ['1'] },
      { id: 'day', days: 'all', hours: '02:30-14:30', agents: ['2'] },
    ],
  },
}

describe('R4, R31: a rota around the clock has no gap and nobody twice over a clock change', () => {
  test.each([
    ['Europe/Berlin', '2026-03-29', 1380],
    ['Europe/Berlin', '2026-10-25', 1500],
    ['America/New_York', '2026-03-08', 1380],
    ['America/New_York', '2026-11-01', 1500],
    ['Australia/Lord_Howe', '2026-10-04', 1410],
    ['Australia/Lord_Howe', '2026-04-05', 1470],
    ['Pacific/Apia', '2011-12-29', 1440],
  ])('R4: %s on %s has %d minutes', (timeZone, date, minutes) => {
    const document = documentOf({ ...AROUND_THE_CLOCK, timeZone })
    const zone = Zone.of(timeZone)
    const day = Date.parse(date)
    const [from, to] = [zone.toInstant(day), zone.toInstant(day + DAY)]
    const { totals, spans } = coverage(document, { from, to })
    expect(totals).toMatchObject({ openMinutes: minutes, staffedMinutes: minutes })
    expect(spans.map(({ state, people }) => [state, people])).toEqual([['staffed', 1]])
  })
})

test.each([
  ['a stretch that is empty', { to: MONDAY }, '"to" is not after "from"'],
  ['more than a year and a day', { to: MONDAY + 367 * DAY + 1 }, '"to" is more than 367 days after "from"'],
  ['an unknown team', { team: 'sale' }, '"sale" is not a team of this workspace'],
  ['an unknown route', { route: 'sales' }, '"sales" is not a route'],
  ['a team and a route', { team: 'sales', route: 'rules' }, '"route" and "team" both say who is counted'],
])('refuses %s', (_, request, message) => {
  const document = documentOf({ plan: 'premium', teams: [{ id: 'sales', members: ['1'] }] })
  expect(() => coverage(document, { from: MONDAY, to: MONDAY + DAY, ...request })).toThrow(message)
})
