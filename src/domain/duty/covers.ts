import type { Interval } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { Person, Place } from './place.js'

/** Whoever is away for longer has left the shift; and every turn of a cover may have to be looked at. */
export const MAX_COVER_DAYS = 366

/** For a stretch of time one person takes another's place in a shift (R33). */
export interface Cover {
  readonly from: Instant
  readonly to: Instant
  readonly agent: Person
  readonly instead: Person
  readonly note: string | undefined
}

/** A part of a turn in which the same people hold the places. */
export interface CrewInterval extends Interval {
  readonly crew: readonly Place[]
}

/**
 * R33: a turn in parts, one after another, each with who holds the places after the covers. Covers are applied in
 * the order they are written.
 */
export function coverTurn(turn: Interval, crew: readonly Place[], covers: readonly Cover[]): readonly CrewInterval[] {
  const touching = covers.filter(({ from, to }) => from < turn.end && to > turn.start)
  if (touching.length === 0) return [{ start: turn.start, end: turn.end, crew }]
  const cuts = new Set([turn.start, turn.end])
  for (const { from, to } of touching) {
    if (from > turn.start) cuts.add(from)
    if (to < turn.end) cuts.add(to)
  }
  const borders = [...cuts].sort((a, b) => a - b)
  return borders.slice(0, -1).map((start, index) => {
    const running = touching.filter(({ from, to }) => from <= start && start < to)
    return { start, end: borders[index + 1]!, crew: running.reduce(applyCover, crew) }
  })
}

/**
 * The places after a cover: it takes those that `instead` holds by then, a cover of a cover included; when others hold
 * them already, those that were theirs, so that the later written of two covers holds. The same list when there is none.
 */
export function applyCover(crew: readonly Place[], { agent, instead, note }: Cover): readonly Place[] {
  const holds = (place: Place) => place.agent === instead
  const owns = (place: Place) => place.planned === instead
  const isTaken = crew.some(holds) ? holds : owns
  if (!crew.some(isTaken)) return crew
  return crew.map((place) => (isTaken(place) ? { agent, planned: place.planned, note } : place))
}
