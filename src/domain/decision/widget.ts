import type { WorkspaceDocument } from '../document/schema.js'
import { endOf, type Timed } from '../document/timed.js'
import type { Schedule } from '../time/schedule.js'
import type { Instant } from '../time/zone.js'
import type { Display, Mode, ModePolicy, Plan } from '../words.js'
import type { Roster } from './agent.js'
import { joinStates, modesOf, unfold } from './timed-states.js'

export type PromiseSource = 'hours' | 'manual' | 'override'
export type ModeSource = PromiseSource | 'auto-offline'

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
  /** -Infinity for one that holds already. */
  readonly from: Instant
  /** Infinity for an override without an end. */
  readonly until: Instant
  /** The one that holds after it, at once or later; where none holds the policy decides. */
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
  const { mode, display, autoOffline } = document.widget
  return {
    policy: mode,
    display: effectiveDisplay(display, document.plan),
    autoOffline,
    override: compileOverrides(document.widget),
  }
}

/** A mode by hand, or the policy's where there is none. */
interface HeldMode extends Timed {
  readonly mode?: Mode | undefined
}

/** R8, R34: the overrides one after another, those that are planned in their place. */
function compileOverrides({ override, planned }: WorkspaceDocument['widget']): Override | undefined {
  const modes: readonly HeldMode[] = [...(override ? modesOf(override) : []), {}]
  const held = joinStates(unfold(modes, planned), (a, b) => a.mode === b.mode)
  return held.reduceRight<Override | undefined>((next, { mode, until }, index) => {
    const before = held[index - 1]
    return mode === undefined ? next : { mode, from: before ? endOf(before) : -Infinity, until: endOf({ until }), next }
  }, undefined)
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
  return promiseSource(inputs, at)
}

/** What decided the promise: R8. */
export function promiseSource({ widget }: Pick<ModeInputs, 'widget'>, at: Instant): PromiseSource {
  if (overrideAt(widget, at)) return 'override'
  return widget.policy === 'automatic' ? 'hours' : 'manual'
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
  const override = notEnded(widget, at)
  return override !== undefined && at >= override.from ? override : undefined
}

/** The first instant after `at` at which an override begins or ends; Infinity when none does. */
export function nextOverrideChange(widget: Widget, at: Instant): Instant {
  const override = notEnded(widget, at)
  if (override === undefined) return Infinity
  return at < override.from ? override.from : override.until
}

function notEnded({ override: first }: Widget, at: Instant): Override | undefined {
  let override = first
  while (override !== undefined && at >= override.until) override = override.next
  return override
}

/**
 * The first instant after `at` at which the mode differs, with the new mode; undefined when it
 * never does, or not in twelve weeks where people follow the duty. Accounts for hours, exceptions, overrides, timed
 * statuses and the duty.
 */
export function nextModeChange(inputs: ModeInputs, at: Instant, mode = modeAt(inputs, at)): ModeChange | undefined {
  const horizon = inputs.roster.horizonOf(at)
  let candidate = nextModeCandidate(inputs, at)
  while (candidate !== Infinity) {
    const next = modeAt(inputs, candidate)
    if (next !== mode) return { at: candidate, mode: next }
    if (candidate >= horizon) return undefined
    candidate = nextModeCandidate(inputs, candidate)
  }
  return undefined
}

/** The next instant at which something the mode depends on changes, skipping what cannot matter until then. */
function nextModeCandidate(inputs: ModeInputs, at: Instant): Instant {
  const { widget, roster } = inputs
  if (isForcedOffline(inputs, at)) return roster.nextStaffingChange(at)
  const promiseChange = nextPromiseCandidate(inputs, at)
  // Who is there says nothing while the promise is offline (R9).
  if (!widget.autoOffline || promisedMode(inputs, at) === 'offline') return promiseChange
  return Math.min(promiseChange, roster.nextStaffingChange(at))
}

/** The first instant after `at` at which {@link promisedMode} may differ; Infinity when it never does. */
export function nextPromiseCandidate({ widget, schedule }: ModeInputs, at: Instant): Instant {
  const isByHours = widget.policy === 'automatic' && overrideAt(widget, at) === undefined
  const hoursChange = isByHours ? (schedule.nextChange(at) ?? Infinity) : Infinity
  return Math.min(nextOverrideChange(widget, at), hoursChange)
}

/** The first instant after `at` at which the promise differs, whoever is there; undefined when it never does. */
export function nextPromiseChange(inputs: ModeInputs, at: Instant): ModeChange | undefined {
  const mode = promisedMode(inputs, at)
  let candidate = nextPromiseCandidate(inputs, at)
  while (candidate !== Infinity) {
    const next = promisedMode(inputs, candidate)
    if (next !== mode) return { at: candidate, mode: next }
    candidate = nextPromiseCandidate(inputs, candidate)
  }
  return undefined
}

/** Whether auto-offline hides a change of the promise: visitors see the widget offline before it and after (R36). */
export function isHiddenChange(inputs: ModeInputs, { at, mode }: ModeChange): boolean {
  return isForcedOffline(inputs, mode === 'online' ? at : at - 1)
}

/** R25: whether the visitor sees the widget at all. */
export function isVisible(widget: Widget, mode: Mode): boolean {
  return widget.display === 'always' || (widget.display === 'online-only' && mode === 'online')
}
