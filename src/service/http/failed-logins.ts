import { isIPv6 } from 'node:net'
import type { Instant } from '../../domain/schedule/zone.js'

const WINDOW_MS = 60_000
/** More addresses than this at once are an attack from many: the oldest are forgotten. */
const MOST_ADDRESSES = 10_000

interface Failures {
  readonly since: Instant
  count: number
}

/**
 * Counts wrong tokens by address. A right token always works: it is no guess, and its owner may share
 * the address (an office, a proxy) with whoever guesses.
 */
export class FailedLogins {
  readonly #byAddress = new Map<string, Failures>()
  readonly #most: number
  readonly #now: () => Instant

  constructor(most: number, now: () => Instant) {
    this.#most = most
    this.#now = now
  }

  /** @returns seconds to wait when the address has failed too often; 0 when it may go on */
  add(address: string): number {
    const key = networkOf(address)
    const now = this.#now()
    const known = this.#byAddress.get(key)
    const failures = known && now - known.since < WINDOW_MS ? known : { since: now, count: 0 }
    failures.count++
    // Put last, so that the first of the map is the one that failed longest ago.
    this.#byAddress.delete(key)
    this.#byAddress.set(key, failures)
    if (this.#byAddress.size > MOST_ADDRESSES) this.#byAddress.delete(this.#byAddress.keys().next().value!)
    return failures.count > this.#most ? Math.ceil((failures.since + WINDOW_MS - now) / 1000) : 0
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#byAddress.size
  }
}

/** One machine has a whole /64 of IPv6 addresses to itself. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
