import { isIPv6 } from 'node:net'
import type { Instant } from '../../domain/schedule/zone.js'
import { MinuteCounts } from './minute-counts.js'

/**
 * Counts wrong tokens by address. A right token always works: it is no guess, and its owner may share
 * the address (an office, a proxy) with whoever guesses.
 */
export class FailedLogins {
  readonly #byNetwork: MinuteCounts

  constructor(most: number, now: () => Instant) {
    this.#byNetwork = new MinuteCounts(most, now)
  }

  /** @returns seconds to wait when the address has failed too often; 0 when it may go on */
  add(address: string): number {
    return this.#byNetwork.add(networkOf(address))
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#byNetwork.size
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
