import type { WorkspaceEvent } from '../api/client.js'
import type { RevisionListAnswer } from '../api/contract/answers.js'
import { pause } from '../api/pause.js'
import { revisionsAfter } from '../api/revisions-after.js'
import type { Actor } from './actor.js'
import type { Service } from './service.js'

/** How often a file is looked at: other processes write it without a word. */
const INTERVAL_MS = 250

/** The revisions of a workspace file as they are made, by whichever process. */
export async function* pollRevisions(
  service: Service,
  actor: Actor,
  after: number,
  signal: AbortSignal,
): AsyncIterable<WorkspaceEvent> {
  const list = (page: object) => service.call('listRevisions', page, actor) as Promise<RevisionListAnswer>
  let last = after
  while (!signal.aborted) {
    const fresh = await revisionsAfter(last, list, { firstPage: 1 })
    for (const revision of fresh) yield { type: 'revision', revision }
    last = fresh.at(-1)?.number ?? last
    await pause(INTERVAL_MS, signal)
  }
}
