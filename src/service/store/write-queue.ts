import { giveWay, pause } from '../../api/pause.js'
import { monotonicMs } from './monotonic-clock.js'
import type { WriteTransaction, WriteWait } from './store.js'
import { busyError, calledOff } from './store-errors.js'

/** A write that waits to be done. */
export interface QueuedWrite {
  /** Does it, after what was done before in the transaction; it is answered after the commit. */
  run(transaction: WriteTransaction): Promise<Failure | undefined>
}

/** What a write threw: it is to be undone. */
export interface Failure {
  readonly error: unknown
}

export interface WriteStore {
  /** No more writes are begun in a transaction after this long, for the sake of those who wait for it. */
  readonly maxTogetherMs: number
  /**
   * Takes writes one by one and commits them together; each is undone alone when it fails.
   * @throws what stopped it: nothing of it is kept then, unless `isUnknown` says so
   */
  commit(take: () => QueuedWrite | undefined): Promise<void>
  /** Whether the same may go well later: another process is in the way, or the connection was lost. */
  isPassing(error: unknown): boolean
  /** Whether it may have been kept although it failed. */
  isUnknown(error: unknown): boolean
  /** An error in the house's words. */
  readonly inWords: (error: unknown) => unknown
}

interface Waiting extends QueuedWrite {
  readonly deadline: number
  readonly signal: AbortSignal | undefined
  /** Set once it spoiled a transaction that it shared. */
  isAlone: boolean
  keep(): void
  refuse(error: unknown): void
}

/** Writes of this process that wait at once. */
const MAX_WAITING = 1000
/** Committed together at most. */
const MAX_TOGETHER = 50
/** The longest pause before it is tried again. Short and random: of many who wait, each is as likely to be next. */
const MAX_PAUSE_MS = 16

/**
 * The writes of one process, in the order they came. Those that wait when a transaction begins are committed with it;
 * each is answered after the commit. While the store cannot be written they wait, each for as long as it may.
 */
export class WriteQueue {
  readonly #store: WriteStore
  readonly #waiting = new Set<Waiting>()
  #running: Promise<void> | undefined

  constructor(store: WriteStore) {
    this.#store = store
  }

  /**
   * @throws DriftStatusError (busy) when its turn did not come in time or too many wait already; (interrupted) when the
   * signal was aborted while the store could not be written; what the work throws
   */
  write<Result>(
    work: (transaction: WriteTransaction) => Promise<Result>,
    { waitMs, signal }: WriteWait & { readonly waitMs: number },
  ): Promise<Result> {
    const { inWords } = this.#store
    return new Promise((resolve, reject) => {
      if (this.#waiting.size >= MAX_WAITING) throw busyError()
      let settle = (): void => {}
      const end = (last: () => void) => {
        this.#waiting.delete(waiting)
        clearTimeout(timer)
        last()
      }
      const giveUp = () => this.#waiting.has(waiting) && end(() => reject(busyError()))
      const waiting: Waiting = {
        deadline: monotonicMs() + waitMs,
        signal,
        isAlone: false,
        async run(transaction) {
          try {
            const result = await work(transaction)
            settle = () => resolve(result)
            return undefined
          } catch (error) {
            settle = () => reject(inWords(error))
            return { error }
          }
        },
        keep: () => end(settle),
        refuse: (error) => end(() => reject(error)),
      }
      // A write that is tried once is refused by the attempt, not by the clock.
      const timer = waitMs > 0 ? setTimeout(giveUp, waitMs) : undefined
      this.#waiting.add(waiting)
      this.#running ??= this.#run()
    })
  }

  /** Once nothing is being written. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    // The writes that come in the same turn of the event loop go together.
    await giveWay()
    for (let tries = 0; this.#waiting.size > 0; ) {
      const error = await this.#commitSome()
      if (error === undefined) {
        tries = 0
        // The disk holds up the event loop: between two commits everything else has its turn.
        await giveWay()
      } else await pause(Math.random() * Math.min(MAX_PAUSE_MS, 2 ** tries++))
    }
    this.#running = undefined
  }

  /** @returns why it is to be tried again later */
  async #commitSome(): Promise<unknown> {
    const taken: Waiting[] = []
    const end = monotonicMs() + this.#store.maxTogetherMs
    const take = (): Waiting | undefined => {
      const [next] = this.#waiting
      const isFull = taken.length === MAX_TOGETHER || (taken.length > 0 && monotonicMs() >= end)
      if (!next || isFull || (taken.length > 0 && (next.isAlone || taken[0]!.isAlone))) return undefined
      this.#waiting.delete(next)
      taken.push(next)
      return next
    }
    try {
      await this.#store.commit(take)
    } catch (error) {
      return this.#afterFailure(error, taken)
    }
    for (const write of taken) write.keep()
    return undefined
  }

  #afterFailure(error: unknown, taken: readonly Waiting[]): unknown {
    const isPassing = this.#store.isPassing(error)
    const isUnknown = this.#store.isUnknown(error)
    if (taken.length === 0 && !isPassing) {
      // It does not even begin.
      for (const write of [...this.#waiting]) write.refuse(this.#store.inWords(error))
      return undefined
    }
    const again: Waiting[] = []
    for (const write of taken) {
      if (isUnknown || (!isPassing && (taken.length === 1 || write.isAlone))) write.refuse(this.#store.inWords(error))
      else again.push(write)
    }
    if (!isPassing) for (const write of again) write.isAlone = true
    this.#putBack(again)
    if (!isPassing) return undefined
    for (const write of [...this.#waiting]) {
      if (write.signal?.aborted) write.refuse(calledOff())
      else if (monotonicMs() >= write.deadline) write.refuse(this.#store.inWords(error))
    }
    return error
  }

  /** They stay before those that came after them. */
  #putBack(writes: readonly Waiting[]): void {
    const later = [...this.#waiting]
    this.#waiting.clear()
    for (const write of [...writes, ...later]) this.#waiting.add(write)
  }
}
