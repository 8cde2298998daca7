import { childPath, itemPath, ORDER, type PathStep } from '../../api/contract/change-path.js'
import { isEqual, isFields, itemName, own } from '../../domain/document/items.js'
import type { Change } from '../store/store.js'

type Items = ReadonlyMap<string, unknown>

/** The list that is left out when nothing is in it: its first item is a change of its own all the same. */
const LEFT_OUT = 'planned'

/**
 * The smallest changes that turn one value into another, by path. Lists whose items have a name
 * of their own (an id, a date) are compared by name; other lists are one value.
 */
export function diff(path: string, before: unknown, after: unknown): Change[] {
  if (isEqual(before, after)) return []
  if (isFields(before) && isFields(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => diff(childPath(path, key), own(before, key), own(after, key)))
  }
  const isList = path.endsWith(`.${LEFT_OUT}`)
  const named = isList ? nameItems(before ?? [], after ?? []) : nameItems(before, after)
  if (named) {
    const [from, to] = named
    const names = [...new Set([...from.keys(), ...to.keys()])]
    const changes = names.flatMap((name) => diff(itemPath(path, name), from.get(name), to.get(name)))
    return [...changes, ...diffOrder(path, from, to)]
  }
  return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
}

/**
 * The order of a list, where it says more than its items do: undoing and redoing item by item adds
 * at the end. Exceptions have no order of their own: their dates
 * decide; of covers the later holds.
 */
function diffOrder(path: string, from: Items, to: Items): Change[] {
  const isOrdered = [...from.values(), ...to.values()].every(
    (item) => isFields(item) && (item.id ?? item.instead) !== undefined,
  )
  const isPlain = isEqual(itemByItem(from, to), [...to.keys()]) && isEqual(itemByItem(to, from), [...from.keys()])
  if (!isOrdered || isPlain) return []
  return [{ path: itemPath(path, ORDER), before: [...from.keys()], after: [...to.keys()] }]
}

/** The names in the order that removing and appending gives. */
function itemByItem(from: Items, to: Items): string[] {
  return [...[...from.keys()].filter((name) => to.has(name)), ...[...to.keys()].filter((name) => !from.has(name))]
}

/** Whether the order of a list is as a change left it, whatever was added or removed since. */
export function isSameOrder(current: unknown, wanted: unknown): boolean {
  const [a, b] = [current as readonly string[], wanted as readonly string[]]
  return isEqual(
    a.filter((name) => b.includes(name)),
    b.filter((name) => a.includes(name)),
  )
}

/** The value at `path` with its changes undone or made: the inverse of {@link diff} for one change. */
export function patch(value: unknown, steps: readonly PathStep[], replacement: unknown): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return replacement
  if (Array.isArray(value)) return patchItem(value, step, rest, replacement)
  const { [step.name]: _, ...others } = isFields(value) ? value : {}
  const missing = step.name === LEFT_OUT && rest.length > 0 ? [] : undefined
  const patched = patch((isFields(value) ? own(value, step.name) : undefined) ?? missing, rest, replacement)
  return patched === undefined ? others : { ...others, [step.name]: patched }
}

/** The value at a path, or undefined. */
export function valueAt(value: unknown, steps: readonly PathStep[]): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (Array.isArray(value)) {
    if (step.isOrder) return value.map(itemName)
    return valueAt(
      value.find((item) => itemName(item) === step.name),
      rest,
    )
  }
  return isFields(value) && Object.hasOwn(value, step.name) ? valueAt(value[step.name], rest) : undefined
}

function patchItem(
  items: readonly unknown[],
  step: PathStep,
  rest: readonly PathStep[],
  replacement: unknown,
): unknown[] {
  if (step.isOrder) {
    const order = replacement as readonly string[]
    const rank = (item: unknown) => (order.includes(itemName(item)!) ? order.indexOf(itemName(item)!) : order.length)
    return [...items].sort((a, b) => rank(a) - rank(b))
  }
  const index = items.findIndex((item) => itemName(item) === step.name)
  const patched = patch(index === -1 ? undefined : items[index], rest, replacement)
  if (patched === undefined) return items.filter((_, position) => position !== index)
  return index === -1 ? [...items, patched] : items.with(index, patched)
}

/** Both lists by the names of their items, when every item has one of its own. */
function nameItems(before: unknown, after: unknown): [Map<string, unknown>, Map<string, unknown>] | undefined {
  if (!Array.isArray(before) || !Array.isArray(after)) return undefined
  const [from, to] = [byName(before), byName(after)]
  return from && to ? [from, to] : undefined
}

function byName(items: readonly unknown[]): Map<string, unknown> | undefined {
  const named = new Map(
    items.flatMap((item) => (itemName(item) === undefined ? [] : [[itemName(item)!, item] as const])),
  )
  return named.size === items.length ? named : undefined
}
