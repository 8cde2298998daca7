import type { Instant } from '../../domain/time/zone.js'
import { compileStored } from '../revisions/effect.js'
import { type Steady, SteadyAnswers } from '../steady-answers.js'
import type { Store } from '../store/store.js'
import { readPublicQuery } from './public-query.js'
import { publicWidget } from './public-widget.js'
import { type PublicCopy, publicCopy } from './widget-script.js'

/**
 * What visitors see of one stored workspace. Every question is asked of what is stored now: a write
 * of any process shows in the very next answer. Kept apart from what tokens ask, so that neither
 * pushes the other out.
 */
export class PublicWidgets {
  readonly #answers: SteadyAnswers<PublicCopy>

  constructor(store: Store, now: () => Instant) {
    this.#answers = new SteadyAnswers(store, now, Infinity)
  }

  /**
   * @param query as the address has it, without its question mark
   * @throws DriftStatusError (invalid-input) for a query that cannot be read
   */
  copy(query: string): Promise<Steady<PublicCopy>> {
    return this.#answers.answer(query, () => {
      const { visitor, zone } = readPublicQuery(query)
      return async (transaction, now) => {
        const answer = publicWidget(await compileStored(transaction, now), now, visitor, zone)
        return publicCopy(Buffer.from(JSON.stringify(answer)))
      }
    })
  }
}
