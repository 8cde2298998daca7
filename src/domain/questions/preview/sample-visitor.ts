import type { Workspace } from '../../decision/compile-workspace.js'
import { compileConditions, compilePages } from '../../decision/conditions/conditions.js'
import { type Fact, type VisitorFacts, visitorOf } from '../../decision/conditions/facts.js'
import type { ConditionDocument, ConditionsDocument } from '../../document/schema.js'

/** Whom a rule or a playbook is for. */
export interface Targeting {
  /** Patterns of pages. */
  readonly url?: readonly string[] | undefined
  readonly visitor?: ConditionsDocument | undefined
}

/**
 * A visitor for whom some rules or playbooks are meant: every condition of them all holds.
 * @returns undefined where none is found: conditions may contradict each other, or ask for more than a value
 * @example sampleVisitor({ visitor: { plan: 'gold', 'company.size': { gte: 500 } } })
 */
export function sampleVisitor(...targetings: readonly Targeting[]): VisitorFacts | undefined {
  // Where two ask for a value of the same fact, that of either may do for both.
  return factsFor(targetings) ?? (targetings.length > 1 ? factsFor(targetings.toReversed()) : undefined)
}

function factsFor(targetings: readonly Targeting[]): VisitorFacts | undefined {
  const asked = targetings.flatMap(({ visitor = {} }) => Object.entries(visitor))
  const attributes = asked.flatMap(([name, condition]) => {
    const fact = factFor(condition)
    return fact === undefined ? [] : [[name, fact] as const]
  })
  const pattern = targetings.findLast(({ url }) => url)?.url?.[0]
  const page = pattern?.replaceAll('*', '')
  const facts = {
    ...(page !== undefined && { url: page === '' ? '/' : page }),
    attributes: Object.fromEntries(attributes) as Record<string, Fact>,
  }
  try {
    const visitor = visitorOf(facts)
    const isMeant = ({ url, visitor: conditions }: Targeting) =>
      compilePages(url)(visitor) && compileConditions(conditions)(visitor)
    return targetings.every(isMeant) ? facts : undefined
  } catch {
    // A pattern that is cut at its stars is not always an address.
    return undefined
  }
}

/** A value for which a condition may hold: whether it does is tried. */
function factFor(condition: ConditionDocument): Fact | undefined {
  if (typeof condition !== 'object') return condition
  const { eq, in: some, gte, lte, exists, contains } = condition
  const [first] = [eq, some?.[0], gte, lte].filter((value) => value !== undefined)
  return first ?? contains ?? (exists ? true : undefined)
}

interface Targeted extends Targeting {
  readonly id: string
  /** Everything that it says. */
  readonly text: string
}

/**
 * Whose visitors may see a change between two workspaces: each rule and playbook, those that changed first. Who meets two
 * of them sees the one that comes first: so each two as well of which one changed, or whose order did.
 */
export function* targetingsToTry(before: Workspace, after: Workspace): Generator<readonly Targeting[]> {
  const lists = [rulesOf, playbooksOf].map((listOf) => [listOf(before), listOf(after)] as const)
  for (const [was, is] of lists) yield* differing(was, is)
  for (const targeted of lists.flat(2)) yield [targeted]
}

function rulesOf({ document }: Workspace): readonly Targeted[] {
  return document.routing.rules.map((rule) => ({ id: rule.id, text: JSON.stringify(rule), visitor: rule.when }))
}

function playbooksOf({ document }: Workspace): readonly Targeted[] {
  return document.playbooks.map((playbook) => ({
    id: playbook.id,
    text: JSON.stringify(playbook),
    ...playbook.target,
  }))
}

/** Each item that is not as it was, and each two of which one is not, or that changed places. */
function* differing(before: readonly Targeted[], after: readonly Targeted[]): Generator<readonly Targeted[]> {
  const known = new Map(before.map((item, place) => [item.id, { text: item.text, place }]))
  const isKept = new Set(after.map(({ id }) => id))
  // What is gone stood before some that are there.
  const items = [...after, ...before.filter(({ id }) => !isKept.has(id))]
  const isOther = items.map(({ id, text }) => known.get(id)?.text !== text)
  const places = items.map(({ id }) => known.get(id)?.place ?? -1)
  for (const [index, item] of items.entries()) if (isOther[index] || !isKept.has(item.id)) yield [item]
  for (let first = 0; first < after.length; first++) {
    for (let second = first + 1; second < items.length; second++) {
      const isSwapped = places[first]! > places[second]! && places[second]! >= 0
      if (isOther[first] || isOther[second] || isSwapped) yield [items[first]!, items[second]!]
    }
  }
}
