import fc from 'fast-check'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** Shifts and covers of a few people, and two weeks about a clock change for most zones. */
export interface RandomRota {
  readonly timeZone: string
  readonly from: number
  readonly to: number
  readonly shifts: readonly RandomShift[]
  readonly covers: readonly RandomCover[]
}

export interface RandomShift {
  readonly id: string
  readonly days: readonly string[]
  readonly hours: readonly string[]
  readonly agents?: readonly string[]
  readonly rotate?: {
    readonly agents: readonly string[]
    readonly every: 'day' | 'week'
    readonly from: string
    readonly count: number
  }
}

export interface RandomCover {
  readonly shift: string
  readonly from: string
  readonly to: string
  readonly agent: string
  readonly instead: string
}

const PLACES: readonly (readonly [zone: string, date: string])[] = [
  ['America/New_York', '2026-03-02'],
  ['America/New_York', '2026-10-26'],
  ['Europe/Berlin', '2026-03-23'],
  ['Europe/Berlin', '2026-10-19'],
  ['Australia/Lord_Howe', '2026-03-30'],
  ['Australia/Lord_Howe', '2026-09-28'],
  ['America/Havana', '2026-10-26'],
  ['Pacific/Apia', '2011-12-24'],
  ['Africa/Casablanca', '2026-02-09'],
  ['Asia/Kathmandu', '2026-12-28'],
]
export const PEOPLE = ['a', 'b', 'c', 'd', 'e']
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** One or two ranges apart from each other, over midnight too, and those that a clock change may empty. */
const hours = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { minLength: 2, maxLength: 4 }).map((quarters) => {
    const cuts = quarters.sort((a, b) => a - b).map((quarter) => clock(quarter * 15))
    return cuts.flatMap((start, index) => (index % 2 === 0 && cuts[index + 1] ? [`${start}-${cuts[index + 1]}`] : []))
  }),
  fc.constantFrom(['00:00-24:00'], ['22:00-06:00'], ['02:00-03:00'], ['02:30-14:30', '14:30-02:30'], ['20:00-08:15']),
)
const crew = fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 1, maxLength: 4 })

export const randomRota: fc.Arbitrary<RandomRota> = fc.constantFrom(...PLACES).chain(([timeZone, date]) => {
  const from = Date.parse(date)
  const dayText = (day: number) => new Date(from + day * DAY).toISOString().slice(0, 10)
  const rotate = crew.chain((agents) =>
    fc.record({
      agents: fc.constant(agents),
      every: fc.constantFrom('day' as const, 'week' as const),
      from: fc.integer({ min: -400, max: 10 }).map(dayText),
      count: fc.integer({ min: 1, max: agents.length }),
    }),
  )
  const shift = fc
    .record({
      days: fc.oneof(fc.constant(WEEKDAYS), fc.subarray(WEEKDAYS, { minLength: 1 })),
      hours,
      people: fc.oneof(
        crew.map((agents) => ({ agents })),
        rotate.map((turns) => ({ rotate: turns })),
      ),
    })
    .map(({ people, ...rest }) => ({ ...rest, ...people }))
  const moment = fc.tuple(fc.integer({ min: -1, max: 14 }), fc.integer({ min: 0, max: 95 })).map(([day, quarter]) => {
    return from + day * DAY + quarter * 15 * MINUTE
  })
  const cover = fc
    .record({
      shift: fc.constantFrom('s0', 's1'),
      stretch: fc.uniqueArray(moment, { minLength: 2, maxLength: 2 }).map((two) => two.sort((a, b) => a - b)),
      agent: fc.constantFrom(...PEOPLE),
      instead: fc.constantFrom(...PEOPLE),
    })
    .filter(({ agent, instead }) => agent !== instead)
    .map(({ stretch, ...rest }) => {
      const [start, end] = stretch.map((at) => new Date(at).toISOString())
      return { ...rest, from: start!, to: end! }
    })
  return fc
    .record({ shifts: fc.array(shift, { minLength: 2, maxLength: 3 }), covers: fc.array(cover, { maxLength: 5 }) })
    .map(({ shifts, covers }) => ({
      timeZone,
      from,
      to: from + 14 * DAY,
      shifts: shifts.map((made, index) => ({ id: `s${index}`, ...made })),
      covers,
    }))
})
