import type { TargetDocument, WorkspaceDocument } from '../../document/schema.js'
import type { Instant } from '../../time/zone.js'
import type { Strategy } from '../../words.js'
import { DEFAULT_RULE } from '../../words.js'
import { type Agent, isAvailable, type Roster } from '../agent.js'
import { compileConditions, type Predicate } from '../conditions/conditions.js'
import { factOf, type Visitor } from '../conditions/facts.js'
import { findMembers, isGated, type Team, type Teams, teamModeAt } from '../team.js'
import { RuleIndex } from './rule-index.js'

/** Whom a chat is routed to, compiled. */
export type Target =
  | { readonly kind: 'agent'; readonly agent: Agent }
  | { readonly kind: 'account-owner' }
  | { readonly kind: 'rules' }
  | Group

/** A group that takes turns (R20): a team, or the members a round robin lists. */
export interface Group {
  readonly kind: 'team' | 'round-robin'
  /** Whose cursor it is: a team has one cursor wherever it is named, a listed round robin one where it is written. */
  readonly cursorKey: string
  /** Each once, in the order of ids (R21). */
  readonly members: readonly Agent[]
  readonly strategy: Strategy
  /** The team, where it is not always online (R37). */
  readonly team?: Team
}

export interface RoutingRule {
  readonly id: string
  readonly matches: Predicate
  readonly target: Target
}

/** The waterfall (R22): rules in priority order, then the default rule if there is one. */
export interface Waterfall {
  readonly rules: readonly RoutingRule[]
  /** Finds the rules that match a visitor. */
  readonly index: RuleIndex
}

export type Outcome = 'routed' | 'next' | 'away' | 'at-limit' | 'disabled' | 'not-a-member' | 'team-offline'

/** R24: every candidate appears with its outcome. */
export interface Candidate {
  readonly agent: string
  readonly outcome: Outcome
}

export interface RoutingDecision {
  /** The rule that decided: the one that yielded someone, or the empty one that stopped the waterfall. */
  readonly rule: string | undefined
  readonly target: Target | undefined
  readonly assignee: Agent | undefined
  /** The agent whose calendar drops (R18-R20). */
  readonly calendar: Agent | undefined
  readonly candidates: readonly Candidate[]
}

/** What moves as chats are routed: cursors, open chats and turns. A simulation moves it in memory only (R23). */
export interface RoutingState {
  /** The rank after which the next turn starts; -1 when nobody had a turn. */
  cursorOf(group: Group): number
  openChatsOf(agent: Agent): number
  lastRoutedAtOf(agent: Agent): Instant
  /** In [0, 1), for strategy `random`. */
  nextRandom(): number
}

export interface RoutingInputs {
  readonly roster: Roster
  readonly waterfall: Waterfall
}

const NOBODY: RoutingDecision = {
  rule: undefined,
  target: undefined,
  assignee: undefined,
  calendar: undefined,
  candidates: [],
}

export function compileWaterfall(document: WorkspaceDocument, teams: Teams, roster: Roster): Waterfall {
  const rules = document.routing.rules.map((rule) => ({
    id: rule.id,
    matches: compileConditions(rule.when),
    target: compileTarget(rule.to, `rule:${rule.id}`, teams, roster),
  }))
  const fallback = document.routing.default
  if (fallback) {
    const target = compileTarget(fallback.to, DEFAULT_RULE, teams, roster)
    rules.push({ id: DEFAULT_RULE, matches: () => true, target })
  }
  return { rules, index: new RuleIndex(rules, document.routing.rules) }
}

/** Compiles a target of a valid document: every agent and team it names exists. */
export function compileTarget(target: TargetDocument, place: string, teams: Teams, roster: Roster): Target {
  if (typeof target === 'string') return { kind: target }
  const { agent, team, strategy = 'in-order' } = target
  if (agent !== undefined) return { kind: 'agent', agent: roster.find(agent)! }
  if (team !== undefined) {
    const found = teams.get(team)!
    const group = { kind: 'team', cursorKey: `team:${team}`, members: found.members, strategy } as const
    return isGated(found) ? { ...group, team: found } : group
  }
  const members = findMembers(target['round-robin'] ?? [], roster)
  return { kind: 'round-robin', cursorKey: place, members, strategy }
}

/** Who gets a chat sent to a target at an instant, and why not the others. */
export function routeTo(
  target: Target,
  inputs: RoutingInputs,
  visitor: Visitor,
  at: Instant,
  state: RoutingState,
): RoutingDecision {
  switch (target.kind) {
    case 'rules':
      return routeByRules(inputs, visitor, at, state)
    case 'agent':
      return routeToOne(target, target.agent)
    case 'account-owner':
      return routeToOwner(target, inputs.roster, visitor)
    default:
      return routeToGroup(target, at, state)
  }
}

