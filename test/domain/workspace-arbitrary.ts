import fc from 'fast-check'
import type { WorkspaceDocument } from '../../src/domain/document/schema.js'
import { documentOf } from './workspace-builder.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/** Two days of a workspace in which much happens, around a clock change for most zones. */
export interface BusyDays {
  readonly document: WorkspaceDocument
  readonly from: number
  readonly to: number
}

/** Every minute of the window, and every instant between minutes at which something may end. */
export function momentsOf({ document, from, to }: BusyDays): number[] {
  const timed = [...document.agents, ...(document.widget.override ? [document.widget.override] : [])]
  const ends = timed.flatMap(({ until, afterwards = [] }) => [until, ...afterwards.map((next) => next.until)])
  for (const { planned = [] } of [...document.agents, document.widget]) {
    ends.push(...planned.flatMap((next) => [next.from, next.until]))
  }
  const between = ends.flatMap((end) => (end === undefined ? [] : [Date.parse(end) - 1, Date.parse(end)]))
  const minutes = Array.from({ length: (to - from) / MINUTE }, (_, index) => from + index * MINUTE)
  return [...minutes, ...between.filter((at) => at >= from && at < to)].sort((a, b) => a - b)
}

/** A zone and the UTC dates whose next two days are asked about: clock changes, a skipped day, plain days. */
const PLACES: readonly (readonly [zone: string, dates: readonly string[]])[] = [
  ['America/New_York', ['2026-03-07', '2026-03-08', '2026-10-31', '2026-11-01', '2026-06-10']],
  ['Europe/Berlin', ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25']],
  ['Australia/Lord_Howe', ['2026-04-04', '2026-10-03']],
  ['America/St_Johns', ['2026-03-07', '2026-10-31']],
  ['America/Havana', ['2026-03-07', '2026-10-31']],
  ['Africa/Casablanca', ['2026-02-14', '2026-03-21']],
  ['Pacific/Apia', ['2011-12-29', '2026-05-05']],
  ['Asia/Kathmandu', ['2026-12-31']],
  ['UTC', ['2028-02-28', '2026-07-07']],
]

const places = fc.constantFrom(...PLACES.flatMap(([zone, dates]) => dates.map((date) => ({ zone, date }))))
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** Up to three disjoint ranges of whole minutes that do not start at once: cut points of a day, in pairs. */
const dayHours = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 6 }).map((cuts) => {
  const sorted = cuts.sort((a, b) => a - b)
  const pairs = sorted.flatMap((start, index) =>
    index % 2 === 0 && sorted[index + 1] ? [[start, sorted[index + 1]!]] : [],
  )
  return pairs.map((pair) => pair.map(clockTime).join('-'))
})
const hours = fc.oneof(
  { weight: 5, arbitrary: dayHours },
  { weight: 1, arbitrary: fc.constantFrom('closed', '00:00-24:00', '22:00-06:00', '02:00-03:00', '18:00-02:30') },
)

function clockTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

interface Ending {
  readonly until?: string
}

/** Without what a document may not say: what comes after no end, or ends no later than what it follows. */
function readable<State extends Ending & { readonly afterwards?: readonly Ending[] }>({
  afterwards = [],
  ...state
}: State) {
  let end = state.until
  const later = afterwards.filter(({ until }) => {
    if (end === undefined || (until !== undefined && until <= end)) return false
    end = until
    return true
  })
  return { ...state, ...(later.length > 0 && { afterwards: later }) }
}

/** One who follows the duty does so without an end. */
function readableAgent<Agent extends Ending & { readonly status?: string; readonly afterwards?: readonly Ending[] }>(
  agent: Agent,
) {
  if (agent.status !== 'automatic') return readable(agent)
  const { until, afterwards, ...rest } = agent
  return rest
}

/** Two shifts of the first two agents, one of them in turns, and a cover while it runs; or none. */
function dutyOf(date: string) {
  // A clock change may leave nothing of a shift on one day.
  const nextDay = new Date(Date.parse(date) + DAY).toISOString().slice(0, 10)
  const rotate = fc.record({
    agents: fc.constantFrom(['1', '2'], ['2', '1'], ['2']),
    every: fc.constantFrom('day', 'week'),
    from: fc.constantFrom('2011-01-01', '2011-12-30', date),
  })
  const ranges = hours.map((written) => (written === 'closed' || written.length === 0 ? '10:00-14:00' : written))
  return fc.option(
    fc.record({
      shifts: fc.tuple(
        fc.record({
          id: fc.constant('day'),
          days: fc.constant('all'),
          hours: ranges,
          agents: fc.constantFrom(['1'], ['1', '2']),
        }),
        fc.record({
          id: fc.constant('turns'),
          days: fc.constantFrom('all', 'mon-fri', 'sat,sun'),
          hours: ranges,
          rotate,
        }),
      ),
      covers: fc.constantFrom(
        [],
        [{ shift: 'day', from: `${date} 00:00`, to: `${nextDay} 24:00`, agent: '2', instead: '1' }],
      ),
    }),
    { nil: undefined },
  )
}

