import { countsForStaffing } from '../../decision/agent.js'
import { businessHoursOf } from '../../decision/compile-hours.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import { planRequirements } from '../../decision/plan.js'
import { isEmptyGroup, type RoutingRule } from '../../decision/routing/routing.js'
import { modesOf } from '../../decision/timed-states.js'
import { isForcedOffline, modeAt, promisedMode } from '../../decision/widget.js'
import { formatExceptionDates } from '../../time/business-hours.js'
import { DAY_MS, MINUTE_MS } from '../../time/calendar-date.js'
import { formatMoment } from '../../time/moment.js'
import { MINUTES_PER_DAY } from '../../time/time-range.js'
import { type Instant, Zone } from '../../time/zone.js'
import { DEFAULT_RULE } from '../../words.js'
import { nextTransition } from '../timeline.js'
import { findDutyGaps, findStaysOffline } from './lint-ahead.js'
import { findDeadConditions, findDeadPagePatterns } from './lint-conditions.js'
import type { LintFinding } from './lint-finding.js'
import { findEndedHolidays } from './lint-holidays.js'
import { findTeamsStayingOffline, findTeamsWithoutHours } from './lint-teams.js'

/** How far lint looks ahead. */
export const LOOK_AHEAD = 7 * DAY_MS

type Check = (workspace: Workspace, at: Instant) => readonly LintFinding[]

const CHECKS: readonly Check[] = [
  findNoHours,
  findEmptyRules,
  findPlanRequirements,
  (workspace, at) => findOnlineUnstaffed(workspace, at, at + LOOK_AHEAD),
  findEveryoneAway,
  (workspace, at) => findStaysOffline(workspace, at, at + LOOK_AHEAD),
  (workspace, at) => findTeamsStayingOffline(workspace, at, at + LOOK_AHEAD),
  findDutyGaps,
  findUnreachableRules,
  findRoundRobinsOfOne,
  findHalfWelcome,
  findEndsBeforeMidnight,
  findPastExceptions,
  findEndedHolidays,
  findEndlessOverride,
  findDeadConditions,
  findDeadPagePatterns,
]

/** Everything likely to surprise an admin or a visitor, at an instant and in the week after it; errors first. */
export function lint(workspace: Workspace, at: Instant): readonly LintFinding[] {
  const findings = CHECKS.flatMap((check) => check(workspace, at))
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))]
}

/** What a simulation of one instant warns of: errors, and promises broken at that very instant (R12). */
export function warningsAt(workspace: Workspace, at: Instant): readonly LintFinding[] {
  return [
    ...findOnlineUnstaffed(workspace, at, at + 1),
    ...findEveryoneAway(workspace, at),
    ...findNoHours(workspace),
    ...findEmptyRules(workspace),
    ...findPlanRequirements(workspace),
  ]
}

function isError({ severity }: LintFinding): boolean {
  return severity === 'error'
}

/** R12: online with nobody available promises what nobody can keep. */
function findOnlineUnstaffed(workspace: Workspace, from: Instant, to: Instant): LintFinding[] {
  const { roster, zone } = workspace
  for (let at = from; at < to; at = nextTransition(workspace, at)) {
    if (roster.isStaffed(at) || modeAt(workspace, at) !== 'online') continue
    const when = at === from ? 'The widget is online' : `The widget is online from ${formatMoment(at, zone, from)}`
    const text = `${when} with nobody available: make an agent available, or turn auto-offline on.`
    return [{ code: 'online-unstaffed', severity: 'warning', text, path: 'widget' }]
  }
  return []
}

/** R7: automatic without hours is offline for ever. */
function findNoHours(workspace: Workspace): LintFinding[] {
  return [...findNoBusinessHours(workspace), ...findTeamsWithoutHours(workspace)]
}

function findNoBusinessHours({ widget, schedule }: Workspace): LintFinding[] {
  if (widget.policy !== 'automatic' || !schedule.calendar.isEmpty) return []
  const text =
    'No business hours are set, so automatic is always offline: add hours (24/7 is "00:00-24:00" on every day).'
  return [{ code: 'no-hours', severity: 'error', text, path: 'hours' }]
}

/** R22: a matching rule with no members stops the waterfall. */
function findEmptyRules({ waterfall }: Workspace): LintFinding[] {
  return waterfall.rules.flatMap((rule, index) => {
    if (!isEmptyGroup(rule.target)) return []
    const text = `${ruleLabel(rule)} has no members and stops the waterfall when it matches: add a member or remove the rule.`
    return [{ code: 'empty-rule', severity: 'error', text, path: rulePath(rule, index) }]
  })
}

function findPlanRequirements({ document }: Workspace): LintFinding[] {
  return planRequirements(document).map(({ setting, needs, path }) => {
    const text = `The plan "${document.plan}" does not include ${setting}: it needs "${needs}".`
    return { code: 'plan-required', severity: 'error', text, path }
  })
}

/** R9: the sign was closed by everyone being away. */
function findEveryoneAway(workspace: Workspace, at: Instant): LintFinding[] {
  if (promisedMode(workspace, at) !== 'online' || !isForcedOffline(workspace, at)) return []
  const isEmpty = !workspace.roster.agents.some(countsForStaffing)
  const who = isEmpty ? 'there are no agents' : 'every agent is away'
  const text = `Auto-offline keeps the widget offline because ${who}: make one available, or turn auto-offline off.`
  return [{ code: 'everyone-away-auto-offline', severity: 'warning', text, path: 'widget.autoOffline' }]
}

