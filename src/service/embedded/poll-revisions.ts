import type { WorkspaceEvent } from '../../api/client.js'
import type { RevisionListAnswer } from '../../api/contract/answers.js'
import { pause } from '../../api/pause.js'
import { revisionsBetween } from '../../api/revisions-between.js'
import type { Actor } from '../actor.js'
import type { Service } from '../service.js'

/** How often a file is looked at: other processes write it without a word. */
const INTERVAL_MS = 250

/**
 * The revisions of a workspace file as they are made, by whichever process.
 * @param check throws when they would not be those of the file that stands there; what it throws ends this
 */
export async function* pollRevisions(
  service: Service,
  actor: Actor,
  after: number,
  signal: AbortSignal,
  check: () => Promise<void> = async () => {},
): AsyncIterable<WorkspaceEvent> {
  const list = (page: object) => service.call('listRevisions', page, actor) as Promise<RevisionListAnswer>
  let last = after
  while (!signal.aborted) {
    await check()
    const newest = (await list({ limit: 1 })).revisions[0]?.number ?? 0
    if (newest < last) {
      last = Math.max(0, newest - 1)
      yield { type: 'restored', after: last }
    }
    for (const revision of await revisionsBetween(last, newest + 1, list)) yield { type: 'revision', revision }
    last = newest
    await pause(INTERVAL_MS, signal)
  }
}
