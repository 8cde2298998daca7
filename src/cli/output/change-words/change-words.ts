import { isOrderPath, type PathStep, parsePath } from '../../../api/contract/change-path.js'
import type { ChangeAnswer } from '../../../api/contract/operation.js'
import { fromEpochDay, parseDate } from '../../../domain/time/calendar-date.js'
import { coverTopicWords, shiftWords } from './duty.js'
import { agentWords, overrideWords, plannedModeWords, teamWords } from './people.js'
import { orderWords, playbookWords, ruleWords, targetChange } from './routing.js'
import { capitalized, type FieldChange, fieldWords, type Kind, type Names, plain, quoted, type Topic } from './topic.js'

/**
 * Changes as a person would tell them, one sentence for each thing that changed: `Sam Reed: available → away until
 * Fri 17:30, lunch`. Every path of the workspace document has its words here.
 */
export function changesInWords(changes: readonly ChangeAnswer[], names: Names): readonly string[] {
  const topics = new Map<string, Topic>()
  const hours = changes.flatMap(hoursOfTeam)
  for (const change of changes) {
    if (hoursOfTeam(change).length > 0) continue
    const steps = parsePath(change.path)
    const [kind, ids] = subjectOf(steps)
    const key = JSON.stringify(ids)
    const topic = topics.get(key) ?? { kind, id: ids.at(-1) ?? '', changes: [] }
    topics.set(key, topic)
    topic.changes.push({ ...change, field: steps.slice(ids.length).map(({ name }) => name) })
  }
  return [
    ...[...topics.values()].flatMap((topic) => WORDS[topic.kind](topic, names, [...topics.values()])),
    ...hours.flatMap(({ team, change }) => changesInWords([change], names).map((words) => `Team ${team}: ${words}`)),
  ]
}

/** Hours of a team are told as those of the workspace; all of them at once as what is in them. */
function hoursOfTeam(change: ChangeAnswer): { readonly team: string; readonly change: ChangeAnswer }[] {
  const path = /^teams\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]\.(hours.*)$/s.exec(change.path)?.[1]
  if (path === undefined) return []
  const team = parsePath(change.path)[1]!.name
  if (path !== 'hours') return [{ team, change: { ...change, path } }]
  const [before, after] = [partsOf(change.before), partsOf(change.after)]
  return [...new Set([...before.keys(), ...after.keys()])].map((part) => {
    const [was, is] = [before.get(part), after.get(part)]
    return {
      team,
      change: { path: part, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
    }
  })
}

interface HoursValue {
  readonly weekly?: object
  readonly exceptions?: readonly Readonly<Record<string, string>>[]
}

/** What hours hold, by its path. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> {
  const { weekly = {}, exceptions = [], ...others } = (value ?? {}) as HoursValue
  return new Map<string, unknown>([
    ...Object.entries(others).map(([name, part]) => [`hours.${name}`, part] as const),
    ...Object.entries(weekly).map(([day, part]) => [`hours.weekly.${day}`, part] as const),
    ...exceptions.map((part) => {
      const { date, yearly, from, to } = part
      return [`hours.exceptions[${date ?? yearly ?? `${from}..${to}`}]`, part] as const
    }),
  ])
}

/** One sentence for each thing that changed, by what it is. */
type Words = (topic: Topic, names: Names, topics: readonly Topic[]) => readonly string[]

const WORDS: Readonly<Record<Kind, Words>> = {
  agent: agentWords,
  team: teamWords,
  shift: shiftWords,
  cover: coverTopicWords,
  plannedMode: plannedModeWords,
  day: ({ id, changes }: Topic) => [fieldWords(`${capitalized(id)}:`, changes[0]!, dayWords)],
  exception: exceptionWords,
  holidays: holidayWords,
  override: overrideWords,
  rule: ruleWords,
  playbook: playbookWords,
  ruleOrder: orderWords('rule'),
  playbookOrder: orderWords('playbook'),
  teamOrder: orderWords('team'),
  shiftOrder: orderWords('shift'),
  coverOrder: (...asked) => (orderWords('cover')(...asked).length === 0 ? [] : ['Covers in another order']),
  default: ({ changes }: Topic, names: Names) => [`Everyone else: ${targetChange(changes, names)}`],
  token: ({ id, changes }: Topic) => [tokenWords(id, changes)],
  setting: settingWords,
}

