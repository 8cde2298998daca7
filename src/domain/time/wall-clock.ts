import type { Instant, LocalTime } from './zone.js'

/** What shows local times: the clocks of a {@link Zone}, or a clock that never changes. */
export interface WallClock {
  toLocal(instant: Instant): LocalTime
  /** Every instant at which the clock shows this time: none, one or two. */
  instantsOf(local: LocalTime): readonly Instant[]
  /** The first of those instants; a time that the clock skips moves later (R4). */
  toInstant(local: LocalTime): Instant
}

/** The clock that is always so many milliseconds ahead of UTC. */
export function fixedClock(offsetMs: number): WallClock {
  return {
    toLocal: (instant) => instant + offsetMs,
    instantsOf: (local) => [local - offsetMs],
    toInstant: (local) => local - offsetMs,
  }
}
