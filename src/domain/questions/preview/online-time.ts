import type { Workspace } from '../../decision/compile-workspace.js'
import { DAY_MS, MINUTE_MS } from '../../time/calendar-date.js'
import type { Instant } from '../../time/zone.js'
import { beginCoverage } from '../coverage/coverage.js'

/** How long visitors see the widget online, and how long it is open with nobody there. */
export interface OnlineTime {
  /** Of a week, on average over the whole weeks of the stretch. */
  readonly onlineMinutesAWeek: number
  /** Of the stretch: online with nobody there, or kept offline by auto-offline for that (R9, R36). */
  readonly nobodyMinutes: number
}

/** @param days a week at least */
export function onlineTime({ document }: Workspace, from: Instant, days: number): OnlineTime {
  const weeks = Math.floor(days / 7)
  const endOfWeeks = from + weeks * 7 * DAY_MS
  let [online, nobody] = [0, 0]
  for (const span of beginCoverage(document, { from, to: from + days * DAY_MS }).spans) {
    if (!span || span.state === 'closed') continue
    if (span.state === 'nobody' || span.state === 'masked') nobody += span.minutes
    if (span.state === 'masked') continue
    const [start, end] = [Date.parse(span.from), Math.min(Date.parse(span.to), endOfWeeks)]
    online += Math.max(0, end - start) / MINUTE_MS
  }
  return { onlineMinutesAWeek: online / weeks, nobodyMinutes: nobody }
}