/** The thing that a path is about, and the steps of the path that name it. */
function subjectOf(steps: readonly PathStep[]): [Kind, readonly string[]] {
  const names = steps.map(({ name }) => name)
  const [section, item] = names
  const deep = names.slice(0, 2)
  const deeper = names.slice(0, 3)
  if (section === 'agents') return ['agent', deep]
  if (section === 'tokens') return ['token', deep]
  if (section === 'teams') return [steps[1]?.isOrder ? 'teamOrder' : 'team', deep]
  if (section === 'playbooks') return [steps[1]?.isOrder ? 'playbookOrder' : 'playbook', deep]
  if (section === 'routing' && item === 'rules') return [steps[2]?.isOrder ? 'ruleOrder' : 'rule', deeper]
  if (section === 'routing' && item === 'default') return ['default', deep]
  if (section === 'duty' && item === 'shifts') return [steps[2]?.isOrder ? 'shiftOrder' : 'shift', deeper]
  if (section === 'duty' && item === 'covers') return [steps[2]?.isOrder ? 'coverOrder' : 'cover', deeper]
  if (section === 'widget' && item === 'planned') return ['plannedMode', deep]
  if (section === 'widget' && item === 'override') return ['override', deep]
  if (section === 'holidays') return ['holidays', steps[1]?.isOrder ? names : deep]
  if (section === 'hours' && item === 'weekly' && steps.length > 2) return ['day', deeper]
  if (section === 'hours' && item === 'exceptions' && steps.length > 2) return ['exception', deeper]
  return ['setting', names]
}

const SETTINGS: Readonly<Record<string, string>> = {
  name: 'Name of the workspace',
  plan: 'Plan',
  timeZone: 'Time zone',
  chatLimit: 'Chats at once',
  'widget.mode': 'Widget mode',
  'widget.display': 'Widget display',
  'widget.autoOffline': 'Auto-offline',
  'hours.timeZone': 'Time zone of the hours',
  'hours.holidays': 'Holidays of the hours',
  'greeting.online': 'Greeting while online',
  'greeting.offline': 'Greeting while offline',
}

function settingWords({ changes: [change] }: Topic): string[] {
  const { path } = change!
  const isText = path.startsWith('greeting.') || path === 'name'
  if (path === 'hours.holidays') return [holidaysOfHours(change!)]
  const value = isText ? quoted : path === 'widget.autoOffline' ? (on: unknown) => (on ? 'on' : 'off') : plain
  return [fieldWords(`${SETTINGS[path] ?? path}:`, change!, value)]
}

function exceptionWords({ id, changes }: Topic, names: Names): string[] {
  const dates = dateWords(id, names.year)
  return changes.map((change) => {
    if (change.field.length > 0) {
      return fieldWords(
        `${dates}:`,
        change,
        change.field[0] === 'hours' ? dayWords : (value) => `called ${plain(value)}`,
      )
    }
    const { name, hours } = (change.after ?? change.before) as { readonly name?: string; readonly hours: unknown }
    const day = name === undefined ? dates : `${name}, ${dates}`
    return `${day}: ${dayWords(hours)}${change.after === undefined ? ', removed' : ''}`
  })
}

/** Hours that name no calendar take all of them. */
function holidaysOfHours({ before, after }: FieldChange): string {
  const [was, is] = [before, after].map((named) => {
    if (named === undefined) return 'all'
    const ids = named as readonly string[]
    return ids.length === 0 ? 'none' : ids.join(', ')
  })
  return `${SETTINGS['hours.holidays']}: ${was} → ${is}`
}

