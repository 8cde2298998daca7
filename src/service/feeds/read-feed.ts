import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import { readHolidays } from '../../formats/icalendar/read-holidays.js'
import type { Store } from '../store/store.js'
import { download, type FeedNetwork } from './download.js'

/** The feed of a holiday calendar. */
export interface Feed {
  readonly calendar: string
  readonly source: string
  /** Of the copy that is there already, where it is one of this year. */
  readonly etag?: string | undefined
}

/** What a feed has now. */
export interface FeedCopy {
  readonly source: string
  readonly etag: string | undefined
  /** Undefined when it is what it was. */
  readonly days: readonly ExceptionDocument[] | undefined
  /** Its entries that close nothing, each with its line and why. */
  readonly skipped: readonly { readonly line: number; readonly text: string }[]
}

/** Days are kept from last year on, for reports, and for as long as anybody plans. */
const YEARS_BACK = 1
const YEARS_AHEAD = 10

/**
 * Reads a feed and what it says.
 * @throws DriftStatusError (unreadable) when there is none, or it is no calendar that can be understood
 */
export async function readFeed(
  { calendar, source, etag }: Feed,
  now: Instant,
  network: FeedNetwork,
  signal?: AbortSignal,
): Promise<FeedCopy> {
  try {
    const found = await download(source, etag, network, signal)
    if (!found) return { source, etag, days: undefined, skipped: [] }
    const year = new Date(now).getUTCFullYear()
    const years = { file: `${calendar}.ics`, firstYear: year - YEARS_BACK, lastYear: year + YEARS_AHEAD }
    return { source, etag: found.etag, ...readHolidays(found.bytes, years) }
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    throw new DriftStatusError('unreadable', `the feed of "${calendar}" cannot be read: ${error.message}`, {
      hint: error.hint,
      cause: error,
    })
  }
}

/** Notes why a feed could not be read, where a calendar has a copy of it that is kept. */
export async function noteFailure(
  store: Store,
  { calendar, source }: Feed,
  { message }: DriftStatusError,
  now: Instant,
): Promise<void> {
  await store.write(async (transaction) => {
    const { value } = await transaction.section('holidays')
    if (!value.some((kept) => kept.id === calendar && kept.source === source)) return
    const known = (await transaction.feeds.list()).find((feed) => feed.calendar === calendar && feed.source === source)
    await transaction.feeds.put({
      calendar,
      source,
      readAt: known?.readAt,
      etag: known?.etag,
      triedAt: now,
      failure: message,
    })
  })
}
