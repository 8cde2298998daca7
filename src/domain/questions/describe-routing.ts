import type { Workspace } from '../decision/compile-workspace.js'
import type { Visitor } from '../decision/conditions/facts.js'
import type { Decision } from '../decision/decide.js'
import { isGroup, type Outcome, type RoutingState, type Target } from '../decision/routing/routing.js'
import type { Strategy } from '../words.js'
import { explainCandidate, type RuleTrace, traceRules } from './explain/explain.js'

/** Who is routed, as an answer says it. */
export interface RoutingAnswer {
  readonly via: string
  readonly rule: string | null
  readonly target: Exclude<Target['kind'], 'rules'> | null
  readonly assignee: string | null
  readonly calendar: string | null
  /** The agent assumed to be routed last; a simulation never moves it (R23). */
  readonly cursor: string | null
  readonly candidates: readonly { readonly agent: string; readonly outcome: Outcome; readonly reason: string }[]
  /** How the group picks; null when no group decided. */
  readonly strategy: Strategy | null
  /** Only with strategy `random`. */
  readonly seed?: number
  /** What became of each rule, when routing went by the rules (R22). */
  readonly rules?: readonly RuleTrace[]
}

/** What a routing decision was made from, beside the workspace. */
export interface RoutingBackground {
  readonly visitor: Visitor
  readonly state: RoutingState
  /** The agent routed last before it. */
  readonly cursor: string | undefined
  readonly seed?: number | undefined
}

/** The public shape of a routing decision. */
export function describeRouting(
  workspace: Workspace,
  decision: Decision,
  background: RoutingBackground,
): RoutingAnswer {
  const { strategy, seed, ...routed } = describeRouted(decision, background)
  return {
    ...routed,
    candidates: describeCandidates(workspace, decision, background.state),
    strategy,
    ...(seed !== undefined && { seed }),
    ...describeRules(workspace, decision, background.visitor),
  }
}

/** Who is routed, and by what. */
export function describeRouted(
  { via, routing }: Pick<Decision, 'via' | 'routing'>,
  { cursor, seed }: Pick<RoutingBackground, 'cursor' | 'seed'>,
): Omit<RoutingAnswer, 'candidates' | 'rules'> {
  const { target, rule, assignee, calendar } = routing
  const strategy = target && isGroup(target) ? target.strategy : null
  return {
    via,
    rule: rule ?? null,
    target: target && target.kind !== 'rules' ? target.kind : null,
    assignee: assignee?.id ?? null,
    calendar: calendar?.id ?? null,
    cursor: cursor ?? null,
    strategy,
    ...(strategy === 'random' && seed !== undefined && { seed }),
  }
}

/** Every candidate with the reason of its outcome (R24). */
export function describeCandidates(
  workspace: Workspace,
  { at, routing }: Pick<Decision, 'at' | 'routing'>,
  state: RoutingState,
): RoutingAnswer['candidates'] {
  return routing.candidates.map(({ agent, outcome }) => ({
    agent,
    outcome,
    reason: explainCandidate(workspace, agent, outcome, at, state),
  }))
}

export function describeRules(
  workspace: Workspace,
  decision: Decision,
  visitor: Visitor,
): Pick<RoutingAnswer, 'rules'> {
  return decision.start.kind === 'rules' ? { rules: traceRules(workspace, decision, visitor) } : {}
}
