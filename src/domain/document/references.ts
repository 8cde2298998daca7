import { mailboxKey, personKey } from '../decision/named-agents.js'
import { didYouMean } from '../nearest.js'
import { clashError, findClashes, type HoursException } from '../time/business-hours.js'
import { parseDate, parseYearlyDates } from '../time/calendar-date.js'
import { DEFAULT_RULE } from '../words.js'
import { type Entry, entriesOf, type Fields, fieldsOf, idOf } from './ids.js'
import type { Finding, Path } from './problem.js'

/** A finding about a member that does not exist. */
export interface UnknownMember extends Finding {
  readonly member: string
}

/** A finding about a team that does not exist. */
export interface UnknownTeam extends Finding {
  readonly team: string
}

/**
 * What only the whole document can tell: ids used twice, members, teams, shifts and agents that do not
 * exist, exceptions that contradict each other (R5). Works on a raw value, so that it reports
 * beside whatever else is wrong.
 */
export function referenceFindings(root: unknown): (Finding | UnknownMember | UnknownTeam)[] {
  const document = fieldsOf(root)
  const agents = entriesOf(document.agents)
  const agentNames = agents.flatMap(({ value }) => [idOf(value.id), idOf(value.email)]).filter((id) => id !== undefined)
  const known = new Set(agentNames)
  const mailboxes = new Set(agents.map(({ value }) => mailboxOf(value)))
  const teamIds = new Set(entriesOf(document.teams).flatMap(({ value }) => idOf(value.id) ?? []))
  const routing = fieldsOf(document.routing)
  const calendars = entriesOf(document.holidays)
  const findings: (Finding | UnknownMember | UnknownTeam)[] = [
    ...duplicates('agents', agents),
    ...sharedMailboxes(agents),
    ...duplicates('teams', entriesOf(document.teams)),
    ...duplicates('playbooks', entriesOf(document.playbooks)),
    ...duplicates('routing.rules', entriesOf(routing.rules)),
    ...duplicates('holidays', calendars),
    ...calendars.flatMap(({ value, index }) => clashes(value.days, ['holidays', index, 'days'])),
    ...hoursFindings(document.hours, ['hours'], calendars),
    ...entriesOf(document.teams).flatMap(({ value, index }) =>
      hoursFindings(value.hours, ['teams', index, 'hours'], calendars),
    ),
  ]

  const member = (value: unknown, path: Path) => {
    const id = idOf(value)
    if (id === undefined || known.has(id) || mailboxes.has(personKey(id))) return
    findings.push({
      path,
      message: `"${id}" is not an agent of this workspace`,
      hint: didYouMean(id, known) ?? 'name an agent by id or email, or add it under "agents"',
      rule: 'unknown-member',
      member: id,
    })
  }
  const members = (value: unknown, path: Path) => {
    if (!Array.isArray(value)) return
    for (const [index, id] of value.entries()) member(id, [...path, index])
  }
  const target = (value: unknown, path: Path) => {
    const { agent, team, 'round-robin': roundRobin } = fieldsOf(value)
    if (agent !== undefined) member(agent, [...path, 'agent'])
    members(roundRobin, [...path, 'round-robin'])
    const id = idOf(team)
    if (id === undefined || teamIds.has(id)) return
    const hint = didYouMean(id, teamIds) ?? 'add it under "teams"'
    findings.push({ path: [...path, 'team'], message: `"${id}" is not a team of this workspace`, hint, team: id })
  }

  findings.push(...dutyReferences(document.duty, member, members))
  for (const { value, index } of entriesOf(document.teams)) members(value.members, ['teams', index, 'members'])
  for (const { value, index } of entriesOf(routing.rules)) {
    target(value.to, ['routing', 'rules', index, 'to'])
    if (value.id === DEFAULT_RULE) {
      findings.push({
        path: ['routing', 'rules', index, 'id'],
        message: `"${DEFAULT_RULE}" names the default rule`,
        hint: 'give the rule another id, or move its target to routing.default',
      })
    }
  }
  target(fieldsOf(routing.default).to, ['routing', 'default', 'to'])
  for (const { value, index } of entriesOf(document.playbooks)) {
    target(fieldsOf(fieldsOf(value.goal).route).to, ['playbooks', index, 'goal', 'route', 'to'])
  }
  return findings
}

