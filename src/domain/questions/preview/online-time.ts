import type { Workspace } from '../../decision/compile-workspace.js'
import { DAY_MS } from '../../time/calendar-date.js'
import type { Instant } from '../../time/zone.js'
import { beginCoverage, withSpans } from '../coverage/coverage.js'

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
  const { openMinutes, maskedMinutes } = totalsOf(document, from, from + weeks * 7 * DAY_MS)
  const { nobodyMinutes, maskedMinutes: masked } = totalsOf(document, from, from + days * DAY_MS)
  return { onlineMinutesAWeek: (openMinutes - maskedMinutes) / weeks, nobodyMinutes: nobodyMinutes + masked }
}

function totalsOf(document: Workspace['document'], from: Instant, to: Instant) {
  const { spans, ...begun } = beginCoverage(document, { from, to })
  return withSpans(begun, [...spans]).totals
}
