import type { WorkspaceDocument } from '../document/schema.js'
import { endOf } from '../document/timed.js'
import type { Schedule } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { Display, Mode, ModePolicy, Plan } from '../words.js'
import type { Roster } from './agent.js'
import { isSameMode, joinStates, modesOf } from './timed-states.js'

export type ModeSource = 'hours' | 'manual' | 'override' | 'auto-offline'

/** The sign on the shop's door, compiled for deciding. */
export interface Widget {
  readonly policy: ModePolicy
  readonly display: Display
  readonly autoOffline: boolean
  /** The first of the overrides that hold one after another. */
  readonly override: Override | undefined
}

export interface Override {
  readonly mode: Mode
  /** Infinity for an override without an end. */
  readonly until: Instant
  /** The one that holds after it; without one the policy decides. */
  readonly next: Override | undefined
}

/** What decides the mode: the sign's own settings, the hours, and who is behind the counter. */
export interface ModeInputs {
  readonly widget: Widget
  readonly schedule: Schedule
  readonly roster: Roster
}

export interface ModeChange {
  readonly at: Instant
  readonly mode: Mode
}

export function compileWidget(document: WorkspaceDocument): Widget {
  const { mode, display, autoOffline, override } = document.widget
  return {
    policy: mode,
    display: effectiveDisplay(display, document.plan),
    autoOffline,
    override: override && compileOverride(override),
  }
}

function compileOverride(document: NonNullable<WorkspaceDocument['widget']['override']>): Override | undefined {
  return joinStates(modesOf(document), isSameMode).reduceRight<Override | undefined>(
    (next, held) => ({ mode: held.mode, until: endOf(held), next }),
    undefined,
  )
}

/** R13: hiding the widget by mode is paid; without it the widget stays visible. */
function effectiveDisplay(display: Display, plan: Plan): Display {
  return plan === 'free' && display === 'online-only' ? 'always' : display
}

/** R8 and R9: the mode at an instant. Nothing is stored, so nothing can go stale (R10). */
export function modeAt(inputs: ModeInputs, at: Instant): Mode {
  const mode = promisedMode(inputs, at)
  return mode === 'online' && isForcedOffline(inputs, at) ? 'offline' : mode
}

/** What decided the mode: R9 only ever turns online into offline, and then it is the source. */
export function modeSource(inputs: ModeInputs, at: Instant): ModeSource {
  if (isForcedOffline(inputs, at) && promisedMode(inputs, at) === 'online') return 'auto-offline'
  if (overrideAt(inputs.widget, at)) return 'override'
  return inputs.widget.policy === 'automatic' ? 'hours' : 'manual'
}

/** R8: an override that has not ended, else the policy: a manual mode, or the hours. */
export function promisedMode({ widget, schedule }: ModeInputs, at: Instant): Mode {
  const override = overrideAt(widget, at)
  if (override) return override.mode
  if (widget.policy !== 'automatic') return widget.policy
  return schedule.isOpen(at) ? 'online' : 'offline'
}

/** R9: auto-offline is on and no agent is available; zero agents count as none. */
export function isForcedOffline({ widget, roster }: ModeInputs, at: Instant): boolean {
  return widget.autoOffline && !roster.isStaffed(at)
}

/** The override that holds at an instant, if one does. */
export function overrideAt(widget: Widget, at: Instant): Override | undefined {
  let { override } = widget
  while (override !== undefined && at >= override.until) override = override.next
  return override
}

/**
 * The first instant after `at` at which the mode differs, with the new mode; undefined when it
 * never does. Accounts for hours, exceptions, the override and timed statuses.
 */
export function nextModeChange(inputs: ModeInputs, at: Instant, mode = modeAt(inputs, at)): ModeChange | undefined {
  let candidate = nextModeCandidate(inputs, at)
  while (candidate !== Infinity) {
    const next = modeAt(inputs, candidate)
    if (next !== mode) return { at: candidate, mode: next }
    candidate = nextModeCandidate(inputs, candidate)
  }
  return undefined
}

/** The next instant at which something the mode depends on changes, skipping what cannot matter until then. */
function nextModeCandidate(inputs: ModeInputs, at: Instant): Instant {
  const { widget, roster, schedule } = inputs
  const staffingChange = widget.autoOffline ? roster.nextStaffingChange(at) : Infinity
  if (isForcedOffline(inputs, at)) return staffingChange
  const override = overrideAt(widget, at)
  let promiseChange = Infinity
  if (override) promiseChange = override.until
  else if (widget.policy === 'automatic') promiseChange = schedule.nextChange(at) ?? Infinity
  return Math.min(staffingChange, promiseChange)
}

/** R25: whether the visitor sees the widget at all. */
export function isVisible(widget: Widget, mode: Mode): boolean {
  return widget.display === 'always' || (widget.display === 'online-only' && mode === 'online')
}
