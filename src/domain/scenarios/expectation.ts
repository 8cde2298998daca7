import { compileFactCondition } from '../decision/conditions/conditions.js'
import type { Fact } from '../decision/conditions/facts.js'
import type { Path } from '../document/problem.js'
import type { ConditionDocument, OperatorsDocument } from '../document/schema.js'
import { type Clock, DECISION_PARTS, type Moment } from './decision-parts.js'
import { DECISION_SHAPE, type Part, type PartGroup, type PartName, type Shape } from './decision-shape.js'
import type { Expectation } from './expectation-schema.js'
import type { NamesOfWorkspace } from './scenario-names.js'

/** Where a decision is not as it was expected. */
export interface Difference {
  /** E.g. `widget.mode`. */
  readonly path: Path
  /** What was asked for, as it is written; absent with `never`. */
  readonly expected?: unknown
  /** What must not be, and is; absent with `expected`. */
  readonly never?: unknown
  /** What is there; null for nothing. Of a list at most five items. */
  readonly actual: unknown
}

/** An expectation, ready to be asked. */
export interface AskedDecision {
  readonly clocks: ReadonlySet<Clock>
  readonly holds: (moment: Moment) => boolean
  /** What differs; nothing where it holds. */
  readonly differences: (moment: Moment) => readonly Difference[]
  /** What it names, and what that is: how an expectation that must never hold does. */
  readonly told: (moment: Moment) => readonly Difference[]
}

/** Items of a list that are told. */
const MAX_TOLD_ITEMS = 5

/**
 * Compiles what a scenario expects: of a decision only the parts that are named are made.
 *
 * @param path where it stands, for what is wrong with it
 */
export function compileExpectation(expected: Expectation, path: Path, names: NamesOfWorkspace): AskedDecision {
  const clocks = new Set<Clock>()
  const node = compileParts(DECISION_SHAPE, expected, { path, names, clocks })
  const found = (add: Node<Moment>['differ']) => (moment: Moment) => {
    const differences: Difference[] = []
    add(moment, [], differences)
    return differences
  }
  return { clocks, holds: node.holds, differences: found(node.differ), told: found(node.tell) }
}

/** What is asked of one place. */
interface Node<Value = unknown> {
  readonly holds: (value: Value) => boolean
  readonly differ: (value: Value, path: Path, found: Difference[]) => void
  readonly tell: (value: Value, path: Path, found: Difference[]) => void
}

interface Compiling {
  /** Of the expectation. */
  readonly path: Path
  readonly names: NamesOfWorkspace
  readonly clocks: Set<Clock>
}

type Keys = Readonly<Record<string, unknown>>

function compileParts({ parts }: PartGroup, expected: Expectation, compiling: Compiling): Node<Moment> {
  const nodes = Object.entries(expected as Keys).map(([key, asked]): readonly [string, Node<Moment>] => [
    key,
    compilePart(parts[key]!, asked, { ...compiling, path: [...compiling.path, key] }),
  ])
  return allOf(nodes, (moment) => moment)
}

function compilePart(part: Part | PartGroup, expected: Expectation, compiling: Compiling): Node<Moment> {
  if (part.kind === 'group') return compileParts(part, expected, compiling)
  const { clocks, read } = DECISION_PARTS[part.name as PartName]
  for (const clock of clocks) compiling.clocks.add(clock)
  const node = compileShape(part.shape, expected, compiling)
  return {
    holds: (moment) => node.holds(read(moment)),
    differ: (moment, path, found) => node.differ(read(moment), path, found),
    tell: (moment, path, found) => node.tell(read(moment), path, found),
  }
}

function compileShape(shape: Shape, expected: Expectation, compiling: Compiling): Node {
  if (expected === null) return single(null, isNothing)
  if (shape.kind === 'list') return compileList(shape.of, expected, compiling)
  if (shape.kind !== 'mapping') return compileValue(shape, expected as ConditionDocument, compiling)
  const { exists, ...keys } = expected as Keys
  const nodes = Object.entries(keys).map(([key, asked]): readonly [string, Node] => [
    key,
    compileShape(shape.keys[key]!, asked, { ...compiling, path: [...compiling.path, key] }),
  ])
  const inner = allOf(nodes, (value, key) => (isNothing(value) ? undefined : (value as Keys)[key]))
  if (exists === undefined) return inner
  return both(
    single({ exists }, (value) => !isNothing(value) === exists),
    inner,
  )
}

function compileValue(
  { kind, names: named }: Exclude<Shape, { readonly kind: 'list' | 'mapping' }>,
  expected: ConditionDocument,
  { path, names }: Compiling,
): Node {
  const meant = kind === 'time' ? instantOf : named === undefined ? undefined : names.reader(named, path)
  const test = compileFactCondition(meant ? mapFacts(expected, meant) : expected)
  const toFact = kind === 'time' ? instantOf : (value: Fact) => value
  return single(expected, (value) => test(isNothing(value) ? undefined : toFact(value as Fact)))
}

/** A time as the instant that it is. */
function instantOf(text: Fact): number {
  return typeof text === 'number' ? text : Date.parse(String(text))
}

