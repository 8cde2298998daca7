import type { Instant } from '../domain/schedule/zone.js'
import { nextTransition } from '../domain/timeline.js'
import { compileStored } from './effect.js'
import type { ReadTransaction, Snapshot, Store } from './store/store.js'

const SECOND_MS = 1000
/** Different questions kept at once. */
const MOST_KEPT = 200

/** For how long an answer stands: while the store has this snapshot, in `[from, until)`. */
export interface Standing {
  readonly snapshot: Snapshot
  readonly from: Instant
  /** The first instant at which the answer may be another one. */
  readonly until: Instant
}

/** An answer; standing where it is the same for the next request as well. */
export interface Answered {
  readonly answer: unknown
  readonly standing: Standing | undefined
}

/**
 * Answers that hold while nothing is written and nothing ends, for the rest of a second at most.
 * The time an answer says it is may so be up to a second ago.
 */
export class SteadyAnswers {
  #snapshot: Snapshot | undefined
  #kept = new Map<string, Answered & { readonly standing: Standing }>()
  readonly #store: Store
  readonly #now: () => Instant

  constructor(store: Store, now: () => Instant) {
    this.#store = store
    this.#now = now
  }

  /** @param question everything that the answer depends on beside the workspace and the time */
  async answer(
    question: string,
    make: (transaction: ReadTransaction, now: Instant) => Promise<unknown>,
  ): Promise<Answered> {
    const snapshot = await this.#store.snapshot()
    const kept = snapshot === this.#snapshot ? this.#kept.get(question) : undefined
    if (kept && isWithin(kept.standing, this.#now())) return kept
    return this.#store.read(async (transaction) => {
      const now = this.#now()
      const answer = await make(transaction, now)
      if (!transaction.snapshot) return { answer, standing: undefined }
      const transition = nextTransition(await compileStored(transaction, now), now)
      const until = Math.min(now - (now % SECOND_MS) + SECOND_MS, transition)
      const made = { answer, standing: { snapshot: transaction.snapshot, from: now, until } }
      this.#keep(question, made)
      return made
    })
  }

  #keep(question: string, made: Answered & { readonly standing: Standing }): void {
    if (made.standing.snapshot !== this.#snapshot) this.#kept = new Map()
    this.#snapshot = made.standing.snapshot
    // The newest is the last: a new second makes all of them anew, and the oldest go first.
    this.#kept.delete(question)
    this.#kept.set(question, made)
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
  }
}

export function isWithin({ from, until }: Standing, now: Instant): boolean {
  return from <= now && now < until
}
