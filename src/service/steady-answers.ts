import { nextTransition } from '../domain/questions/timeline.js'
import type { Instant } from '../domain/time/zone.js'
import { compileStored } from './revisions/effect.js'
import type { ReadOptions, ReadTransaction, Snapshot, Store } from './store/store.js'

/** Of questions and answers kept at once: anyone may ask anything, and a long list is long. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024
/** What a short one costs beside its text. */
const ENTRY_BYTES = 500

/** An answer that is the same for every request in `[from, until)`, while nothing is written. */
export type Steady<Answer> = Answer & {
  readonly from: Instant
  /** The first instant at which the answer may be another one; Infinity when time alone changes nothing. */
  readonly until: Instant
}

type MakeAnswer<Answer> = (transaction: ReadTransaction, now: Instant) => Promise<Answer>

/**
 * Answers that hold while nothing is written and nothing ends, each made and put into JSON once.
 * The oldest go first, so that invented questions do not fill the memory.
 */
export class SteadyAnswers<Answer extends { readonly body: Buffer }> {
  readonly #store: Store
  readonly #now: () => Instant
  readonly #maxAgeMs: number
  #snapshot: Snapshot | undefined
  #kept = new Map<string, Steady<Answer>>()
  #bytes = 0

  /** @param maxAgeMs the longest that an answer stands; those that say the time end with a whole one of these */
  constructor(store: Store, now: () => Instant, maxAgeMs: number) {
    this.#store = store
    this.#now = now
    this.#maxAgeMs = maxAgeMs
  }

  /**
   * @param question everything that the answer depends on beside the workspace and the time
   * @param prepare reads the question, where its answer is not kept; what it or its result throws is not kept
   * @param options `seen` is what was stored when the caller looked, if it has: it is not looked again
   */
  async answer(
    question: string,
    prepare: () => MakeAnswer<Answer>,
    { seen, ...options }: ReadOptions & { readonly seen?: Snapshot | undefined } = {},
  ): Promise<Steady<Answer>> {
    const snapshot = seen ?? (await this.#store.snapshot())
    const kept = snapshot === this.#snapshot ? this.#kept.get(question) : undefined
    if (kept) {
      const now = this.#now()
      if (kept.from <= now && now < kept.until) return kept
    }
    const make = prepare()
    return this.#store.read(async (transaction) => {
      const from = this.#now()
      const made = { ...(await make(transaction, from)), from, until: await this.#end(transaction, from) }
      this.#keep(transaction.snapshot, question, made)
      return made
    }, options)
  }

  async #end(transaction: ReadTransaction, from: Instant): Promise<Instant> {
    const transition = nextTransition(await compileStored(transaction, from), from)
    const ageEnd = this.#maxAgeMs === Infinity ? Infinity : from - (from % this.#maxAgeMs) + this.#maxAgeMs
    return Math.min(ageEnd, transition)
  }

  #keep(snapshot: Snapshot, question: string, made: Steady<Answer>): void {
    if (snapshot !== this.#snapshot) {
      this.#snapshot = snapshot
      this.#kept = new Map()
      this.#bytes = 0
    }
    this.#drop(question)
    const bytes = bytesOf(question, made)
    if (bytes > MAX_KEPT_BYTES) return
    this.#kept.set(question, made)
    this.#bytes += bytes
    // The newest is the last of the map.
    while (this.#bytes > MAX_KEPT_BYTES) this.#drop(this.#kept.keys().next().value!)
  }

  #drop(question: string): void {
    const known = this.#kept.get(question)
    if (!known) return
    this.#bytes -= bytesOf(question, known)
    this.#kept.delete(question)
  }
}

function bytesOf(question: string, { body }: { readonly body: Buffer }): number {
  return question.length + body.length + ENTRY_BYTES
}
