import type { Instant } from '../time/zone.js'
import type { Mode } from '../words.js'
import type { Agent } from './agent.js'
import type { Workspace } from './compile-workspace.js'
import { ANYONE, type Visitor } from './conditions/facts.js'
import { facesAt } from './greeting.js'
import { firstPlaybook, type Playbook } from './playbook.js'
import { isOffline, type RoutingDecision, type RoutingState, routeTo, type Target } from './routing/routing.js'
import { MemoryRoutingState } from './routing/routing-state.js'
import { isVisible, type ModeChange, type ModeSource, modeAt, modeSource, nextModeChange } from './widget.js'

/** Where routing starts: a target, how it is written, and whether a calendar may drop there. */
export interface Entry {
  /** As `--route` writes it: `rules`, `agent:2`, `playbook:leadbot`. */
  readonly via: string
  readonly target: Target
  readonly dropsCalendar: boolean
  /** Whether it is a playbook's goal. */
  readonly isGoal?: boolean
}

/** Everything the workspace answers for one instant and one visitor, without words or formatted times. */
export interface Decision {
  readonly at: Instant
  readonly mode: Mode
  readonly source: ModeSource
  readonly isVisible: boolean
  readonly nextChange: ModeChange | undefined
  readonly proactive: Playbook | undefined
  readonly greeting: string
  readonly faces: readonly Agent[]
  /** R28: shown while the widget is offline and visible; when it is next online, if ever. */
  readonly offlineNotice: { readonly backAt: Instant | undefined } | undefined
  readonly via: string
  /** Where routing began: of a playbook whose team is offline, at the rules (R38). */
  readonly start: Target
  readonly routing: RoutingDecision
}

export interface DecideOptions {
  /** Default: the goal of the playbook that fires, else the rules. */
  readonly entry?: Entry | undefined
  /** Default: no cursor, open chats as the document says. */
  readonly state?: RoutingState | undefined
}

const RULES: Entry = { via: 'rules', target: { kind: 'rules' }, dropsCalendar: true }

/**
 * Decides what a visitor sees at an instant and who would get the chat (R8-R30). Mode does not
 * gate people: routing runs whatever the mode (R11).
 *
 * @param at milliseconds since 1970-01-01T00:00Z
 */
export function decide(
  workspace: Workspace,
  at: Instant,
  visitor: Visitor = ANYONE,
  options: DecideOptions = {},
): Decision {
  const { widget, playbooks, roster } = workspace
  const mode = modeAt(workspace, at)
  const source = modeSource(workspace, at)
  const visible = isVisible(widget, mode)
  const proactive = visible ? firstPlaybook(playbooks, mode, visitor) : undefined
  const entry = options.entry ?? goalOf(proactive) ?? RULES
  const state = options.state ?? new MemoryRoutingState(roster)
  const start = entry.isGoal && isOffline(entry.target, at) ? RULES.target : entry.target
  const routing = routeTo(start, workspace, visitor, at, state)
  const faces = facesAt(workspace, visitor, at)
  // It looks at other instants, whose tables may be others: last, so that the questions of `at` share theirs.
  const nextChange = nextModeChange(workspace, at, mode)
  return {
    at,
    mode,
    source,
    isVisible: visible,
    nextChange,
    proactive,
    greeting: workspace.greeting[mode],
    faces,
    offlineNotice: visible && mode === 'offline' ? { backAt: nextChange?.at } : undefined,
    via: entry.via,
    start,
    routing: entry.dropsCalendar ? routing : { ...routing, calendar: undefined },
  }
}

/** The entry a playbook's goal makes, if it has one. */
export function goalOf(playbook: Playbook | undefined): Entry | undefined {
  if (!playbook?.goal) return undefined
  return { via: `playbook:${playbook.id}`, ...playbook.goal, isGoal: true }
}
