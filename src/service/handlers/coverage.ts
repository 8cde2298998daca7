import { beginCoverage, withSpans } from '../../domain/questions/coverage/coverage.js'
import { parseInstant } from '../../domain/time/instant.js'
import { counterAt } from '../counter.js'
import { loadDocument, loadForDeciding } from '../load.js'
import { compileGivingWay } from '../revisions/effect.js'
import type { HandlersOf } from './handler.js'
import { takeAll } from './take-all.js'

export const coverageHandlers: HandlersOf<'coverage'> = {
  coverage: {
    kind: 'read',
    isLong: true,
    async handle({ from, to, ...request }, transaction, { now }) {
      const stretch = { from: parseInstant(from), to: parseInstant(to), now }
      const { route, team } = request
      const at = Math.min(stretch.from, now)
      // A route may name anybody.
      const document = await (route === undefined
        ? loadForDeciding(transaction, at, team === undefined ? [] : [{ team }])
        : loadDocument(transaction, now))
      const everyone = { at, ...(await counterAt(transaction, at, await compileGivingWay(document))) }
      const { spans, ...head } = beginCoverage(document, { ...request, ...stretch, everyone })
      return withSpans(head, await takeAll(spans))
    },
  },
}
