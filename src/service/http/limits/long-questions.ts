import { OpenCounts } from './connection-limits.js'
import { TooManyRequestsError } from './limit-error.js'

/** Of one token. */
const MAX_AT_ONCE = 50
const RETRY_SECONDS = 1

/** Long questions are answered one after another: no token may keep the others waiting for all of its own. */
export class LongQuestions {
  readonly #open = new OpenCounts()

  /** @throws TooManyRequestsError when the token has asked too many that are not answered yet */
  async ask<Answer>(tokenId: string, answer: () => Promise<Answer>): Promise<Answer> {
    if (this.#open.of(tokenId) >= MAX_AT_ONCE) {
      const message = `more than ${MAX_AT_ONCE} long questions wait with this token`
      throw new TooManyRequestsError('long-questions', message, RETRY_SECONDS)
    }
    this.#open.add(tokenId)
    try {
      return await answer()
    } finally {
      this.#open.remove(tokenId)
    }
  }
}
