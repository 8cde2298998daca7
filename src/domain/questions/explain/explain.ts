import { type Agent, countsForStaffing, heldStatusAt } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import type { Visitor } from '../../decision/conditions/facts.js'
import type { Decision } from '../../decision/decide.js'
import {
  accountOwnerOf,
  isEmptyGroup,
  isOffline,
  type Outcome,
  type RoutingRule,
  type RoutingState,
} from '../../decision/routing/routing.js'
import { overrideAt } from '../../decision/widget.js'
import { describeException } from '../../time/business-hours.js'
import { formatMoment } from '../../time/moment.js'
import { formatRange } from '../../time/time-range.js'
import type { Instant } from '../../time/zone.js'
import { DEFAULT_RULE } from '../../words.js'
import { describeDuty, explainDuty } from './explain-duty.js'
import { explainTeams } from './explain-teams.js'
import type { Reason } from './reason.js'

/** What became of one rule of the waterfall (R22). */
export interface RuleTrace {
  readonly rule: string
  readonly result: 'no-match' | 'nobody' | 'empty' | 'routed' | 'not-reached'
}

/**
 * The reasons of a decision, the mode's first.
 *
 * @param people how many there are in all, where the roster has not loaded everyone
 */
export function explain(
  workspace: Workspace,
  decision: Decision,
  visitor: Visitor,
  people = workspace.roster.agents.filter(countsForStaffing).length,
): readonly Reason[] {
  return [
    ...explainMode(workspace, decision, people),
    ...explainDuty(workspace, decision.at),
    ...explainDisplay(workspace, decision),
    ...explainMessage(decision),
    ...explainTeams(workspace, decision),
    explainRouting(workspace, decision, visitor),
    ...explainAssumedStatuses(workspace),
  ]
}

function explainMode(workspace: Workspace, decision: Decision, people: number): Reason[] {
  const { widget, zone } = workspace
  const { at } = decision
  const reasons: Reason[] = []
  const override = overrideAt(widget, at)
  if (override) {
    const { mode, until } = override
    const end = until === Infinity ? 'without an end' : `until ${formatMoment(until, zone, at)}`
    reasons.push({ rule: 'R8', code: 'override', text: `An override holds the widget ${mode} ${end}.` })
  } else if (widget.policy !== 'automatic') {
    reasons.push({
      rule: 'R8',
      code: 'manual',
      text: `The mode is set to ${widget.policy} by hand; the hours are not used.`,
    })
  } else reasons.push(...explainHours(workspace, at))
  if (decision.source === 'auto-offline') reasons.push(explainAutoOffline(workspace, at, people))
  return reasons
}

function explainHours({ schedule, zone }: Workspace, at: Instant): Reason[] {
  if (schedule.calendar.isEmpty) {
    return [{ rule: 'R7', code: 'hours.none', text: 'No business hours are set, so automatic is always offline.' }]
  }
  const open = schedule.isOpen(at)
  const since = schedule.lastChange(at)
  const next = schedule.nextChange(at)
  const hoursZone = schedule.zone === zone ? zone.name : `hours in ${schedule.zone.name}`
  const begin = since === undefined ? '' : ` since ${formatMoment(since, schedule.zone, at)}`
  const end =
    next === undefined ? 'never changes' : `${open ? 'closes' : 'opens'} ${formatMoment(next, schedule.zone, at)}`
  const reasons: Reason[] = [
    {
      rule: 'R8',
      code: open ? 'hours.open' : 'hours.closed',
      text: `${open ? 'Open' : 'Closed'}${begin} (${hoursZone}); ${end}.`,
    },
  ]
  const { exception } = schedule.calendar.on(schedule.decidingDay(at))
  if (exception) {
    const hours = exception.ranges.length === 0 ? 'closed' : exception.ranges.map(formatRange).join(', ')
    const isHoliday = exception.calendar !== undefined
    const what = `The ${isHoliday ? 'holiday' : 'exception'} ${describeException(exception)}`
    const text = `${what} replaces the weekly hours: ${hours}.`
    reasons.push({ rule: isHoliday ? 'R40' : 'R5', code: isHoliday ? 'hours.holiday' : 'hours.exception', text })
  }
  return reasons
}

function explainAutoOffline({ roster, zone }: Workspace, at: Instant, people: number): Reason {
  const who =
    people === 0 ? 'there are no agents' : people === 1 ? 'the only agent is away' : `all ${people} agents are away`
  const back = roster.nextStaffingChange(at)
  const until = back === Infinity ? '' : ` until ${formatMoment(back, zone, at)}`
  return { rule: 'R9', code: 'auto-offline', text: `Auto-offline turns the widget offline: ${who}${until}.` }
}

function explainDisplay({ widget }: Workspace, { isVisible }: Decision): Reason[] {
  if (isVisible) return []
  const text =
    widget.display === 'hidden'
      ? 'The widget is hidden (display: hidden); a link that opens the chat still works.'
      : 'The widget is hidden while offline (display: online-only); a link that opens the chat still works.'
  return [{ rule: 'R25', code: `display.${widget.display}`, text }]
}

function explainMessage({ proactive, isVisible }: Decision): Reason[] {
  if (proactive) {
    const text = `Playbook "${proactive.id}" is the first enabled one whose targeting matches.`
    return [{ rule: 'R26', code: 'playbook', text }]
  }
  if (!isVisible) return []
  const text = 'No playbook matches; the default greeting shows when the visitor opens the chat.'
  return [{ rule: 'R27', code: 'greeting', text }]
}

