import type { WorkspaceDocument } from '../document/schema.js'
import { dutyOf } from '../duty/compile-duty.js'
import type { Duty } from '../duty/duty.js'
import type { Schedule } from '../time/schedule.js'
import { Zone } from '../time/zone.js'
import { compileRoster, type Roster } from './agent.js'
import { compileHours } from './compile-hours.js'
import { compileGreeting, type Greeting } from './greeting.js'
import { compilePlaybooks, type Playbook } from './playbook.js'
import { compileWaterfall, type Waterfall } from './routing/routing.js'
import { compileTeams, type Teams } from './team.js'
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
  readonly teams: Teams
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
  const teams = compileTeams(document, roster)
  return {
    document,
    zone: Zone.of(document.timeZone),
    schedule: compileHours(document.hours, document),
    widget: compileWidget(document),
    roster,
    duty: onDuty?.duty,
    teams,
    waterfall: compileWaterfall(document, teams, roster),
    playbooks: compilePlaybooks(document, teams, roster),
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
