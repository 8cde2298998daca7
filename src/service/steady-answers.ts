import type { Instant } from '../domain/schedule/zone.js'
import { nextTransition } from '../domain/timeline.js'
import { compileStored } from './effect.js'
import type { ReadTransaction, Snapshot, Store } from './store/store.js'

const SECOND_MS = 1000
/** Different questions kept for one snapshot; more are answered without being kept. */
const MOST_KEPT = 200

interface KeptAnswer {
  readonly from: Instant
  /** The first instant at which the answer may be another one. */
  readonly until: Instant
  readonly answer: unknown
}

/**
 * Answers that hold while nothing is written and nothing ends, for the rest of a second at most.
 * The time an answer says it is may so be up to a second ago.
 */
export class SteadyAnswers {
  readonly #kept = new WeakMap<Snapshot, Map<string, KeptAnswer>>()
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
  ): Promise<unknown> {
    const kept = this.#kept.get(await this.#store.snapshot())?.get(question)
    const asked = this.#now()
    if (kept && kept.from <= asked && asked < kept.until) return kept.answer
    return this.#store.read(async (transaction) => {
      const now = this.#now()
      const answer = await make(transaction, now)
      const transition = nextTransition(await compileStored(transaction, now), now)
      const until = Math.min(now - (now % SECOND_MS) + SECOND_MS, transition)
      this.#keep(transaction.snapshot, question, { from: now, until, answer })
      return answer
    })
  }

  #keep(snapshot: Snapshot | undefined, question: string, kept: KeptAnswer): void {
    if (!snapshot) return
    const answers = this.#kept.get(snapshot) ?? new Map<string, KeptAnswer>()
    this.#kept.set(snapshot, answers)
    if (answers.size < MOST_KEPT || answers.has(question)) answers.set(question, kept)
    // A new second makes all of them anew: the oldest go first.
    else answers.delete(answers.keys().next().value!)
  }
}
