import { DriftStatusError } from '../../domain/errors.js'
import { DAY_MS, HOUR_MS } from '../../domain/time/calendar-date.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Actor } from '../actor.js'
import type { Service } from '../service.js'
import type { Store } from '../store/store.js'

/** How often it is looked which feeds are due. */
const LOOK_MS = HOUR_MS
/** How long no other service reads them. */
const LEASE_MS = LOOK_MS / 2

/** Who reads the feeds when nobody asks. */
const SYNC: Actor = { name: 'holiday sync', agent: undefined, scopes: new Set(['read', 'hours']) }

export interface DailySync {
  readonly service: Service
  readonly store: Store
  readonly now: () => Instant
  /** Writes a sentence to the log. */
  readonly note: (text: string) => void
  /** Logs what went wrong and is our fault. */
  readonly fault: (error: unknown) => void
}

/**
 * Reads the feed of every holiday calendar once a day, in one of the services that share the workspace; one that could not be read an hour later again.
 * @returns ends it, and waits for what is running
 */
export function syncDaily(options: DailySync): () => Promise<void> {
  const stopping = new AbortController()
  let running = Promise.resolve()
  const look = () => {
    running = running.then(() => syncDue(options, stopping.signal)).catch(options.fault)
  }
  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  look()
  return async () => {
    clearInterval(timer)
    stopping.abort()
    await running
  }
}

async function syncDue({ service, store, now, note }: DailySync, signal: AbortSignal): Promise<void> {
  if ((await dueCalendars(store, now())).length === 0) return
  const isOurs = await store.write((transaction) => transaction.takeLease('holiday sync', now(), now() + LEASE_MS), {
    signal,
  })
  if (!isOurs) return
  // Another service may have read them just before.
  for (const id of await dueCalendars(store, now())) {
    if (signal.aborted) return
    try {
      const { changed } = (await service.call('syncHolidays', { id }, SYNC, { signal })) as {
        readonly changed: boolean
      }
      if (changed) note(`the holiday calendar "${id}" has new days`)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof DriftStatusError)) throw error
      note(error.message)
    }
  }
}

/** The calendars whose feeds are to be read: a day after they were read, an hour after they could not be. */
async function dueCalendars(store: Store, now: Instant): Promise<readonly string[]> {
  return store.read(async (transaction) => {
    if ((await transaction.revisions.last()) === 0) return []
    const { value } = await transaction.section('holidays')
    const feeds = await transaction.feeds.list()
    return value.flatMap(({ id, source }) => {
      if (source === undefined) return []
      const feed = feeds.find((known) => known.calendar === id && known.source === source)
      if (!feed) return [id]
      const next = feed.failure === undefined ? (feed.readAt ?? 0) + DAY_MS : feed.triedAt + HOUR_MS
      return now >= next ? [id] : []
    })
  })
}
