import type { WorkspaceDocument } from '../document/schema.js'
import type { Mode } from '../words.js'
import type { Roster } from './agent.js'
import { compileConditions, compilePages } from './conditions/conditions.js'
import type { Visitor } from './conditions/facts.js'
import { compileTarget, type Target } from './routing/routing.js'
import type { Teams } from './team.js'

/** A proactive message with targeting, compiled. */
export interface Playbook {
  readonly id: string
  readonly message: string | undefined
  readonly isEnabled: boolean
  readonly fires: (mode: Mode, visitor: Visitor) => boolean
  readonly goal: Goal | undefined
}

/** The point in a playbook where a visitor is routed. */
export interface Goal {
  readonly target: Target
  /** Whether the routed agent's calendar is offered. */
  readonly dropsCalendar: boolean
}

/** Playbooks in priority order. */
export function compilePlaybooks(document: WorkspaceDocument, teams: Teams, roster: Roster): readonly Playbook[] {
  return document.playbooks.map(({ id, message, enabled, when, target, goal }) => {
    const matchesPage = compilePages(target?.url)
    const matchesVisitor = compileConditions(target?.visitor)
    return {
      id,
      message,
      isEnabled: enabled,
      fires: (mode, visitor) => (when === 'always' || when === mode) && matchesPage(visitor) && matchesVisitor(visitor),
      goal: goal && {
        target: compileTarget(goal.route.to, `playbook:${id}`, teams, roster),
        dropsCalendar: goal.calendar ?? false,
      },
    }
  })
}

/** R26: in priority order, the first enabled playbook whose targeting matches. */
export function firstPlaybook(playbooks: readonly Playbook[], mode: Mode, visitor: Visitor): Playbook | undefined {
  return playbooks.find((playbook) => playbook.isEnabled && playbook.fires(mode, visitor))
}
