import { giveWay } from '../../api/pause.js'
import { countEveryone } from '../../domain/questions/everyone.js'
import { findReachable } from '../../domain/questions/reachable.js'
import { parseInstant } from '../../domain/time/instant.js'
import { loadDocument } from '../load.js'
import { type AskedDocument, loadForVisitor } from '../load-for-visitor.js'
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
      const when = at === undefined ? now : parseInstant(at)
      // A route may name anybody.
      const { document, everyone }: AskedDocument =
        request.route === undefined
          ? await loadForVisitor(transaction, Math.min(when, now), request.visitor)
          : { document: await loadDocument(transaction, now) }
      const workspace = await compileGivingWay(document)
      // Whose turn it is: asking moves nothing (R23).
      const state = new StoredRoutingState(workspace, await transaction.cursors())
      const steps = findReachable(workspace, { ...request, at: when, people: countEveryone(everyone) }, state)
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
