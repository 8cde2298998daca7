import { type PathStep, parsePath } from '../../api/contract/change-path.js'
import type { ChangeAnswer } from '../../api/contract/operation.js'
import { fromEpochDay, parseDate } from '../../domain/time/calendar-date.js'
import { describeConditions, describeTarget } from './condition-words.js'

/** How ids and times are said. */
export interface Names {
  /** The name of an agent, or the id where there is none. */
  agent(id: string): string
  /** A time as people near it say it: `Fri 17:30`. */
  time(iso: string): string
  /** The year in which dates are said without theirs. */
  readonly year: number
}

/**
 * Changes as a person would tell them, one sentence for each thing that changed: `Sam Reed: available → away until
 * Fri 17:30, lunch`. Every path of the workspace document has its words here.
 */
export function changesInWords(changes: readonly ChangeAnswer[], names: Names): readonly string[] {
  const topics = new Map<string, Topic>()
  for (const change of changes) {
    const steps = parsePath(change.path)
    const [kind, ids] = subjectOf(steps)
    const key = JSON.stringify(ids)
    const topic = topics.get(key) ?? { kind, id: ids.at(-1) ?? '', changes: [] }
    topics.set(key, topic)
    topic.changes.push({ ...change, field: steps.slice(ids.length).map(({ name }) => name) })
  }
  return [...topics.values()].flatMap((topic) => WORDS[topic.kind](topic, names, [...topics.values()]))
}

type Kind = keyof typeof WORDS

/** What changed of one thing: an agent, a rule, a day, a setting. */
interface Topic {
  readonly kind: Kind
  readonly id: string
  readonly changes: FieldChange[]
}

/** A change within its topic; no field is the whole of it. */
interface FieldChange extends ChangeAnswer {
  readonly field: readonly string[]
}

const WORDS = {
  agent: agentWords,
  team: teamWords,
  day: ({ id, changes }: Topic) => [fieldWords(`${capitalized(id)}:`, changes[0]!, dayWords)],
  exception: exceptionWords,
  override: overrideWords,
  rule: ruleWords,
  playbook: playbookWords,
  ruleOrder: orderWords('rule'),
  playbookOrder: orderWords('playbook'),
  teamOrder: orderWords('team'),
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
  if (section === 'widget' && item === 'override') return ['override', deep]
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
  'greeting.online': 'Greeting while online',
  'greeting.offline': 'Greeting while offline',
}

function settingWords({ changes: [change] }: Topic): string[] {
  const { path } = change!
  const isText = path.startsWith('greeting.') || path === 'name'
  const value = isText ? quoted : path === 'widget.autoOffline' ? (on: unknown) => (on ? 'on' : 'off') : plain
  return [fieldWords(`${SETTINGS[path] ?? path}:`, change!, value)]
}

const AGENT_FIELDS: Readonly<Record<string, string>> = {
  email: 'email',
  name: 'name',
  role: 'role',
  avatar: 'picture',
  timeZone: 'time zone',
  chatLimit: 'chats at once',
  bot: 'bot',
  disabled: 'disabled',
}

interface State {
  readonly status?: string
  readonly mode?: string
  readonly until?: string
  readonly note?: string
}

function agentWords({ id, changes }: Topic, names: Names): string[] {
  const [first] = changes
  if (first!.field.length === 0) {
    const { before, after } = first as ChangeAnswer & Record<'before' | 'after', AgentValue | undefined>
    if (!after) return [`${before?.name ?? names.agent(id)} removed`]
    const { role, bot, ...state } = after
    const kind = bot ? 'bot' : role === 'admin' ? 'admin' : 'agent'
    return [`${after.name ?? id} added: ${kind}${bot ? '' : `, ${stateWords(state, names, 'available')}`}`]
  }
  const part = (name: string) => changes.find(({ field }) => field[0] === name)
  const states = ['status', 'until', 'note', 'afterwards'].flatMap((name) => part(name) ?? [])
  const settings = changes.filter((change) => !states.includes(change))
  const sentences = [
    ...(states.length > 0 ? [statusWords(part, names)] : []),
    ...settings.map((change) => fieldWords(AGENT_FIELDS[change.field[0]!] ?? change.field.join('.'), change, plain)),
  ]
  return [`${names.agent(id)}: ${sentences.join('; ')}`]
}