/** R22: the first rule that matches and yields someone; a matching rule with no members stops the waterfall. */
function routeByRules(inputs: RoutingInputs, visitor: Visitor, at: Instant, state: RoutingState): RoutingDecision {
  let tried: Candidate[] | undefined
  const { rules, index } = inputs.waterfall
  for (let position = index.next(visitor, 0); position < rules.length; position = index.next(visitor, position + 1)) {
    const rule = rules[position]!
    const { target } = rule
    if (isEmptyGroup(target)) return { ...NOBODY, rule: rule.id, target, candidates: tried ?? [] }
    const decision = routeTo(target, inputs, visitor, at, state)
    const candidates = tried ? lastOutcomes(tried, decision.candidates) : decision.candidates
    if (decision.assignee) {
      const { assignee, calendar } = decision
      return { rule: rule.id, target, assignee, calendar, candidates }
    }
    tried = [...candidates]
  }
  return tried ? { ...NOBODY, candidates: tried } : NOBODY
}

/** An agent tried by several rules appears once, with the outcome of the last. */
function lastOutcomes(earlier: readonly Candidate[], later: readonly Candidate[]): Candidate[] {
  const again = new Set(later.map(({ agent }) => agent))
  return [...earlier.filter(({ agent }) => !again.has(agent)), ...later]
}

/** Whether a target takes turns. */
export function isGroup(target: Target): target is Group {
  return 'members' in target
}

export function isEmptyGroup(target: Target): boolean {
  return isGroup(target) && target.members.length === 0
}

/** R18: one person is routed whatever the status or load, and that person's calendar always drops. */
function routeToOne(target: Target, agent: Agent): RoutingDecision {
  if (agent.isDisabled || agent.isBot) {
    const outcome = agent.isDisabled ? 'disabled' : 'not-a-member'
    return { ...NOBODY, target, candidates: [{ agent: agent.id, outcome }] }
  }
  const candidates: Candidate[] = [{ agent: agent.id, outcome: 'routed' }]
  return { rule: undefined, target, assignee: agent, calendar: agent, candidates }
}

/** R19: the visitor's account owner, ignoring status; with no owner the target yields nobody. */
function routeToOwner(target: Target, roster: Roster, visitor: Visitor): RoutingDecision {
  const name = accountOwnerOf(visitor)
  if (name === undefined) return { ...NOBODY, target }
  const owner = roster.find(name)
  if (!owner) return { ...NOBODY, target, candidates: [{ agent: name, outcome: 'not-a-member' }] }
  return routeToOne(target, owner)
}

export function accountOwnerOf(visitor: Visitor): string | undefined {
  const owner = factOf(visitor, 'account.owner')
  return owner === undefined || owner === '' ? undefined : String(owner)
}

/** R38: a team that is offline yields nobody, whoever is there. */
export function isOffline(target: Target, at: Instant): boolean {
  return isGroup(target) && target.team !== undefined && teamModeAt(target.team, at) === 'offline'
}

/** R20: only members who are available and below their chat limit; all away: nobody, no calendar. */
function routeToGroup(group: Group, at: Instant, state: RoutingState): RoutingDecision {
  if (isOffline(group, at)) {
    const candidates = group.members.map(({ id }): Candidate => ({ agent: id, outcome: 'team-offline' }))
    return { ...NOBODY, target: group, candidates }
  }
  const assignee = pickMember(group, at, state)
  const candidates: Candidate[] = []
  for (const agent of group.members) {
    const outcome = agent === assignee ? 'routed' : (refusal(agent, at, state) ?? 'next')
    candidates.push({ agent: agent.id, outcome })
  }
  return { rule: undefined, target: group, assignee, calendar: assignee, candidates }
}

/** Why an agent takes no chat of a group now; undefined for one who would. */
function refusal(agent: Agent, at: Instant, state: RoutingState): Outcome | undefined {
  if (agent.isDisabled) return 'disabled'
  if (agent.isBot) return 'not-a-member'
  if (!isAvailable(agent, at)) return 'away'
  return state.openChatsOf(agent) < agent.chatLimit ? undefined : 'at-limit'
}

function pickMember(group: Group, at: Instant, state: RoutingState): Agent | undefined {
  const { members, strategy } = group
  if (strategy === 'in-order') return pickNext(group, at, state)
  const eligible = members.filter((agent) => refusal(agent, at, state) === undefined)
  switch (strategy) {
    case 'random':
      return eligible[Math.floor(state.nextRandom() * eligible.length)]
    case 'least-open':
      return leastBy(eligible, (agent) => state.openChatsOf(agent))
    case 'least-recent':
      return leastBy(eligible, (agent) => state.lastRoutedAtOf(agent))
  }
}

/**
 * R21: the next eligible member after the one routed last, wrapping. The cursor stands on the full
 * member list, so a skipped member neither loses nor gains a turn.
 */
function pickNext(group: Group, at: Instant, state: RoutingState): Agent | undefined {
  const { members } = group
  const cursor = state.cursorOf(group)
  let first: Agent | undefined
  for (const agent of members) {
    if (first && agent.rank <= cursor) continue
    if (refusal(agent, at, state) !== undefined) continue
    if (agent.rank > cursor) return agent
    first = agent
  }
  return first
}

/** The first of the least: members come in the order of ids, which breaks ties (R21). */
function leastBy(agents: readonly Agent[], measure: (agent: Agent) => number): Agent | undefined {
  let least: Agent | undefined
  for (const agent of agents) {
    if (!least || measure(agent) < measure(least)) least = agent
  }
  return least
}
