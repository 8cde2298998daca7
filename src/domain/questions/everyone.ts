import type { Workspace } from '../decision/compile-workspace.js'
import type { Instant } from '../time/zone.js'

/**
 * How many people are available and away at an instant, told with a document that has not everyone: those whom it leaves
 * out follow no duty, and stay as they are from then on. Bots and disabled agents are in neither number (R9).
 */
export interface Everyone {
  readonly at: Instant
  readonly available: number
  readonly away: number
}

/** How many people there are in all; undefined where the document has everyone. */
export function countEveryone(everyone: Everyone | undefined): number | undefined {
  return everyone && everyone.available + everyone.away
}

/** How many of those whom the document leaves out are available. */
export function availableOthers({ roster }: Workspace, everyone: Everyone | undefined): number {
  return everyone ? everyone.available - roster.availableAt(everyone.at) : 0
}
