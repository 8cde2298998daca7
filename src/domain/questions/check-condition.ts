import type { Workspace } from '../decision/compile-workspace.js'
import { modeAt } from '../decision/widget.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Condition } from '../words.js'

/** Whether a condition holds at an instant: of the sign (`online`, `offline`), the hours (`open`), or the people (`staffed`). */
export function holds(condition: Condition, workspace: Workspace, at: Instant): boolean {
  switch (condition) {
    case 'open':
      return workspace.schedule.isOpen(at)
    case 'staffed':
      return workspace.roster.isStaffed(at)
    default:
      return modeAt(workspace, at) === condition
  }
}

/** The answer of `is --json` and `GET /v1/is/{condition}`. */
export interface ConditionAnswer {
  readonly at: string
  readonly timeZone: string
  readonly condition: Condition
  readonly holds: boolean
}

/** Whether a condition holds at an instant, as an answer. */
export function checkCondition(condition: Condition, workspace: Workspace, at: Instant): ConditionAnswer {
  const { zone } = workspace
  return { at: formatInstant(at, zone), timeZone: zone.name, condition, holds: holds(condition, workspace, at) }
}
