import type { ConditionDocument, ConditionsDocument, OperatorsDocument } from '../../document/schema.js'
import { type Fact, factOf, PAGE_FACT, readNumber, type Visitor } from './facts.js'
import { compileGlob } from './glob.js'
import { canonicalText, type PageAddress } from './page-address.js'
import { compilePagePattern } from './page-pattern.js'

export type Predicate = (visitor: Visitor) => boolean

type Test<Known> = (known: Known | undefined) => boolean

/** Compiles conditions, all of which must hold; no conditions match everyone. */
export function compileConditions(conditions: ConditionsDocument | undefined): Predicate {
  const tests = Object.entries(conditions ?? {}).map(([attribute, condition]): Predicate => {
    if (attribute === PAGE_FACT) {
      const test = compileCondition(condition, PAGE_TESTS)
      return ({ page }) => test(page)
    }
    const test = compileCondition(condition, FACT_TESTS)
    return (visitor) => test(factOf(visitor, attribute))
  })
  return allOf(tests)
}

/** Compiles a condition on one attribute. */
export function compileFactCondition(condition: ConditionDocument): Test<Fact> {
  return compileCondition(condition, FACT_TESTS)
}

/** Without patterns every page matches, an unknown one included. */
export function compilePages(patterns: readonly string[] | undefined): Predicate {
  if (!patterns || patterns.length === 0) return () => true
  const test = isAnyPage(patterns)
  return ({ page }) => page !== undefined && test(page)
}

/** How what is known of one thing is compared. */
interface Tests<Known> {
  readonly isOneOf: (values: readonly Fact[]) => (known: Known) => boolean
  readonly glob: (glob: string) => (known: Known) => boolean
  readonly contains: (part: string) => (known: Known) => boolean
  readonly toNumber: (known: Known) => number
}

/** Facts come from flags as text: values are equal when they read the same. */
const FACT_TESTS: Tests<Fact> = {
  isOneOf(values) {
    const texts = new Set(values.map(String))
    return (fact) => texts.has(String(fact))
  },
  glob(glob) {
    const test = compileGlob(glob)
    return (fact) => test(String(fact))
  },
  contains: (part) => (fact) => String(fact).includes(part),
  toNumber: (fact) => (typeof fact === 'string' ? readNumber(fact) : typeof fact === 'number' ? fact : Number.NaN),
}

/** The page is compared by page patterns, whichever the operator (R26). */
const PAGE_TESTS: Tests<PageAddress> = {
  isOneOf: (values) => isAnyPage(values.map(String)),
  glob: (glob) => isAnyPage([glob]),
  contains: (part) => {
    const [text, inAnyCase] = [canonicalText(part), part.toLowerCase()]
    return ({ scheme, host = '', path, query }) => {
      const site = scheme === undefined ? host : `${scheme}://${host}`
      return site.includes(inAnyCase) || `${site}${path}${query}`.includes(text)
    }
  },
  toNumber: () => Number.NaN,
}

function isAnyPage(patterns: readonly string[]): (page: PageAddress) => boolean {
  const compiled = patterns.map((pattern) => compilePagePattern(pattern))
  return (page) => compiled.some(({ matches }) => matches(page))
}

function compileCondition<Known>(condition: ConditionDocument, tests: Tests<Known>): Test<Known> {
  if (typeof condition !== 'object') return compileOperators({ eq: condition }, tests)
  const { all = [], ...operators } = condition
  return allOf([operators, ...all].map((each) => compileOperators(each, tests)))
}

function compileOperators<Known>(operators: OperatorsDocument, tests: Tests<Known>): Test<Known> {
  const { eq, in: oneOf, not, glob, contains, gte, lte, exists } = operators
  const found: Test<Known>[] = []
  const known = (test: (known: Known) => boolean) => found.push((fact) => fact !== undefined && test(fact))
  if (eq !== undefined) known(tests.isOneOf([eq]))
  if (oneOf !== undefined) known(tests.isOneOf(oneOf))
  if (not !== undefined) {
    const excluded = tests.isOneOf(Array.isArray(not) ? not : [not])
    found.push((fact) => fact === undefined || !excluded(fact))
  }
  if (glob !== undefined) known(tests.glob(glob))
  if (contains !== undefined) known(tests.contains(contains))
  if (gte !== undefined) known((fact) => tests.toNumber(fact) >= gte)
  if (lte !== undefined) known((fact) => tests.toNumber(fact) <= lte)
  if (exists !== undefined) found.push((fact) => (fact !== undefined) === exists)
  return allOf(found)
}

function allOf<Value>(tests: readonly ((value: Value) => boolean)[]): (value: Value) => boolean {
  if (tests.length === 1) return tests[0]!
  return (value) => {
    for (const test of tests) {
      if (!test(value)) return false
    }
    return true
  }
}
