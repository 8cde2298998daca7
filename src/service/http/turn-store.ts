import type { ReadTransaction, Snapshot, Store, WriteTransaction } from '../store/store.js'

/**
 * A store that is asked for its snapshot once for all requests that the event loop found waiting at
 * the same moment. The question comes after every one of them had arrived, so it sees whatever was
 * written before they were sent.
 */
export class TurnStore implements Store {
  readonly #store: Store
  #isOpen = false
  #asked: Promise<Snapshot> | undefined
  #seen: Snapshot | undefined
  #writes = 0

  constructor(store: Store) {
    this.#store = store
  }

  /**
   * A request has arrived, straight from the event loop's look for what is there. What the loop
   * calls next begins before it looks again: until then one answer serves.
   */
  arrived(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    setImmediate(() => {
      this.#isOpen = false
      this.#forget()
    })
  }

  /** The snapshot, where it was asked for already since requests began to arrive. */
  seen(): Snapshot | undefined {
    return this.#seen
  }

  snapshot(): Promise<Snapshot> {
    if (!this.#isOpen) return this.#store.snapshot()
    this.#asked ??= this.#ask()
    return this.#asked
  }

  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#store.read(work)
  }

  /** What this process wrote is seen at once. */
  async write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    try {
      return await this.#store.write(work)
    } finally {
      this.#writes++
      this.#forget()
    }
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  async #ask(): Promise<Snapshot> {
    const writes = this.#writes
    const snapshot = await this.#store.snapshot()
    if (this.#isOpen && writes === this.#writes) this.#seen = snapshot
    return snapshot
  }

  #forget(): void {
    this.#asked = undefined
    this.#seen = undefined
  }
}
