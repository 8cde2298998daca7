import type { ReadTransaction, Snapshot, Store, WriteTransaction } from '../store/store.js'

/**
 * A store that is asked for its snapshot once for all requests that the event loop found waiting at
 * the same moment. The question comes after every one of them had arrived, so it sees whatever was
 * written before they were sent.
 */
export class TurnStore implements Store {
  readonly #store: Store
  #isOpen = false
  #snapshot: Promise<Snapshot> | undefined

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
      this.#snapshot = undefined
    })
  }

  snapshot(): Promise<Snapshot> {
    if (!this.#isOpen) return this.#store.snapshot()
    this.#snapshot ??= this.#store.snapshot()
    return this.#snapshot
  }

  read<Result>(work: (transaction: ReadTransaction) => Promise<Result>): Promise<Result> {
    return this.#store.read(work)
  }

  /** What this process wrote is seen at once. */
  async write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    try {
      return await this.#store.write(work)
    } finally {
      this.#snapshot = undefined
    }
  }

  close(): Promise<void> {
    return this.#store.close()
  }
}