interface AgentValue extends State {
  readonly name?: string
  readonly role?: string
  readonly bot?: boolean
  readonly afterwards?: readonly State[]
}

/** `available → away until Fri 17:30, lunch`; what did not change is not known here. */
function statusWords(part: (name: string) => FieldChange | undefined, names: Names): string {
  const [status, until, note, afterwards] = ['status', 'until', 'note', 'afterwards'].map(part)
  const end = until && (until.after === undefined ? 'without an end' : `until ${names.time(until.after as string)}`)
  const change = status ? `${plain(status.before ?? 'available')} → ${plain(status.after ?? 'available')}` : ''
  const isPlainBack = status !== undefined && until?.after === undefined
  const said = [change, isPlainBack ? '' : (end ?? '')].filter((text) => text !== '').join(' ')
  const why = note?.after === undefined ? (note && !status ? 'without its note' : '') : plain(note.after)
  return [said, why, afterwardsWords(afterwards?.after, names)].filter((text) => text !== '').join(', ')
}

function stateWords({ status, mode, until, note, afterwards }: AgentValue, names: Names, usual = ''): string {
  const end = until === undefined ? '' : ` until ${names.time(until)}`
  const after = afterwardsWords(afterwards, names)
  return `${status ?? mode ?? usual}${end}${after && ` ${after}`}${note ? `, ${note}` : ''}`
}

function afterwardsWords(states: unknown, names: Names): string {
  return ((states ?? []) as readonly State[]).map((state) => `then ${stateWords(state, names)}`).join(', ')
}

function overrideWords({ changes }: Topic, names: Names): string[] {
  const [first] = changes
  if (first!.field.length === 0) {
    const said = (value: unknown) => stateWords(value as AgentValue, names)
    if (first!.after === undefined) return [`Widget no longer ${said(first!.before)} by hand`]
    return [`Widget ${said(first!.after)}, by hand`]
  }
  const part = (name: string) => changes.find(({ field }) => field[0] === name)
  const [mode, until, afterwards] = ['mode', 'until', 'afterwards'].map(part)
  const end = until && (until.after === undefined ? 'without an end' : `until ${names.time(until.after as string)}`)
  const words = [mode ? `${plain(mode.before)} → ${plain(mode.after)}` : '', end ?? '']
  return [
    `Widget by hand: ${[...words, afterwardsWords(afterwards?.after, names)].filter((text) => text !== '').join(' ')}`,
  ]
}

interface TeamValue {
  readonly name?: string
  readonly members?: readonly string[]
}

