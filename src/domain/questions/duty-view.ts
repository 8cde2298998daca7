import type { Workspace } from '../decision/compile-workspace.js'
import type { DutyStretch } from '../duty/shift.js'
import { DriftStatusError } from '../errors.js'
import { DAY_MS } from '../time/calendar-date.js'
import { formatInstant, parseInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'

/** The longest that everyone's turns are told of. */
const MAX_DAYS = 366
const DEFAULT_DAYS = 7

/** A place in a turn: who holds it, and for whom. */
export interface PlaceAnswer {
  readonly agent: string
  /** Whose place it is, where somebody stands in (R33). */
  readonly instead: string | null
  /** Of the cover. */
  readonly note: string | null
}

/** A stretch of time in which the same people are on duty in a shift. */
export interface TurnAnswer {
  readonly from: string
  readonly to: string
  /** The shift's id. */
  readonly shift: string
  readonly name: string
  readonly places: readonly PlaceAnswer[]
}

export interface TurnsAnswer {
  readonly timeZone: string
  /** In the order in which they begin. */
  readonly turns: readonly TurnAnswer[]
  /** When the next one begins that was not told; null when all were. */
  readonly next: string | null
  /** The names of those who are on duty, by their ids. */
  readonly names: Readonly<Record<string, string>>
}

export interface TurnsRequest {
  readonly from: Instant
  /** Default: a week later; of one person two years. */
  readonly to?: Instant | undefined
  /** The id of an agent: only theirs. */
  readonly agent?: string | undefined
  readonly limit: number
}

/**
 * Who is on duty when (R31, R33), clipped to the time asked about.
 * @throws DriftStatusError (invalid-input) for a time that is too long or ends before it begins
 */
export function turnsOf(workspace: Workspace, { from, to, agent, limit }: TurnsRequest): TurnsAnswer {
  const { zone, roster } = workspace
  const found = agent === undefined ? everyones(workspace, from, to) : ownTurns(workspace, agent, from, to)
  const told: DutyStretch[] = []
  let next: DutyStretch | undefined
  for (const stretch of found) {
    if (told.length === limit) {
      next = stretch
      break
    }
    told.push(stretch)
  }
  const ids = told.flatMap(({ crew }) => crew.flatMap((place) => [place.agent.id, place.planned.id]))
  const names = [...new Set(ids)].flatMap((id) => {
    const found = roster.find(id)
    return found && id !== '__proto__' ? [[id, found.name] as const] : []
  })
  return {
    timeZone: zone.name,
    turns: told.map(({ shift, start, end, crew }) => ({
      from: formatInstant(start, zone),
      to: formatInstant(end, zone),
      shift: shift.id,
      name: shift.name,
      places: crew.map(({ agent, planned, note }) => ({
        agent: agent.id,
        instead: planned === agent ? null : planned.id,
        note: note ?? null,
      })),
    })),
    next: next ? formatInstant(next.start, zone) : null,
    names: Object.fromEntries(names),
  }
}

function everyones({ duty }: Workspace, from: Instant, to = from + DEFAULT_DAYS * DAY_MS): readonly DutyStretch[] {
  if (to <= from) {
    throw new DriftStatusError('invalid-input', 'the time ends before it begins', { hint: 'name a later end' })
  }
  if (to - from > MAX_DAYS * DAY_MS) {
    throw new DriftStatusError('invalid-input', `the time is longer than ${MAX_DAYS} days`, {
      hint: 'ask for less at once, or for one agent',
    })
  }
  return duty?.stretches(from, to) ?? []
}

function* ownTurns({ duty }: Workspace, agent: string, from: Instant, to = Infinity): Generator<DutyStretch> {
  const person = duty?.personOf(agent)
  if (!duty || !person) return
  for (const stretch of duty.dutiesOf(person, from)) {
    if (stretch.start >= to) return
    yield stretch
  }
}

/** The turn of an agent that runs at an instant, or begins then. */
export function turnAt(turns: readonly TurnAnswer[], agent: string, at: Instant): TurnAnswer | undefined {
  return turns.find(({ from, to, places }) => {
    return parseInstant(from) <= at && at < parseInstant(to) && places.some((place) => place.agent === agent)
  })
}
