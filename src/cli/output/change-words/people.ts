import type { ChangeAnswer } from '../../../api/contract/operation.js'
import { type FieldChange, fieldWords, listed, type Names, plain, type Topic } from './topic.js'

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

export function agentWords({ id, changes }: Topic, names: Names): string[] {
  const [first] = changes
  if (first!.field.length === 0) {
    const { before, after } = first as ChangeAnswer & Record<'before' | 'after', AgentValue | undefined>
    if (!after) return [`${before?.name ?? names.agent(id)} removed`]
    const { role, bot, ...state } = after
    const kind = bot ? 'bot' : role === 'admin' ? 'admin' : 'agent'
    return [`${after.name ?? id} added: ${kind}${bot ? '' : `, ${stateWords(state, names, 'available')}`}`]
  }
  const part = (name: string) => changes.find(({ field }) => field[0] === name)
  const states = ['status', 'until', 'note', 'afterwards', 'planned'].flatMap((name) =>
    changes.filter(({ field }) => field[0] === name),
  )
  const settings = changes.filter((change) => !states.includes(change))
  const sentences = [
    ...(states.some(({ field }) => field[0] !== 'planned') ? [statusWords(part, names)] : []),
    ...states.filter(({ field }) => field[0] === 'planned').flatMap((change) => plannedWords(change, names)),
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

function policyWord(status: unknown): string {
  return status === 'automatic' ? 'as on duty' : plain(status ?? 'available')
}

/** `available → away until Fri 17:30, lunch`; what did not change is not known here. */
function statusWords(part: (name: string) => FieldChange | undefined, names: Names): string {
  const [status, until, note, afterwards] = ['status', 'until', 'note', 'afterwards'].map(part)
  const end = until && (until.after === undefined ? 'without an end' : `until ${names.time(until.after as string)}`)
  const change = status ? `${policyWord(status.before)} → ${policyWord(status.after)}` : ''
  const isPlainBack = status !== undefined && until?.after === undefined
  const said = [change, isPlainBack ? '' : (end ?? '')].filter((text) => text !== '').join(' ')
  const why = note?.after === undefined ? (note && !status ? 'without its note' : '') : plain(note.after)
  return [said, why, afterwardsWords(afterwards?.after, names)].filter((text) => text !== '').join(', ')
}

function stateWords({ status, mode, until, note, afterwards }: AgentValue, names: Names, usual = ''): string {
  const end = until === undefined ? '' : ` until ${names.time(until)}`
  const after = afterwardsWords(afterwards, names)
  return `${status === undefined ? (mode ?? usual) : policyWord(status)}${end}${after && ` ${after}`}${note ? `, ${note}` : ''}`
}

function afterwardsWords(states: unknown, names: Names): string {
  return ((states ?? []) as readonly State[]).map((state) => `then ${stateWords(state, names)}`).join(', ')
}

interface PlannedState extends State {
  readonly from: string
}

/** `planned: away from Thu 24 Dec to Sat 2 Jan, vacation`; the whole list is told as its items. */
function plannedWords({ before, after }: ChangeAnswer, names: Names): string[] {
  const [was, is] = [before, after].map((value) => [value ?? []].flat()) as unknown as [
    readonly PlannedState[],
    readonly PlannedState[],
  ]
  const isIn = (states: readonly PlannedState[], state: PlannedState) =>
    states.some((other) => JSON.stringify(other) === JSON.stringify(state))
  const say = ({ status, mode, from, until, note }: PlannedState) =>
    `${status ?? mode} from ${names.time(from)} to ${names.time(until!)}${note ? `, ${note}` : ''}`
  return [
    ...is.filter((state) => !isIn(was, state)).map((state) => `planned ${say(state)}`),
    ...was.filter((state) => !isIn(is, state)).map((state) => `no longer planned ${say(state)}`),
  ]
}

export function plannedModeWords({ changes }: Topic, names: Names): string[] {
  return changes.flatMap((change) => plannedWords(change, names)).map((words) => `Widget ${words}`)
}

export function overrideWords({ changes }: Topic, names: Names): string[] {
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

export function teamWords({ id, changes }: Topic, names: Names): string[] {
  const people = (ids: readonly string[]) => (ids.length === 0 ? 'nobody' : listed(ids.map((who) => names.agent(who))))
  return changes.map((change) => {
    const { before, after } = change as { before?: unknown; after?: unknown }
    if (change.field.length === 0) {
      if (after === undefined) return `Team ${id} removed`
      return `Team ${id} added: ${people((after as TeamValue).members ?? [])}`
    }
    if (change.field[0] !== 'members')
      return `Team ${id}: ${fieldWords(change.field[0] === 'autoOffline' ? 'auto-offline' : change.field[0]!, change, plain)}`
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