/** A condition with other facts in their places. */
function mapFacts(condition: ConditionDocument, meant: (fact: Fact) => Fact): ConditionDocument {
  if (typeof condition !== 'object') return meant(condition)
  const { eq, in: oneOf, not, gte, lte, ...others } = condition as OperatorsDocument
  return {
    ...others,
    ...(eq !== undefined && { eq: meant(eq) }),
    ...(oneOf && { in: oneOf.map(meant) }),
    ...(not !== undefined && { not: Array.isArray(not) ? not.map(meant) : meant(not as Fact) }),
    ...(gte !== undefined && { gte: Number(meant(gte)) }),
    ...(lte !== undefined && { lte: Number(meant(lte)) }),
  }
}

function compileList(of: Shape, expected: Expectation, compiling: Compiling): Node {
  if (Array.isArray(expected)) return compileItems(of, expected, compiling)
  const { some, every, none, count } = expected as Keys
  const item = (key: string, asked: unknown) =>
    compileShape(of, asked, { ...compiling, path: [...compiling.path, key] })
  const nodes: Node[] = []
  if (some !== undefined) nodes.push(quantified({ some }, item('some', some), someItem))
  if (every !== undefined) nodes.push(quantified({ every }, item('every', every), everyItem))
  if (none !== undefined) nodes.push(quantified({ none }, item('none', none), noItem))
  if (count !== undefined) {
    const test = compileFactCondition(count as ConditionDocument)
    nodes.push(single({ count }, (value) => test(itemsOf(value).length)))
  }
  return nodes.reduce(both)
}

interface Quantifier {
  readonly holds: (items: readonly unknown[], holds: (item: unknown) => boolean) => boolean
  /** The items that tell why it does not hold. */
  readonly telling: (items: readonly unknown[], holds: (item: unknown) => boolean) => readonly unknown[]
}

const someItem: Quantifier = { holds: (items, holds) => items.some(holds), telling: (items) => items }
const everyItem: Quantifier = {
  holds: (items, holds) => items.every(holds),
  telling: (items, holds) => items.filter((item) => !holds(item)),
}
const noItem: Quantifier = {
  holds: (items, holds) => !items.some(holds),
  telling: (items, holds) => items.filter(holds),
}

function quantified(expected: unknown, item: Node, { holds, telling }: Quantifier): Node {
  const test = (value: unknown) => holds(itemsOf(value), item.holds)
  return {
    holds: test,
    differ: (value, path, found) => {
      if (!test(value)) found.push({ path, expected, actual: shortList(telling(itemsOf(value), item.holds)) })
    },
    tell: (value, path, found) => found.push({ path, never: expected, actual: shortList(itemsOf(value)) }),
  }
}

/** The same items in order, each in part. */
function compileItems(of: Shape, expected: readonly unknown[], compiling: Compiling): Node {
  const nodes = expected.map((asked, index) =>
    compileShape(of, asked, { ...compiling, path: [...compiling.path, index] }),
  )
  const isAsLong = (value: unknown) => itemsOf(value).length === nodes.length
  return {
    holds: (value) => isAsLong(value) && nodes.every((node, index) => node.holds(itemsOf(value)[index])),
    differ: (value, path, found) => {
      if (!isAsLong(value)) found.push({ path, expected, actual: shortList(itemsOf(value)) })
      else for (const [index, node] of nodes.entries()) node.differ(itemsOf(value)[index], [...path, index], found)
    },
    tell: (value, path, found) => found.push({ path, never: expected, actual: shortList(itemsOf(value)) }),
  }
}

/** One test, told as a whole. */
function single(expected: unknown, holds: (value: unknown) => boolean): Node {
  return {
    holds,
    differ: (value, path, found) => {
      if (!holds(value)) found.push({ path, expected, actual: shown(value) })
    },
    tell: (value, path, found) => found.push({ path, never: expected, actual: shown(value) }),
  }
}

function allOf<Value>(
  nodes: readonly (readonly [key: string, node: Node<Value>])[],
  at: (value: Value, key: string) => Value,
): Node<Value> {
  return {
    holds: (value) => nodes.every(([key, node]) => node.holds(at(value, key))),
    differ: (value, path, found) => {
      for (const [key, node] of nodes) node.differ(at(value, key), [...path, key], found)
    },
    tell: (value, path, found) => {
      for (const [key, node] of nodes) node.tell(at(value, key), [...path, key], found)
    },
  }
}

function both(one: Node, other: Node): Node {
  return {
    holds: (value) => one.holds(value) && other.holds(value),
    differ: (value, path, found) => {
      one.differ(value, path, found)
      other.differ(value, path, found)
    },
    tell: (value, path, found) => {
      one.tell(value, path, found)
      other.tell(value, path, found)
    },
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function shown(value: unknown): unknown {
  return Array.isArray(value) ? shortList(value) : (value ?? null)
}

function shortList(items: readonly unknown[]): readonly unknown[] {
  return items.slice(0, MAX_TOLD_ITEMS)
}
