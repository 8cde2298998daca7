import { describeConditions, describeTarget } from '../condition-words.js'
import { capitalized, type FieldChange, fieldWords, type Kind, type Names, plain, quoted, type Topic } from './topic.js'

interface RuleValue {
  readonly name?: string
  readonly when?: Readonly<Record<string, unknown>>
  readonly to: unknown
}

export function ruleWords({ id, changes }: Topic, names: Names, topics: readonly Topic[]): string[] {
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
export function targetChange(changes: readonly FieldChange[], names: Names): string {
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

export function playbookWords({ id, changes }: Topic, names: Names, topics: readonly Topic[]): string[] {
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
export function orderWords(noun: 'rule' | 'playbook' | 'team' | 'shift' | 'cover') {
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

function targetWords(target: unknown, names: Names): string {
  return describeTarget(target as never, (id) => names.agent(id))
}
