import type { ExceptionDocument, WorkspaceDocument } from '../document/schema.js'
import { dutyOf } from '../duty/compile-duty.js'
import type { Duty } from '../duty/duty.js'
import type { BusinessHours, HoursException } from '../time/business-hours.js'
import { parseDate, parseYearlyDates, WEEKDAYS } from '../time/calendar-date.js'
import { Schedule } from '../time/schedule.js'
import { parseDayHours } from '../time/time-range.js'
import { Zone } from '../time/zone.js'
import { compileRoster, type Roster } from './agent.js'
import { compileGreeting, type Greeting } from './greeting.js'
import { compilePlaybooks, type Playbook } from './playbook.js'
import { compileWaterfall, type Waterfall } from './routing/routing.js'
import { compileWidget, type Widget } from './widget.js'

/** A workspace compiled once: deciding then needs no parsing, no date library and no search by name. */
export interface Workspace {
  readonly document: WorkspaceDocument
  /** The zone of times without one. */
  readonly zone: Zone
  readonly schedule: Schedule
  readonly widget: Widget
  readonly roster: Roster
  /** Who is on duty when; undefined where no shift is written (R31). */
  readonly duty: Duty | undefined
  readonly waterfall: Waterfall
  readonly playbooks: readonly Playbook[]
  readonly greeting: Greeting
}

/**
 * Compiles a valid document.
 * @example decide(compileWorkspace(parseWorkspace(text, 'acme.yaml')), Date.now())
 */
export function compileWorkspace(document: WorkspaceDocument): Workspace {
  const steps = compiling(document)
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

function* compiling(document: WorkspaceDocument): Generator<void, Workspace> {
  const onDuty = dutyOf(document)
  const roster = yield* compileRoster(document.agents, document.chatLimit, onDuty)
  yield
  return {
    document,
    zone: Zone.of(document.timeZone),
    schedule: scheduleOf(document),
    widget: compileWidget(document),
    roster,
    duty: onDuty?.duty,
    waterfall: compileWaterfall(document, roster),
    playbooks: compilePlaybooks(document, roster),
    greeting: compileGreeting(document),
  }
}

const compiled = new WeakMap<WorkspaceDocument, Workspace>()

/** The same for a document that is asked about again and again and never changed: compiled once. */
export function compiledOnce(document: WorkspaceDocument): Workspace {
  const workspace = compiled.get(document) ?? compileWorkspace(document)
  compiled.set(document, workspace)
  return workspace
}

/** The same in steps, for a caller that pauses between them. */
export function* compilingOnce(document: WorkspaceDocument): Generator<void, Workspace> {
  const workspace = compiled.get(document) ?? (yield* compiling(document))
  compiled.set(document, workspace)
  return workspace
}

const schedules = new WeakMap<WorkspaceDocument['hours'], { readonly zone: string; readonly schedule: Schedule }>()

/** Hours that are the same object as in another document, whose years may be compiled already, are compiled once. */
function scheduleOf(document: WorkspaceDocument): Schedule {
  const known = schedules.get(document.hours)
  if (known?.zone === (document.hours.timeZone ?? document.timeZone)) return known.schedule
  const hours = businessHoursOf(document)
  const schedule = new Schedule(hours)
  schedules.set(document.hours, { zone: hours.zone, schedule })
  return schedule
}

/** The business hours a document describes. */
export function businessHoursOf({ hours, timeZone }: WorkspaceDocument): BusinessHours {
  return {
    zone: hours.timeZone ?? timeZone,
    weekly: WEEKDAYS.map((day) => parseDayHours(hours.weekly[day] ?? 'closed')),
    exceptions: hours.exceptions.map(compileException),
  }
}

function compileException({ date, from, to, yearly, name, hours }: ExceptionDocument): HoursException {
  const ranges = parseDayHours(hours)
  if (date !== undefined) return { kind: 'date', date: parseDate(date), name, ranges }
  if (yearly !== undefined) return { kind: 'yearly', ...parseYearlyDates(yearly), name, ranges }
  return { kind: 'dates', from: parseDate(from!), to: parseDate(to!), name, ranges }
}