export const busyDays: fc.Arbitrary<BusyDays> = places.chain(({ zone, date }) => {
  const from = Date.parse(date)
  const to = from + 2 * DAY
  // Ends fall between minutes, on the borders of the window and outside it as well.
  const end = fc
    .oneof(fc.integer({ min: -120, max: 3000 }), fc.constantFrom(0, 2880))
    .chain((minute) =>
      fc.constantFrom(0, 1, 29_500).map((offset) => new Date(from + minute * MINUTE + offset).toISOString()),
    )
  const afterwards = <State extends object>(state: fc.Arbitrary<State>): fc.Arbitrary<(State & Ending)[]> =>
    fc
      .tuple(fc.array(fc.tuple(state, end), { minLength: 1, maxLength: 3 }), fc.option(state))
      .map(([timed, last]) => [
        ...timed.map(([value, until]) => ({ ...value, until })).sort((a, b) => (a.until < b.until ? -1 : 1)),
        ...(last ? [last] : []),
      ])
  const planned = <State extends object>(state: fc.Arbitrary<State>) =>
    fc.array(
      fc
        .tuple(state, end, end)
        .filter(([, from, until]) => from !== until)
        .map(([value, one, other]) => ({
          ...value,
          from: one < other ? one : other,
          until: one < other ? other : one,
        })),
      { minLength: 1, maxLength: 3 },
    )
  const agents = fc.array(
    fc.record(
      {
        status: fc.constantFrom('available', 'away', 'automatic'),
        until: end,
        planned: planned(fc.record({ status: fc.constantFrom('available', 'away') })),
        afterwards: afterwards(fc.record({ status: fc.constantFrom('available', 'away') })),
        bot: fc.boolean(),
        disabled: fc.boolean(),
        openChats: fc.nat(2),
        chatLimit: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: ['status'] },
    ),
    { maxLength: 4 },
  )
  const duty = dutyOf(date)
  const widget = fc.record(
    {
      mode: fc.constantFrom('automatic', 'automatic', 'online', 'offline'),
      display: fc.constantFrom('always', 'online-only'),
      autoOffline: fc.boolean(),
      planned: planned(fc.record({ mode: fc.constantFrom('online', 'offline') })),
      override: fc
        .record(
          {
            mode: fc.constantFrom('online', 'offline'),
            until: end,
            afterwards: afterwards(fc.record({ mode: fc.constantFrom('online', 'offline') })),
          },
          { requiredKeys: ['mode'] },
        )
        .map(readable),
    },
    { requiredKeys: [] },
  )
  const exceptionDates = fc.uniqueArray(fc.integer({ min: -1, max: 3 }), { maxLength: 3 })
  const weekly = fc.record(Object.fromEntries(DAYS.map((day) => [day, hours])), { requiredKeys: [] })
  const exceptions = fc.tuple(exceptionDates, fc.array(hours, { minLength: 3, maxLength: 3 }))
  return fc
    .record({
      agents,
      widget,
      weekly,
      exceptions,
      holidays: exceptions,
      duty,
      hoursZone: fc.constantFrom(undefined, 'Asia/Tokyo'),
    })
    .map((made) => ({
      from,
      to,
      document: documentOf({
        timeZone: zone,
        widget: made.widget,
        agents: made.agents.map((agent, index) => readableAgent({ id: String(index + 1), ...agent })),
        ...(made.agents.length >= 2 && made.duty && { duty: made.duty }),
        hours: {
          ...(made.hoursZone && { timeZone: made.hoursZone }),
          weekly: made.weekly,
          exceptions: made.exceptions[0].map((day, index) => ({
            date: new Date(from + day * DAY).toISOString().slice(0, 10),
            hours: made.exceptions[1][index],
          })),
        },
        holidays: made.holidays[0].map((day, index) => ({
          id: `calendar-${index}`,
          days: [{ date: new Date(from + day * DAY).toISOString().slice(0, 10), hours: made.holidays[1][index] }],
        })),
        playbooks: ['online', 'offline'].map((when) => ({ id: when, type: 'welcome', when, enabled: true })),
        routing: {
          rules: made.agents.length > 1 ? [{ id: 'first', to: { 'round-robin': ['1', '2'] } }] : [],
          ...(made.agents.length > 0 && {
            default: { to: { 'round-robin': made.agents.map((_, index) => index + 1) } },
          }),
        },
      }),
    }))
})
