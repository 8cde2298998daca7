import { DriftStatusError } from '../../../domain/errors.js'
import type { Instant } from '../../../domain/time/zone.js'
import type { Snapshot, Store } from '../../store/store.js'
import { MAX_CHANGES_BYTES, type RevisionEvent, revisionEvent } from './revision-event.js'
import { TimedFeed } from './timed-feed.js'

/** How often it is looked whether another process wrote, or time changed something, while anyone watches. */
const POLL_MS = 100
/** Revisions read at once: a slow watcher holds no more than these. */
const PAGE = 100
/** Or fewer, when they are this long together. */
const MAX_PAGE_BYTES = 128 * 1024
/** Pages shared at once: watchers mostly stand at the same place, and the others read for themselves. */
const MAX_PAGES = 20

/** What a watcher is told next. */
export interface EventPage {
  /** In order. */
  readonly events: readonly RevisionEvent[]
  /** The number of the last revision: below that of the watcher when a copy of the workspace was restored. */
  readonly last: number
  /** When the revision was made that the events come after; undefined when there is none of its number. */
  readonly ownAt: Instant | undefined
}

/**
 * The revisions of a store for any number of watchers. Nothing is queued for them: each asks for the
 * page after the last revision it has sent, and those at the same place share one reading.
 */
export class RevisionFeed {
  /** What time alone changes. */
  readonly timed: TimedFeed
  readonly #store: Store
  /** Pages by the number they come after, of one snapshot. */
  #pages = new Map<number, Promise<EventPage>>()
  #pagesOf: Snapshot | undefined
  readonly #waiting = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #seen: Snapshot | undefined

  constructor(store: Store, now: () => Instant) {
    this.#store = store
    this.timed = new TimedFeed(store, now)
  }

  /** The revisions after a number, in order; at most a page of them. */
  async after(number: number): Promise<EventPage> {
    const snapshot = await this.#store.snapshot()
    if (snapshot !== this.#pagesOf) {
      this.#pages = new Map()
      this.#pagesOf = snapshot
    }
    const pages = this.#pages
    const page = pages.get(number) ?? this.#read(number)
    if (pages.size < MAX_PAGES) pages.set(number, page)
    // A reading that failed is not kept: the next call reads again.
    page.catch(() => pages.delete(number))
    return page
  }

  async last(): Promise<number> {
    return this.#store.read((transaction) => transaction.revisions.last())
  }

  /** Waits until something may have been written, the signal aborts, or the time is over. */
  async changed(since: Snapshot, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || (await this.#store.snapshot()) !== since) return
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', end)
        this.#waiting.delete(end)
        if (this.#waiting.size === 0) this.#stopPolling()
        resolve()
      }
      const timer = setTimeout(end, timeoutMs)
      signal.addEventListener('abort', end)
      this.#waiting.add(end)
      this.#seen ??= since
      this.#timer ??= setInterval(() => void this.#poll(), POLL_MS)
      if (signal.aborted) end()
    })
  }

  snapshot(): Promise<Snapshot> {
    return this.#store.snapshot()
  }

  /** Wakes everyone who waits: called when this process has written. */
  wake(): void {
    for (const end of [...this.#waiting]) end()
  }

  /** A store that cannot be asked now is asked again: the watchers go on waiting. */
  async #poll(): Promise<void> {
    const snapshot = await this.#store.snapshot().catch(() => this.#seen)
    if (snapshot !== this.#seen || this.timed.isDue()) this.wake()
  }

  #stopPolling(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#seen = undefined
  }

  async #read(number: number): Promise<EventPage> {
    return this.#store.read(async (transaction) => ({
      events: upToBytes((await transaction.revisions.after(number, PAGE, MAX_CHANGES_BYTES)).map(revisionEvent)),
      last: await transaction.revisions.last(),
      ownAt: (await transaction.revisions.after(number - 1, 1, 0)).find((own) => own.number === number)?.at,
    }))
  }
}

/** The first of some events, at least one. */
function upToBytes(events: readonly RevisionEvent[]): readonly RevisionEvent[] {
  let [count, bytes] = [0, 0]
  for (const { text } of events) {
    bytes += text.length
    if (bytes > MAX_PAGE_BYTES && count > 0) break
    count++
  }
  return events.slice(0, count)
}

/** Looks at a store now and then, and says when it can be written no more, and when it can again. */
export function watchStore(store: Store, note: (text: string) => void, intervalMs: number): () => void {
  let told: string | undefined
  const look = async () => {
    const problem = await store.check().then(() => undefined, inWords)
    if (problem !== told) note(problem ?? 'the workspace can be written again')
    told = problem
  }
  const timer = setInterval(() => void look(), intervalMs).unref()
  return () => clearInterval(timer)
}

function inWords(error: unknown): string {
  return error instanceof DriftStatusError ? `${error.message}; ${error.hint}` : String(error)
}