/** Days of a calendar that are told one by one: a feed may bring those of ten years. */
const MAX_DAYS_TOLD = 5

function holidayWords({ id, changes }: Topic, names: Names): string[] {
  const label = `Holidays ${id}`
  const [first] = changes
  if (isOrderPath(first!.path)) return ['Holiday calendars in another order']
  if (first!.field.length === 0) return [calendarWords(label, first!)]
  const days = changes.filter(({ field }) => field[0] === 'days')
  const others = changes.filter(({ field }) => field[0] !== 'days')
  return [
    ...others.map((change) => fieldWords(`${label}: ${change.field[0]}`, change, plain)),
    ...(days.length > MAX_DAYS_TOLD
      ? [`${label}: ${countWords(days)}`]
      : days.flatMap((day) => dayOfCalendar(label, day, names))),
  ]
}

function calendarWords(label: string, { before, after }: FieldChange): string {
  const { days, source } = (after ?? before) as { readonly days: readonly unknown[]; readonly source?: string }
  const from = source === undefined ? '' : ` from ${source}`
  return `${label}: ${days.length} ${days.length === 1 ? 'day' : 'days'}${from}${after === undefined ? ', removed' : ''}`
}

/** `12 days added, 3 changed, 1 removed`. */
function countWords(changes: readonly FieldChange[]): string {
  const whole = changes.filter(({ field }) => field.length === 2)
  const [added, removed] = [
    whole.filter(({ before }) => before === undefined).length,
    whole.filter(({ after }) => after === undefined).length,
  ]
  const changed = new Set(changes.map(({ field }) => field[1])).size - added - removed
  const counts = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what], index) => `${count}${index === 0 ? (count === 1 ? ' day' : ' days') : ''} ${what}`)
    .join(', ')
}

function dayOfCalendar(label: string, change: FieldChange, names: Names): string[] {
  const [, dates = '', ...field] = change.field
  const topic = { kind: 'exception', id: dates, changes: [{ ...change, field }] } as const
  return exceptionWords({ ...topic, changes: [...topic.changes] }, names).map((words) => `${label}: ${words}`)
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `25 Dec`, `25-26 Dec`, `24 Dec-2 Jan 2027`, `every 25 Dec`, `every 24 Dec-2 Jan`; the year where it is another than this one. */
export function dateWords(dates: string, thisYear: number): string {
  if (/^\d\d-\d\d(?:\.\.|$)/.test(dates)) {
    const yearly = dates.split('..').map((date) => `${Number(date.slice(3))} ${MONTHS[Number(date.slice(0, 2)) - 1]}`)
    return `every ${yearly.join('-')}`
  }
  const [from, to = from] = dates.split('..').map((date) => fromEpochDay(parseDate(date)))
  const year = to!.year === thisYear ? '' : ` ${to!.year}`
  const last = `${to!.day} ${MONTHS[to!.month - 1]}${year}`
  if (from === to) return last
  if (from!.year !== to!.year) {
    return `${from!.day} ${MONTHS[from!.month - 1]}${from!.year === thisYear ? '' : ` ${from!.year}`}-${last}`
  }
  return from!.month === to!.month ? `${from!.day}-${last}` : `${from!.day} ${MONTHS[from!.month - 1]}-${last}`
}

function tokenWords(id: string, changes: readonly FieldChange[]): string {
  const [first] = changes
  if (first!.field.length === 0) return `Token ${id} ${first!.after === undefined ? 'removed' : 'made'}`
  const isRevoked = changes.some(({ field, after }) => field[0] === 'revokedAt' && after !== undefined)
  return isRevoked
    ? `Token ${id} revoked`
    : `Token ${id}: ${changes.map((each) => fieldWords(each.field.join('.'), each, plain)).join('; ')}`
}

const dayWords = (hours: unknown) => [hours].flat().join(', ')
