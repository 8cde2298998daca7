import type { HolidaysAnswer } from '../../api/contract/answers.js'
import type { HolidayCalendarDocument } from '../../domain/document/holidays-schema.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { formatInstant } from '../../domain/time/instant.js'
import { Zone } from '../../domain/time/zone.js'
import type { Draft } from '../revisions/draft.js'
import type { FeedState } from '../store/store.js'
import type { CallContext, HandlersOf } from './handler.js'
import { etagOf, hoursOfDraft, putHoursOf } from './whose-hours.js'

type HolidayOperations = 'getHolidays' | 'putHolidays' | 'syncHolidays' | 'deleteHolidays' | 'applyHolidays'

export const holidayHandlers: HandlersOf<HolidayOperations> = {
  getHolidays: {
    kind: 'read',
    isSteady: true,
    async handle(_, transaction) {
      const { timeZone } = (await transaction.section('general')).value
      const feeds = (await transaction.feeds.list()).map((feed) => feedAnswer(feed, Zone.of(timeZone)))
      return { ...(await transaction.section('holidays')), feeds }
    },
  },
  putHolidays: {
    kind: 'edit',
    etag: 'holidays',
    feed: async ({ id, source, days }) =>
      source === undefined || days !== undefined ? undefined : { calendar: id, source },
    async handle({ id, name, source, days: given }, draft, context) {
      const days = given ?? context.feed?.days
      if (!days) {
        throw new DriftStatusError('invalid-input', 'a holiday calendar needs days, or a source that has them', {
          rule: 'R40',
          hint: 'give "days", or the address of an iCalendar feed as "source"',
        })
      }
      const calendar = { id, ...(name !== undefined && { name }), ...(source !== undefined && { source }), days }
      await putCalendar(calendar, draft)
      await keepFeed(id, context, draft)
      return { days, skipped: context.feed?.skipped ?? [], read: context.feed !== undefined }
    },
  },
  syncHolidays: {
    kind: 'edit',
    etag: 'holidays',
    async feed({ id }, transaction, { now }) {
      const calendar = findCalendar(id, (await transaction.section('holidays')).value)
      if (calendar.source === undefined) {
        throw new DriftStatusError('invalid-input', `the holiday calendar "${id}" has no feed`, {
          rule: 'R40',
          hint: 'its days are written by hand',
        })
      }
      const { source } = calendar
      const known = (await transaction.feeds.list()).find((feed) => feed.calendar === id && feed.source === source)
      return { calendar: id, source, etag: known && isOfYear(known, now) ? known.etag : undefined }
    },
    async handle({ id }, draft, context) {
      const feed = context.feed!
      const calendar = findCalendar(id, await draft.section('holidays'))
      if (calendar.source !== feed.source) {
        throw new DriftStatusError('conflict', `the holiday calendar "${id}" got another source meanwhile`, {
          hint: 'sync it again',
        })
      }
      const days = feed.days ?? calendar.days
      if (feed.days) await putCalendar({ ...calendar, days }, draft)
      await keepFeed(id, context, draft)
      return { days, skipped: feed.skipped, read: feed.days !== undefined }
    },
  },
  deleteHolidays: {
    kind: 'edit',
    etag: 'holidays',
    async handle({ id }, draft) {
      const calendars = await draft.section('holidays')
      findCalendar(id, calendars)
      await draft.put(
        'holidays',
        calendars.filter((calendar) => calendar.id !== id),
      )
      await draft.transaction.feeds.delete(id)
      await editHolidaysOfHours(draft, (named) => named?.filter((other) => other !== id))
    },
  },
  applyHolidays: {
    kind: 'edit',
    etag: etagOf,
    async handle({ id, applies, team }, draft) {
      const ids = (await draft.section('holidays')).map((calendar) => calendar.id)
      findCalendar(id, await draft.section('holidays'))
      const change = (named: readonly string[] = ids) => {
        const applying = ids.filter((other) => (other === id ? applies : named.includes(other)))
        // All of them is what hours have that name none: calendars that come later apply then as well.
        return applying.length === ids.length ? undefined : applying
      }
      await putHoursOf(draft, team, withHolidays(await hoursOfDraft(draft, team), change))
    },
  },
}

type HoursDocument = WorkspaceDocument['hours']
type ChangeNames = (named: readonly string[] | undefined) => readonly string[] | undefined

function withHolidays({ holidays: named, ...hours }: HoursDocument, change: ChangeNames): HoursDocument {
  const holidays = change(named)
  return holidays ? { ...hours, holidays } : hours
}

/** Changes which calendars the hours of the workspace and of every team name. */
async function editHolidaysOfHours(draft: Draft, change: ChangeNames): Promise<void> {
  await draft.put('hours', withHolidays(await draft.section('hours'), change))
  const teams = (await draft.section('teams')).map(({ hours, ...team }) =>
    hours ? { ...team, hours: withHolidays(hours, change) } : team,
  )
  await draft.put('teams', teams)
}

function findCalendar(id: string, calendars: readonly HolidayCalendarDocument[]): HolidayCalendarDocument {
  const calendar = calendars.find((other) => other.id === id)
  if (calendar) return calendar
  throw new DriftStatusError('not-found', `there is no holiday calendar "${id}"`, {
    reason: 'calendar-not-found',
    hint: didYouMean(
      id,
      calendars.map((other) => other.id),
    ),
  })
}

/** In its place, or at the end. */
async function putCalendar(calendar: HolidayCalendarDocument, draft: Draft): Promise<void> {
  const calendars = await draft.section('holidays')
  const index = calendars.findIndex(({ id }) => id === calendar.id)
  await draft.put('holidays', index === -1 ? [...calendars, calendar] : calendars.with(index, calendar))
}

/** Notes that a feed was read; of a calendar without one nothing is known. */
async function keepFeed(id: string, { feed, now }: CallContext, draft: Draft): Promise<void> {
  const { feeds } = draft.transaction
  if (!feed) return feeds.delete(id)
  const { source, etag } = feed
  await feeds.put({ calendar: id, source, readAt: now, etag, triedAt: now, failure: undefined })
}

/** The days of a feed are kept for some years from the one in which it was read. */
function isOfYear({ readAt }: FeedState, now: number): boolean {
  return readAt !== undefined && new Date(readAt).getUTCFullYear() === new Date(now).getUTCFullYear()
}

function feedAnswer({ calendar, readAt, triedAt, failure }: FeedState, zone: Zone): HolidaysAnswer['feeds'][number] {
  return {
    calendar,
    readAt: readAt === undefined ? null : formatInstant(readAt, zone),
    triedAt: formatInstant(triedAt, zone),
    failure: failure ?? null,
  }
}