/** Shifts used twice or by none that exists, and whom shifts and covers name. */
function dutyReferences(
  root: unknown,
  member: (value: unknown, path: Path) => void,
  members: (value: unknown, path: Path) => void,
): Finding[] {
  const duty = fieldsOf(root)
  const shifts = entriesOf(duty.shifts)
  const shiftIds = new Set(shifts.flatMap(({ value }) => idOf(value.id) ?? []))
  for (const { value, index } of shifts) {
    members(value.agents, ['duty', 'shifts', index, 'agents'])
    members(fieldsOf(value.rotate).agents, ['duty', 'shifts', index, 'rotate', 'agents'])
  }
  const unknownShifts = entriesOf(duty.covers).flatMap(({ value, index }) => {
    const path = ['duty', 'covers', index]
    for (const key of ['agent', 'instead']) member(value[key], [...path, key])
    const id = idOf(value.shift)
    if (id === undefined || shiftIds.has(id)) return []
    const hint = didYouMean(id, shiftIds) ?? 'add it under "duty.shifts"'
    return [{ path: [...path, 'shift'], message: `"${id}" is not a shift of this workspace`, hint }]
  })
  return [...duplicates('duty.shifts', shifts), ...unknownShifts]
}

function duplicates(where: string, items: readonly Entry[]): Finding[] {
  const first = new Map<string, number>()
  return items.flatMap(({ value, index }) => {
    const id = idOf(value.id)
    if (id === undefined) return []
    const earlier = first.get(id)
    if (earlier === undefined) {
      first.set(id, index)
      return []
    }
    const message = `"${id}" is the id of ${where}[${earlier}] already`
    return [{ path: [...where.split('.'), index, 'id'], message, hint: 'give each its own id' }]
  })
}

/** One mailbox is one agent, however it is written. */
function sharedMailboxes(agents: readonly Entry[]): Finding[] {
  const first = new Map<string, Entry>()
  return agents.flatMap((entry) => {
    const { value, index } = entry
    const mailbox = mailboxOf(value)
    const earlier = mailbox === undefined ? undefined : first.get(mailbox)
    if (mailbox !== undefined && !earlier) first.set(mailbox, entry)
    if (!earlier) return []
    const [written, theirs] = [value, earlier.value].map(({ email }) => (email === undefined ? 'id' : 'email')) as [
      'id' | 'email',
      string,
    ]
    // The same id twice is told as that.
    if (written === 'id' && value.id === earlier.value.id) return []
    const message = `"${idOf(value[written])}" is the ${theirs} of agents[${earlier.index}] already`
    return [{ path: ['agents', index, written], message, hint: 'give each its own email' }]
  })
}

function mailboxOf({ id, email }: Fields): string | undefined {
  return mailboxKey({ id: idOf(id) ?? '', email: idOf(email) })
}

/** Exceptions that contradict each other, and holiday calendars that do not exist. */
function hoursFindings(root: unknown, path: Path, calendars: readonly Entry[]): Finding[] {
  const { exceptions, holidays } = fieldsOf(root)
  const ids = new Set(calendars.flatMap(({ value }) => idOf(value.id) ?? []))
  const unknown = (Array.isArray(holidays) ? holidays : []).flatMap((value: unknown, index) => {
    const id = idOf(value)
    if (id === undefined || ids.has(id)) return []
    const message = `"${id}" is not a holiday calendar of this workspace`
    const hint = didYouMean(id, ids) ?? 'add it under "holidays"'
    return [{ path: [...path, 'holidays', index], message, hint, rule: 'R40' }]
  })
  return [...clashes(exceptions, [...path, 'exceptions']), ...unknown]
}

/** Exceptions of the same specificity on one date; those that cannot be read have findings of their own. */
function clashes(list: unknown, path: Path): Finding[] {
  const readable = entriesOf(list).flatMap(({ value: raw, index }) => {
    const exception = readException(raw)
    return exception ? [{ exception, index }] : []
  })
  const exceptions = readable.map(({ exception }) => exception)
  return findClashes(exceptions).map(({ first, second }) => {
    const error = clashError(exceptions[first]!, exceptions[second]!)
    return {
      path: [...path, readable[second]!.index],
      message: error.message,
      hint: error.hint,
      rule: error.rule,
    }
  })
}

function readException(raw: Fields): HoursException | undefined {
  const label = { name: typeof raw.name === 'string' ? raw.name : undefined, ranges: [] }
  try {
    if (typeof raw.date === 'string') return { ...label, kind: 'date', date: parseDate(raw.date) }
    if (typeof raw.yearly === 'string') return { ...label, kind: 'yearly', ...parseYearlyDates(raw.yearly) }
    if (typeof raw.from === 'string' && typeof raw.to === 'string') {
      return { ...label, kind: 'dates', from: parseDate(raw.from), to: parseDate(raw.to) }
    }
  } catch {
    // The schema reports the date itself.
  }
  return undefined
}
