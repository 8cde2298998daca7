import { type VisitorFacts, visitorOf } from '../domain/decision/conditions/facts.js'
import { accountOwnerOf } from '../domain/decision/routing/routing.js'
import type { TargetDocument, WorkspaceDocument } from '../domain/document/schema.js'
import type { Everyone } from '../domain/questions/everyone.js'
import type { Instant } from '../domain/time/zone.js'
import { counterAt } from './counter.js'
import { loadForDeciding } from './load.js'
import { compileGivingWay } from './revisions/effect.js'
import type { ReadTransaction } from './store/store.js'

/** As much of a workspace as a question needs, and how many people there are in all. */
export interface AskedDocument {
  readonly document: WorkspaceDocument
  /** Undefined where the document has everyone. */
  readonly everyone?: Everyone
}

/**
 * As much of the workspace as a question about a visitor needs, from `at` on: those whom rules and shifts name, those
 * with a timed status, the visitor's account owner, and the number of all the others.
 *
 * @param also targets beside those of the rules and the playbooks
 */
export async function loadForVisitor(
  transaction: ReadTransaction,
  at: Instant,
  visitor: VisitorFacts | undefined,
  also: readonly TargetDocument[] = [],
): Promise<AskedDocument> {
  const owner = accountOwnerOf(visitorOf(visitor ?? {}))
  const named = owner === undefined ? also : [...also, { agent: owner }]
  const document = await loadForDeciding(transaction, at, named)
  const { available, away } = await counterAt(transaction, at, await compileGivingWay(document))
  return { document, everyone: { at, available, away } }
}
