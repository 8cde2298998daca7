import { giveWay } from '../../api/pause.js'
import { findReachable } from '../../domain/questions/reachable.js'
import { parseInstant } from '../../domain/time/instant.js'
import { loadDocument } from '../load.js'
import { compileGivingWay } from '../revisions/effect.js'
import type { HandlersOf } from './handler.js'
import { StoredRoutingState } from './routing.js'

/** Work between two pauses. */
const WORK_MS = 10

export const reachableHandlers: HandlersOf<'reachable'> = {
  reachable: {
    kind: 'read',
    isSteady: true,
    isLong: true,
    async handle({ at, ...request }, transaction, { now }) {
      const workspace = await compileGivingWay(await loadDocument(transaction, now))
      // Whose turn it is: asking moves nothing (R23).
      const state = new StoredRoutingState(workspace, await transaction.cursors())
      const steps = findReachable(workspace, { ...request, at: at === undefined ? now : parseInstant(at) }, state)
      for (let start = performance.now(); ; ) {
        const step = steps.next()
        if (step.done) return step.value
        if (performance.now() - start < WORK_MS) continue
        await giveWay()
        start = performance.now()
      }
    },
  },
}