function teamWords({ id, changes }: Topic, names: Names): string[] {
  const people = (ids: readonly string[]) => (ids.length === 0 ? 'nobody' : listed(ids.map((who) => names.agent(who))))
  return changes.map((change) => {
    const { before, after } = change as { before?: unknown; after?: unknown }
    if (change.field.length === 0) {
      if (after === undefined) return `Team ${id} removed`
      return `Team ${id} added: ${people((after as TeamValue).members ?? [])}`
    }
    if (change.field[0] !== 'members') return `Team ${id}: ${fieldWords(change.field.join('.'), change, plain)}`
    const [from, to] = [before ?? [], after ?? []] as [readonly string[], readonly string[]]
    const joined = to.filter((who) => !from.includes(who))
    const left = from.filter((who) => !to.includes(who))
    const moves = [
      ...(joined.length > 0 ? [`${people(joined)} joined`] : []),
      ...(left.length > 0 ? [`${people(left)} left`] : []),
    ]
    return `Team ${id}: ${moves.length > 0 ? moves.join(', ') : `in the order ${people(to)}`}`
  })
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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `25 Dec`, `25-26 Dec`, `24 Dec-2 Jan 2027`, `every 25 Dec`; the year where it is another than this one. */
export function dateWords(dates: string, thisYear: number): string {
  if (/^\d\d-\d\d$/.test(dates)) return `every ${Number(dates.slice(3))} ${MONTHS[Number(dates.slice(0, 2)) - 1]}`
  const [from, to = from] = dates.split('..').map((date) => fromEpochDay(parseDate(date)))
  const year = to!.year === thisYear ? '' : ` ${to!.year}`
  const last = `${to!.day} ${MONTHS[to!.month - 1]}${year}`
  if (from === to) return last
  if (from!.year !== to!.year) {
    return `${from!.day} ${MONTHS[from!.month - 1]}${from!.year === thisYear ? '' : ` ${from!.year}`}-${last}`
  }
  return from!.month === to!.month ? `${from!.day}-${last}` : `${from!.day} ${MONTHS[from!.month - 1]}-${last}`
}

interface RuleValue {
  readonly name?: string
  readonly when?: Readonly<Record<string, unknown>>
  readonly to: unknown
}

function ruleWords({ id, changes }: Topic, names: Names, topics: readonly Topic[]): string[] {
  const [first] = changes
  if (first!.field.length === 0) {
    if (first!.after === undefined) return [`Rule ${id} removed`]
    const { when, to } = first!.after as RuleValue
    const who = when ? describeConditions(when) : 'everyone'
    return [`Rule ${id} added${placeOf(id, 'ruleOrder', topics)}: ${who} → ${targetWords(to, names)}`]
  }
  const sentences = changes.flatMap((change) => {
    const [field, attribute] = change.field
    if (field === 'to') return []
    return [field === 'when' ? conditionChange(change, attribute) : fieldWords(field!, change, plain)]
  })
  const targets = changes.filter(({ field }) => field[0] === 'to')
  const to = targets.length > 0 ? [targetChange(targets, names)] : []
  return [`Rule ${id}: ${[...sentences, ...to].join('; ')}`]
}

/** What a target was and is: of a target of the same kind, only what changed in it is known. */
function targetChange(changes: readonly FieldChange[], names: Names): string {
  const side = (name: 'before' | 'after') => {
    const parts = changes.flatMap((change) => {
      const value = change[name]
      const key = change.field.findLast((step) => step !== 'to' && step !== 'route' && step !== 'goal')
      if (value === undefined) return []
      return key === undefined ? [(value as { to?: unknown }).to ?? value] : [{ [key]: value }]
    })
    if (parts.length === 1 && typeof parts[0] !== 'object') return parts[0]
    return parts.length === 0 ? undefined : Object.assign({}, ...parts)
  }
  const [before, after] = [side('before'), side('after')]
  const isWhole = (target: unknown) =>
    typeof target === 'string' || ['agent', 'team', 'round-robin'].some((key) => key in (target as object))
  const words = (target: unknown) =>
    target === undefined
      ? 'nobody'
      : isWhole(target)
        ? targetWords(target, names)
        : `the same, ${plain(Object.values(target as object))}`
  if (before === undefined || after === undefined || isWhole(before) !== isWhole(after)) return `→ ${words(after)}`
  return `${words(before)} → ${words(after)}`
}

/** A condition that came, went or became another one. */
function conditionChange({ before, after, field }: FieldChange, attribute: string | undefined): string {
  const operator = field[2]
  const said = (value: unknown) => {
    const condition = operator === undefined ? value : { [operator]: value }
    return describeConditions((attribute === undefined ? value : { [attribute]: condition }) as object)
  }
  if (before === undefined) return `now asks ${said(after)}`
  if (after === undefined) return `no longer asks ${said(before)}`
  return `${said(before)} → ${said(after)}`
}

interface PlaybookValue {
  readonly type?: string
  readonly when?: string
  readonly enabled?: boolean
}

function playbookWords({ id, changes }: Topic, names: Names, topics: readonly Topic[]): string[] {
  const [first] = changes
  if (first!.field.length === 0) {
    if (first!.after === undefined) return [`Playbook ${id} removed`]
    const { type = 'playbook', when = 'always', enabled } = first!.after as PlaybookValue
    return [`Playbook ${id} added${placeOf(id, 'playbookOrder', topics)}: ${type}, ${when}, ${enabled ? 'on' : 'off'}`]
  }
  const [targets, others] = [true, false].map((isTarget) =>
    changes.flatMap(parts).filter(({ field }) => field.join('.').startsWith('goal.route.to') === isTarget),
  )
  const sentences = others!.map((change) => {
    const path = change.field.join('.')
    if (path === 'enabled') return change.after ? 'turned on' : 'turned off'
    if (path === 'message') return fieldWords('text', change, quoted)
    if (path === 'goal.calendar') return change.after ? 'offers a calendar' : 'offers no calendar'
    if (path.startsWith('target.visitor'))
      return conditionChange({ ...change, field: change.field.slice(1) }, change.field[2])
    return fieldWords(path === 'target.url' ? 'pages' : path, change, plain)
  })
  const to = targets!.length > 0 ? [targetChange(targets!, names)] : []
  return [`Playbook ${id}: ${[...sentences, ...to].join('; ')}`]
}

/** A target or a goal that came or went as a whole, field by field. */
function parts(change: FieldChange): FieldChange[] {
  const { path, field } = change
  if (!['target', 'goal', 'goal.route'].includes(field.join('.'))) return [change]
  const [before, after] = [change.before, change.after] as Readonly<Record<string, unknown>>[]
  return Object.keys({ ...before, ...after }).flatMap((key) =>
    parts({ path, field: [...field, key], before: before?.[key], after: after?.[key] }),
  )
}

/** A list in another order, unless it is only that something was added to it in its place. */
function orderWords(noun: 'rule' | 'playbook' | 'team') {
  return ({ changes: [change] }: Topic, _names: Names, topics: readonly Topic[]): string[] => {
    const [before, after] = [change!.before, change!.after] as [readonly string[], readonly string[]]
    const added = new Set(topics.filter(({ kind, changes }) => kind === noun && isAdded(changes)).map(({ id }) => id))
    const kept = after.filter((id) => !added.has(id))
    const old = before.filter((id) => kept.includes(id))
    if (kept.every((id, index) => id === old[index])) return []
    const moved = kept.filter((id) => isSameList(without(old, id), without(kept, id)))
    if (moved.length === 0) return [`${capitalized(noun)}s in the order ${kept.join(', ')}`]
    const [id] = moved
    return [`${capitalized(noun)} ${id} moved ${beforeWords(kept, id!)}`]
  }
}

const without = (list: readonly string[], id: string) => list.filter((each) => each !== id)
const isSameList = (a: readonly string[], b: readonly string[]) => a.every((id, index) => id === b[index])
const isAdded = ([first]: readonly FieldChange[]) => first!.field.length === 0 && first!.before === undefined

function beforeWords(list: readonly string[], id: string): string {
  const next = list[list.indexOf(id) + 1]
  return next === undefined ? 'to the end' : `before ${next}`
}

/** ` before enterprise`, where an added item is not the last one. */
function placeOf(id: string, kind: Kind, topics: readonly Topic[]): string {
  const order = topics.find((topic) => topic.kind === kind)?.changes[0]?.after as readonly string[] | undefined
  return order ? ` ${beforeWords(order, id)}` : ''
}

function tokenWords(id: string, changes: readonly FieldChange[]): string {
  const [first] = changes
  if (first!.field.length === 0) return `Token ${id} ${first!.after === undefined ? 'removed' : 'made'}`
  const isRevoked = changes.some(({ field, after }) => field[0] === 'revokedAt' && after !== undefined)
  return isRevoked
    ? `Token ${id} revoked`
    : `Token ${id}: ${changes.map((each) => fieldWords(each.field.join('.'), each, plain)).join('; ')}`
}

function targetWords(target: unknown, names: Names): string {
  return describeTarget(target as never, (id) => names.agent(id))
}

/** `Plan: free → pro`; of what was not set, only what it is. */
function fieldWords(label: string, { before, after }: ChangeAnswer, say: (value: unknown) => string): string {
  const now = after === undefined ? 'not set' : say(after)
  return `${label} ${before === undefined ? now : `${say(before)} → ${now}`}`
}

const dayWords = (hours: unknown) => [hours].flat().join(', ')
const quoted = (text: unknown) => `“${text}”`
const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function plain(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** `Ana, Kofi and Sam`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
