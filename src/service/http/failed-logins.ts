import type { Instant } from '../../domain/schedule/zone.js'
import { MinuteCounts } from './minute-counts.js'
import { networkOf } from './network.js'

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
