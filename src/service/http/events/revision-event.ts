import type { Instant } from '../../../domain/time/zone.js'
import { revisionAnswer } from '../../handlers/revisions.js'
import type { ToldRevision } from '../../store/store.js'

/** A revision as server-sent event. */
export interface RevisionEvent {
  readonly number: number
  readonly at: Instant
  /** The same for every watcher: as bytes, none needs a copy of its own. */
  readonly text: Buffer
}

/** Longer changes are left out of the event: many watchers that read slowly would each hold some of them. */
export const MAX_CHANGES_BYTES = 64 * 1024

export function revisionEvent({ changes, ...revision }: ToldRevision): RevisionEvent {
  const { number, at } = revision
  const answer = { ...revisionAnswer({ ...revision, changes: changes ?? [] }), ...(!changes && { isShortened: true }) }
  return { number, at, text: Buffer.from(`id: ${number}\nevent: revision\ndata: ${JSON.stringify(answer)}\n\n`) }
}

/** The numbers began anew, because a copy of the workspace was restored: revisions after this one follow. */
export function restoredEvent(after: number): string {
  return `id: ${after}\nevent: restored\ndata: ${JSON.stringify({ after })}\n\n`
}