/** Where routing starts; people who are named by ids are named by the sentence that goes on. */
function entryName(via: string): string {
  return via.startsWith('agent:') ? 'The route' : via.startsWith('round-robin:') ? 'The round robin' : via
}

function explainRouting({ roster }: Workspace, { at, via, routing }: Decision, visitor: Visitor): Reason {
  const { target, assignee, rule } = routing
  const subject = rule === undefined ? entryName(via) : rule === DEFAULT_RULE ? 'The default rule' : `Rule "${rule}"`
  if (!target) {
    const text = 'Nobody is routed: no rule matches and has someone to route to.'
    return { rule: 'R22', code: 'routing.nobody', text }
  }
  if (isEmptyGroup(target)) {
    const text =
      rule === undefined
        ? `Nobody is routed: ${entryName(via)} has no members.`
        : `Nobody is routed: ${subject.charAt(0).toLowerCase()}${subject.slice(1)} matches, has no members, and stops the waterfall.`
    return { rule: rule === undefined ? 'R20' : 'R22', code: 'routing.empty', text }
  }
  switch (target.kind) {
    case 'agent': {
      const text = assignee
        ? `${subject} routes to ${assignee.name} whatever the status.`
        : `Nobody is routed: ${target.agent.name} ${target.agent.isDisabled ? 'is disabled' : 'is a bot'}.`
      return { rule: 'R18', code: assignee ? 'routing.agent' : 'routing.nobody', text }
    }
    case 'account-owner': {
      const owner = accountOwnerOf(visitor)
      const text = assignee
        ? `${subject} routes to the account owner, ${assignee.name}, whatever the status.`
        : owner === undefined
          ? 'Nobody is routed: the visitor has no account owner.'
          : `Nobody is routed: the account owner "${roster.find(owner)?.name ?? owner}" takes no chats here.`
      return { rule: 'R19', code: assignee ? 'routing.owner' : 'routing.nobody', text }
    }
    default: {
      const { strategy } = target as Extract<typeof target, { strategy: unknown }>
      const text = assignee
        ? `${subject} routes to ${assignee.name} (${strategy}).`
        : isOffline(target, at)
          ? 'Nobody is routed: the team is offline.'
          : 'Nobody is routed: no member is available below the chat limit.'
      return {
        rule: assignee ? 'R21' : isOffline(target, at) ? 'R38' : 'R20',
        code: assignee ? 'routing.turn' : 'routing.nobody',
        text,
      }
    }
  }
}

/** A document without run-time state says nothing of statuses: the simulation says what it supposed. */
function explainAssumedStatuses({ document, roster }: Workspace): Reason[] {
  const assumed = document.agents.filter(({ id, status, bot, disabled }) => {
    return status === undefined && !bot && !disabled && roster.find(id)?.status !== 'automatic'
  })
  if (assumed.length === 0) return []
  const who =
    assumed.length === document.agents.length ? 'Agents are' : assumed.map(({ id, name }) => name ?? id).join(', ')
  const verb = assumed.length === document.agents.length ? '' : assumed.length === 1 ? ' is' : ' are'
  return [{ rule: 'R15', code: 'status.assumed', text: `${who}${verb} assumed available: the document has no status.` }]
}

/** What became of each rule of the waterfall, in order. */
export function traceRules({ waterfall }: Workspace, { routing }: Decision, visitor: Visitor): readonly RuleTrace[] {
  let isDecided = false
  return waterfall.rules.map((rule): RuleTrace => {
    if (isDecided) return { rule: rule.id, result: 'not-reached' }
    if (!rule.matches(visitor)) return { rule: rule.id, result: 'no-match' }
    isDecided = rule.id === routing.rule
    return { rule: rule.id, result: isDecided ? decidedResult(rule, routing.assignee) : 'nobody' }
  })
}

function decidedResult({ target }: RoutingRule, assignee: Agent | undefined): RuleTrace['result'] {
  return assignee === undefined && isEmptyGroup(target) ? 'empty' : 'routed'
}

/** Why a candidate has its outcome (R24), e.g. `away until Fri 18:00 (lunch)`. */
export function explainCandidate(
  { roster, zone }: Workspace,
  name: string,
  outcome: Outcome,
  at: Instant,
  state: RoutingState,
): string {
  const agent = roster.find(name)
  if (!agent) return 'not an agent of this workspace'
  switch (outcome) {
    case 'team-offline':
      return 'the team is offline'
    case 'disabled':
      return 'disabled'
    case 'not-a-member':
      return 'a bot'
    case 'at-limit':
      return `${state.openChatsOf(agent)} open chats, limit ${agent.chatLimit}`
    case 'away':
      return describeStatus(agent, at, zone)
    case 'next':
      return `${describeStatus(agent, at, zone)}, not their turn`
    case 'routed':
      return describeStatus(agent, at, zone)
  }
}

/** `away until Fri 18:00 (lunch)`. */
function describeStatus(agent: Agent, at: Instant, zone: Workspace['zone']): string {
  const { status, until, note } = heldStatusAt(agent, at)
  if (status === 'automatic') return describeDuty(agent, at, zone)
  const end = until === Infinity ? '' : ` until ${formatMoment(until, zone, at)}`
  return `${status}${end}${note ? ` (${note})` : ''}`
}
