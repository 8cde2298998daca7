import type { Workspace } from '../../decision/compile-workspace.js'
import type { HolidayCalendarDocument } from '../../document/holidays-schema.js'
import { DAY_MS, formatDate, parseDate } from '../../time/calendar-date.js'
import type { Instant } from '../../time/zone.js'
import type { LintFinding } from './lint-finding.js'

/** A calendar whose last day is nearer than this needs its next ones. */
const DAYS_AHEAD = 30

/** A feed is read every day: after this long something is wrong with it. */
const STALE_AFTER_MS = 7 * DAY_MS

/** R40: a calendar that names no day ahead closes nothing any more. */
export function findEndedHolidays({ document, zone }: Workspace, at: Instant): LintFinding[] {
  const today = Math.floor(zone.toLocal(at) / DAY_MS)
  return (document.holidays ?? []).flatMap((calendar, index) => {
    const last = lastDay(calendar)
    if (last >= today + DAYS_AHEAD) return []
    const what = last === -Infinity ? 'names no day' : `names no day after ${formatDate(last)}`
    const todo = calendar.source === undefined ? 'add the next ones' : 'look whether its feed has the next ones'
    return [stale(`The holiday calendar "${calendar.id}" ${what}: ${todo}.`, index)]
  })
}

/** What is known of a feed beside the document. */
export interface ReadFeed {
  readonly calendar: string
  /** When it was read last; undefined when it never was. */
  readonly readAt: Instant | undefined
  /** Why it could not be read the last time. */
  readonly failure: string | undefined
}

/** R40: a feed that cannot be read keeps the last good copy, which grows old. */
export function findUnreadFeeds({ document }: Workspace, feeds: readonly ReadFeed[], at: Instant): LintFinding[] {
  return (document.holidays ?? []).flatMap(({ id, source }, index) => {
    if (source === undefined) return []
    const feed = feeds.find(({ calendar }) => calendar === id)
    const readAt = feed?.readAt ?? -Infinity
    if (at - readAt <= STALE_AFTER_MS) return []
    const since =
      readAt === -Infinity ? 'was never read' : `was read last ${Math.floor((at - readAt) / DAY_MS)} days ago`
    const why = feed?.failure === undefined ? '' : ` (${feed.failure})`
    return [stale(`The feed of the holiday calendar "${id}" ${since}${why}: sync it.`, index)]
  })
}

function stale(text: string, index: number): LintFinding {
  return { code: 'holidays-stale', severity: 'warning', text, path: `holidays[${index}]` }
}

/** The last day that a calendar names; Infinity where it names days of every year. */
function lastDay({ days }: HolidayCalendarDocument): number {
  let last = -Infinity
  for (const { date, to, yearly } of days) {
    if (yearly !== undefined) return Infinity
    last = Math.max(last, parseDate(date ?? to!))
  }
  return last
}
