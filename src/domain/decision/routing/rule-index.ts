import type { ConditionsDocument } from '../../document/schema.js'
import type { Predicate } from '../conditions/conditions.js'
import { factOf, PAGE_FACT, type Visitor } from '../conditions/facts.js'

interface Matching {
  readonly matches: Predicate
}

interface Conditional {
  readonly when?: ConditionsDocument | undefined
}

/**
 * Finds the next rule that matches a visitor. Rules that ask for given values of an attribute are
 * found by the visitor's value, so the cost does not grow with the rules that ask for others.
 */
export class RuleIndex {
  readonly #rules: readonly Matching[]
  readonly #byValue = new Map<string, Map<string, number[]>>()
  readonly #others: number[] = []

  constructor(rules: readonly Matching[], documents: readonly Conditional[]) {
    this.#rules = rules
    rules.forEach((_, position) => {
      const key = keyOf(documents[position]?.when)
      if (!key) {
        this.#others.push(position)
        return
      }
      const byValue = this.#byValue.get(key.attribute) ?? new Map<string, number[]>()
      this.#byValue.set(key.attribute, byValue)
      for (const value of new Set(key.values)) {
        const positions = byValue.get(value)
        if (positions) positions.push(position)
        else byValue.set(value, [position])
      }
    })
  }

  /** The position of the first matching rule at or after one; the number of rules when there is none. */
  next(visitor: Visitor, from: number): number {
    let next = this.#search(this.#others, visitor, from, this.#rules.length)
    for (const [attribute, byValue] of this.#byValue) {
      const fact = factOf(visitor, attribute)
      const positions = fact === undefined ? undefined : byValue.get(String(fact))
      if (positions) next = this.#search(positions, visitor, from, next)
    }
    return next
  }

  #search(positions: readonly number[], visitor: Visitor, from: number, before: number): number {
    for (const position of positions) {
      if (position >= before) break
      if (position >= from && this.#rules[position]!.matches(visitor)) return position
    }
    return before
  }
}

/** An attribute that must have one of some values, if the conditions ask for one. */
function keyOf(conditions: ConditionsDocument | undefined): { attribute: string; values: string[] } | undefined {
  for (const [attribute, condition] of Object.entries(conditions ?? {})) {
    if (attribute === PAGE_FACT) continue
    if (typeof condition !== 'object') return { attribute, values: [String(condition)] }
    if (condition.eq !== undefined) return { attribute, values: [String(condition.eq)] }
    if (condition.in !== undefined) return { attribute, values: condition.in.map(String) }
  }
  return undefined
}
