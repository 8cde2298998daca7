import { beginCoverage, withSpans } from '../../domain/questions/coverage/coverage.js'
import { parseInstant } from '../../domain/time/instant.js'
import { loadDocument } from '../load.js'
import { compileGivingWay } from '../revisions/effect.js'
import type { HandlersOf } from './handler.js'
import { takeAll } from './take-all.js'

export const coverageHandlers: HandlersOf<'coverage'> = {
  coverage: {
    kind: 'read',
    isLong: true,
    async handle({ from, to, ...request }, transaction, { now }) {
      const document = await loadDocument(transaction, now)
      await compileGivingWay(document)
      const { spans, ...head } = beginCoverage(document, {
        ...request,
        from: parseInstant(from),
        to: parseInstant(to),
        now,
      })
      return withSpans(head, await takeAll(spans))
    },
  },
}
