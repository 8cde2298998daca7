import type { IncomingMessage } from 'node:http'
import type { Instant } from '../../domain/schedule/zone.js'
import { isWithin, type Standing } from '../steady-answers.js'
import type { Snapshot } from '../store/store.js'
import type { SentAnswer } from './sent-answer.js'

/** Characters of answers and questions kept at once; a page of many agents is long. */
const MOST_KEPT = 4 * 1024 * 1024

/** What one token asked: the same again gets the same answer while it stands. */
export interface Question {
  readonly snapshot: Snapshot
  /** The token's id, the method, the address and the body, to the letter. */
  readonly text: string
}

export interface RecentAnswer {
  readonly sent: SentAnswer
  /** The pattern of its route, for the log. */
  readonly route: string
  readonly standing: Standing
}

/**
 * Answers as they were sent, for whoever asks the same again before anything is written or ends. An
 * answer is kept for the token that got it, so that nobody gets what they may not ask.
 */
export class RecentAnswers {
  readonly #asked = new WeakMap<IncomingMessage, Question>()
  #snapshot: Snapshot | undefined
  #kept = new Map<string, RecentAnswer>()
  #size = 0

  /** The answer, if it was given; if not, it is kept once it is. */
  recall(request: IncomingMessage, question: Question, now: Instant): RecentAnswer | undefined {
    const known = question.snapshot === this.#snapshot ? this.#kept.get(question.text) : undefined
    if (known && isWithin(known.standing, now)) return known
    this.#asked.set(request, question)
    return undefined
  }

  keep(request: IncomingMessage, answer: RecentAnswer): void {
    const question = this.#asked.get(request)
    // Who asked was looked up in the same snapshot that answered.
    if (question?.snapshot !== answer.standing.snapshot) return
    if (question.snapshot !== this.#snapshot) this.#clear(question.snapshot)
    this.#drop(question.text)
    this.#kept.set(question.text, answer)
    this.#size += sizeOf(question.text, answer)
    while (this.#size > MOST_KEPT) this.#drop(this.#kept.keys().next().value!)
  }

  #clear(snapshot: Snapshot): void {
    this.#snapshot = snapshot
    this.#kept = new Map()
    this.#size = 0
  }

  #drop(question: string): void {
    const known = this.#kept.get(question)
    if (!known) return
    this.#size -= sizeOf(question, known)
    this.#kept.delete(question)
  }
}

/** With what a short one costs beside its text. */
function sizeOf(question: string, { sent }: RecentAnswer): number {
  return question.length + sent.body.length + 500
}
