import type { WorkspaceEvent } from '../../api/client.js'
import type { RevisionAnswer, RevisionListAnswer } from '../../api/contract/answers.js'
import { pause } from '../../api/pause.js'
import { revisionsBetween } from '../../api/revisions-between.js'
import type { Actor } from '../actor.js'
import { takeBefore } from '../events/timed-events.js'
import type { Service } from '../service.js'
import type { Snapshot } from '../store/store.js'

/** How often a file is looked at: other processes write it without a word. */
const INTERVAL_MS = 250

/** Up to where a watcher has been told. */
export interface ToldPlace {
  /** The number of the last revision. */
  last: number
  /** When that revision was made, once it is known: the same number at another instant is another history. */
  lastAt?: string | undefined
}

/**
 * The revisions of a workspace file as they are made, by whichever process, and what time alone changes.
 * @param place moved on with each revision
 * @param check throws when they would not be those of the file that stands there; what it throws ends this
 */
export async function* pollRevisions(
  service: Service,
  actor: Actor,
  place: ToldPlace,
  signal: AbortSignal,
  check: () => Promise<void> = async () => {},
): AsyncIterable<WorkspaceEvent> {
  const list = (page: object) => service.call('listRevisions', page, actor) as Promise<RevisionListAnswer>
  const timed = service.watchTime()
  let listed: Snapshot | undefined
  while (!signal.aborted) {
    await check()
    const events = [...(await timed.look())]
    if (events.length === 0 && listed !== undefined && timed.seen === listed) {
      await pause(INTERVAL_MS, signal)
      continue
    }
    listed = timed.seen
    const newest = (await list({ limit: 1 })).revisions[0]
    const number = newest?.number ?? 0
    // The last one that was told comes again with those after it: it shows whether they go on from it.
    const found =
      number === place.last && newest ? [newest] : await revisionsBetween(Math.max(0, place.last - 1), number + 1, list)
    if (number < place.last || isAnother(found[0], place)) {
      place.last = Math.max(0, number - 1)
      place.lastAt = undefined
      listed = undefined
      yield { type: 'restored', after: place.last }
      continue
    }
    for (const revision of found) {
      place.lastAt = revision.at
      if (revision.number === place.last) continue
      place.last = revision.number
      for (const { type, change } of takeBefore(events, Date.parse(revision.at))) yield { type, change }
      yield { type: 'revision', revision }
    }
    for (const { type, change } of events) yield { type, change }
    await pause(INTERVAL_MS, signal)
  }
}

function isAnother(found: RevisionAnswer | undefined, { last, lastAt }: ToldPlace): boolean {
  return lastAt !== undefined && (found?.number !== last || found.at !== lastAt)
}
