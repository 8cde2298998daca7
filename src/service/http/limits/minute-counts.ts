import type { Instant } from '../../../domain/time/zone.js'

const WINDOW_MS = 60_000
/** More than these at once are an attack from many: the oldest are forgotten. */
const MAX_KEYS = 10_000

interface Count {
  readonly since: Instant
  count: number
}

/** Counts what happens within a minute, for each of many keys. */
export class MinuteCounts {
  readonly #counts = new Map<string, Count>()
  readonly #most: number
  readonly #now: () => Instant

  /** @param most how often something may happen in a minute; Infinity for any number */
  constructor(most: number, now: () => Instant) {
    this.#most = most
    this.#now = now
  }

  /** @returns seconds to wait when it has happened too often; 0 when it may go on */
  add(key: string): number {
    if (this.#most === Infinity) return 0
    const now = this.#now()
    const known = this.#counts.get(key)
    // A clock that was set back begins anew: nobody waits until it has caught up.
    const isRunning = known !== undefined && known.since <= now && now - known.since < WINDOW_MS
    const counted = isRunning ? known : { since: now, count: 0 }
    counted.count++
    // Put last, so that the first of the map is the one that was counted longest ago.
    this.#counts.delete(key)
    this.#counts.set(key, counted)
    if (this.#counts.size > MAX_KEYS) this.#counts.delete(this.#counts.keys().next().value!)
    return counted.count > this.#most ? Math.ceil((counted.since + WINDOW_MS - now) / 1000) : 0
  }

  get size(): number {
    return this.#counts.size
  }
}