/** A rule is never reached when an earlier one matches all it matches and always decides. */
function findUnreachableRules({ waterfall, document }: Workspace): LintFinding[] {
  const conditions = waterfall.rules.map((_, index) => document.routing.rules[index]?.when ?? {})
  return waterfall.rules.flatMap((rule, index) => {
    const blocker = waterfall.rules
      .slice(0, index)
      .find((earlier, position) => alwaysDecides(earlier) && isSubset(conditions[position]!, conditions[index]!))
    if (!blocker) return []
    const text = `${ruleLabel(rule)} is never reached: ${ruleLabel(blocker)} always decides first. Move it up, or remove it.`
    return [{ code: 'unreachable-rule', severity: 'warning', text, path: rulePath(rule, index) }]
  })
}

/** One person is routed whatever the status (R18), and an empty group stops (R22). */
function alwaysDecides({ target }: RoutingRule): boolean {
  if (target.kind === 'agent') return !target.agent.isDisabled && !target.agent.isBot
  return isEmptyGroup(target)
}

/** Whether a visitor who meets the later conditions meets the earlier ones: each of them stands there too. */
function isSubset(earlier: Readonly<Record<string, unknown>>, later: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(earlier).every(
    ([attribute, condition]) =>
      Object.hasOwn(later, attribute) && JSON.stringify(later[attribute]) === JSON.stringify(condition),
  )
}

/** R20: a round robin of one is a group: its member is skipped while away, unlike R18. */
function findRoundRobinsOfOne({ waterfall, playbooks }: Workspace): LintFinding[] {
  const targets = [
    ...waterfall.rules.map((rule, index) => ({ target: rule.target, path: `${rulePath(rule, index)}.to` })),
    ...playbooks.flatMap(({ goal }, index) =>
      goal ? [{ target: goal.target, path: `playbooks[${index}].goal.route.to` }] : [],
    ),
  ]
  return targets.flatMap(({ target, path }) => {
    if (target.kind !== 'round-robin' || target.members.length !== 1) return []
    const only = target.members[0]!
    const text = `A round robin of one skips ${only.name} while away: write { agent: "${only.id}" } to route to them always, or add members.`
    return [{ code: 'round-robin-of-one', severity: 'warning', text, path }]
  })
}

/** R26: the welcome playbook has two versions; one alone leaves half the visitors without it. */
function findHalfWelcome({ document }: Workspace): LintFinding[] {
  const welcome = document.playbooks.filter(({ type, enabled }) => type === 'welcome' && enabled)
  const greets = (mode: 'online' | 'offline') => welcome.some(({ when }) => when === mode || when === 'always')
  if (welcome.length === 0 || greets('online') === greets('offline')) return []
  const [present, absent] = greets('online') ? ['online', 'offline'] : ['offline', 'online']
  const text = `The ${present} welcome playbook is enabled and the ${absent} one is not: enable both versions, or neither.`
  return [{ code: 'welcome-missing-offline', severity: 'warning', text, path: 'playbooks' }]
}

/** The hours of the workspace and of its teams, each with where it is written. */
function writtenHours({ document }: Workspace) {
  return [
    { hours: document.hours, path: 'hours' },
    ...document.teams.flatMap(({ hours }, index) => (hours ? [{ hours, path: `teams[${index}].hours` }] : [])),
  ]
}

function findEndsBeforeMidnight(workspace: Workspace): LintFinding[] {
  const { holidays = [] } = workspace.document
  const days = [
    ...writtenHours(workspace).flatMap(({ hours: { weekly, exceptions }, path }) => [
      ...Object.entries(weekly).map(([day, hours]) => ({ hours, path: `${path}.weekly.${day}` })),
      ...exceptions.map(({ hours }, index) => ({ hours, path: `${path}.exceptions[${index}].hours` })),
    ]),
    ...holidays.flatMap(({ days: named }, calendar) =>
      named.map(({ hours }, index) => ({ hours, path: `holidays[${calendar}].days[${index}].hours` })),
    ),
  ]
  return days.flatMap(({ hours, path }) => {
    const range = [hours ?? []].flat().find((written) => written.endsWith('-23:59'))
    if (range === undefined) return []
    const text = `"${range}" closes for the last minute of the day: end at 24:00.`
    return [{ code: 'ends-before-midnight', severity: 'warning', text, path }]
  })
}

function findPastExceptions(workspace: Workspace, at: Instant): LintFinding[] {
  return writtenHours(workspace).flatMap(({ hours, path }) => {
    const { zone, exceptions } = businessHoursOf(hours, workspace.document)
    return exceptions.flatMap((exception, index) => {
      if (exception.kind === 'yearly') return []
      const last = exception.kind === 'date' ? exception.date : exception.to
      // R3: an overnight range of the last date belongs to it, and runs on the day after.
      const minutes = Math.max(MINUTES_PER_DAY, ...exception.ranges.map(({ end }) => end))
      if (Zone.of(zone).toInstant(last * DAY_MS + minutes * MINUTE_MS) > at) return []
      const text = `The exception of ${formatExceptionDates(exception)} is over: remove it.`
      return [{ code: 'exception-in-the-past', severity: 'warning', text, path: `${path}.exceptions[${index}]` }]
    })
  })
}

function findEndlessOverride({ document }: Workspace): LintFinding[] {
  const { override } = document.widget
  const endless = override && modesOf(override).find(({ until }) => until === undefined)
  if (!endless) return []
  const text = `The override to ${endless.mode} has no end: give it one, or set the mode itself.`
  return [{ code: 'override-without-end', severity: 'warning', text, path: 'widget.override' }]
}

function ruleLabel({ id }: RoutingRule): string {
  return id === DEFAULT_RULE ? 'The default rule' : `Rule "${id}"`
}

function rulePath({ id }: RoutingRule, index: number): string {
  return id === DEFAULT_RULE ? 'routing.default' : `routing.rules[${index}]`
}
