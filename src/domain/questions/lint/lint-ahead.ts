import type { Workspace } from '../../decision/compile-workspace.js'
import { isHiddenChange, nextPromiseChange, promisedMode, promiseSource } from '../../decision/widget.js'
import type { Duty } from '../../duty/duty.js'
import { DAY_MS } from '../../time/calendar-date.js'
import { formatMoment } from '../../time/moment.js'
import { countUpTo } from '../../time/schedule.js'
import type { Instant } from '../../time/zone.js'
import type { Window } from '../preview/preview-windows.js'
import type { LintFinding } from './lint-finding.js'

/** How far gaps of the duty are looked for: rotas are made a month ahead. */
const GAP_DAYS = 30
/** Gaps that are counted, and handovers looked at between them: a rota with more has been told enough. */
const MAX_GAPS = 100
const MAX_HANDOVERS = 300

/** R36: the widget is to open, and auto-offline will keep it closed: nobody is expected to be available then. */
export function findStaysOffline(workspace: Workspace, at: Instant, to: Instant): LintFinding[] {
  const { widget, roster, zone } = workspace
  if (!widget.autoOffline) return []
  let change = nextPromiseChange(workspace, at)
  while (change && change.at < to && !(change.mode === 'online' && isHiddenChange(workspace, change))) {
    change = nextPromiseChange(workspace, change.at)
  }
  if (!change || change.at >= to) return []
  const when = formatMoment(change.at, zone, at)
  const opening =
    promiseSource(workspace, change.at) === 'hours' ? `Hours open ${when}` : `The widget is set online ${when}`
  const back = roster.nextStaffingChange(change.at)
  const until = back === Infinity ? 'someone is available' : formatMoment(back, zone, at)
  const text = `${opening} and nobody is expected then: auto-offline keeps the widget offline until ${until}. Be there, or put somebody on duty.`
  return [{ code: 'stays-offline', severity: 'warning', text, path: 'widget.autoOffline' }]
}

/** R31: open, nobody on duty, and nobody available by their own word either. */
export function findDutyGaps(workspace: Workspace, at: Instant): LintFinding[] {
  const { duty, zone } = workspace
  if (!duty) return []
  const gaps = gapsOf(workspace, duty, at, at + GAP_DAYS * DAY_MS)
  const [first] = gaps
  if (!first) return []
  const others = gaps.length - 1
  const more = others === 0 ? '' : `, and ${others} more ${others === 1 ? 'time' : 'times'} in ${GAP_DAYS} days`
  const times = `${formatMoment(first.from, zone, at)} to ${formatMoment(first.to, zone, at)}${more}`
  const text = `Open with nobody on duty ${times}: add a shift; coverage shows all of them.`
  return [{ code: 'duty-gap', severity: 'warning', text, path: 'duty.shifts' }]
}

/** From one change of the hours, or of "someone is available", to the next: the cost does not grow with the shifts. */
function gapsOf(workspace: Workspace, duty: Duty, from: Instant, to: Instant): readonly Window[] {
  const { roster } = workspace
  const gaps: Window[] = []
  let handovers = 0
  for (let at = from; at < to && gaps.length < MAX_GAPS; ) {
    const promiseEnd = Math.min(nextPromiseChange(workspace, at)?.at ?? Infinity, to)
    if (promisedMode(workspace, at) === 'offline') {
      at = promiseEnd
      continue
    }
    const end = Math.min(roster.nextStaffingChange(at), promiseEnd)
    if (!roster.isStaffed(at)) {
      // R32: one who is on duty and away by hand leaves no gap in the duty.
      for (let start = at; start < end && handovers < MAX_HANDOVERS; handovers++) {
        const next = Math.min(duty.nextTransition(start), end)
        if (!isAnyoneOnDuty(duty, start)) gaps.push({ from: start, to: next })
        start = next
      }
    }
    at = end
  }
  return gaps
}

function isAnyoneOnDuty(duty: Duty, at: Instant): boolean {
  const { changes, onDuty, width } = duty.weekOf(at)
  const row = countUpTo(changes, at) * width
  return onDuty.subarray(row, row + width).some((people) => people !== 0)
}
