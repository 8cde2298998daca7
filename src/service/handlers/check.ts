import { checking } from '../../domain/scenarios/check.js'
import { loadDocument } from '../load.js'
import type { HandlersOf } from './handler.js'
import { runSteps } from './take-all.js'

/** What one call may ask of a service that answers others as well. */
const MAX_INSTANTS = 100_000
const MAX_ASSUMPTIONS = 100

export const checkHandlers: HandlersOf<'check'> = {
  check: {
    kind: 'read',
    isLong: true,
    async handle({ scenarios }, transaction, { now }) {
      const document = await loadDocument(transaction, now)
      const limits = { maxInstants: MAX_INSTANTS, maxAssumptions: MAX_ASSUMPTIONS }
      return runSteps(checking(document, { scenarios, now, ...limits }))
    },
  },
}
