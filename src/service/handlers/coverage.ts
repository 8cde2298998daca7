import { beginCoverage, withSpans } from '../../domain/questions/coverage/coverage.js'
import { parseInstant } from '../../domain/time/instant.js'
import { loadDocument } from '../load.js'
import { type AskedDocument, loadForVisitor } from '../load-for-visitor.js'
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
      const also = team === undefined ? [] : [{ team }]
      // A route may name anybody.
      const { document, everyone }: AskedDocument =
        route === undefined
          ? await loadForVisitor(transaction, Math.min(stretch.from, now), undefined, also)
          : { document: await loadDocument(transaction, now) }
      await compileGivingWay(document)
      const { spans, ...head } = beginCoverage(document, { ...request, ...stretch, everyone })
      return withSpans(head, await takeAll(spans))
    },
  },
}
