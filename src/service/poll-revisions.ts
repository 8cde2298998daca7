import type { WorkspaceEvent } from '../api/client.js'
import type { RevisionListAnswer } from '../api/contract/answers.js'
import { pause } from '../api/pause.js'
import type { Actor } from './actor.js'
import type { Service } from './service.js'

/** How often a file is looked at: other processes write it without a word. */
const INTERVAL_MS = 250
const PAGE = 1000

/** The revisions of a workspace file as they are made, by whichever process. */
export async function* pollRevisions(
  service: Service,
  actor: Actor,
  after: number,
  signal: AbortSignal,
): AsyncIterable<WorkspaceEvent> {
  let last = after
  while (!signal.aborted) {
    const fresh = await revisionsAfter(service, actor, last)
    for (const revision of fresh) yield { type: 'revision', revision }
    last = fresh.at(-1)?.number ?? last
    await pause(INTERVAL_MS, signal)
  }
}

/** In the order they were made; the list is asked for page by page, the newest first. */
async function revisionsAfter(service: Service, actor: Actor, after: number) {
  const fresh: RevisionListAnswer['revisions'][number][] = []
  for (let before: number | undefined; ; ) {
    const request = { limit: fresh.length === 0 ? 1 : PAGE, ...(before !== undefined && { before }) }
    const page = (await service.call('listRevisions', request, actor)) as RevisionListAnswer
    const wanted = page.revisions.filter(({ number }) => number > after)
    fresh.push(...wanted)
    if (wanted.length < page.revisions.length || page.next === null) return fresh.reverse()
    before = page.next
  }
}
