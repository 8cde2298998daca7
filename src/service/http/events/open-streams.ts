import { OpenCounts } from '../limits/connection-limits.js'
import { NoRoomError, TooManyRequestsError } from '../limits/limit-error.js'
import type { Limits } from '../limits/limits.js'

/** Streams end for many reasons, at any time: a client that is refused may try again soon. */
const RETRY_SECONDS = 10

/** Caps the event streams of each address, of each token and of all together. */
export class OpenStreams {
  readonly #limits: Limits
  readonly #counts = new OpenCounts()
  #total = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  /**
   * Counts a stream that opens.
   * @returns counts it as closed
   * @throws DriftStatusError (busy) when too many are open
   */
  open(network: string, tokenId: string): () => void {
    const { maxStreams, maxStreamsPerAddress, maxStreamsPerToken } = this.#limits
    if (this.#total >= maxStreams) {
      throw new NoRoomError('streams', 'too many clients watch this workspace', 'try again later')
    }
    const [address, token] = [`address ${network}`, `token ${tokenId}`]
    this.#check(address, maxStreamsPerAddress, 'from this address')
    this.#check(token, maxStreamsPerToken, 'with this token')
    for (const key of [address, token]) this.#counts.add(key)
    this.#total++
    return () => {
      for (const key of [address, token]) this.#counts.remove(key)
      this.#total--
    }
  }

  #check(key: string, most: number, whose: string): void {
    if (this.#counts.of(key) < most) return
    const message = `more than ${most} event streams are open ${whose}`
    throw new TooManyRequestsError('streams', message, RETRY_SECONDS)
  }
}
