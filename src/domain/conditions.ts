import type { ConditionDocument, ConditionsDocument } from './workspace/schema.js'

export type Fact = string | number | boolean

/** What is known of a visitor. */
export interface Visitor {
  readonly url?: string | undefined
  /** By dotted name, e.g. `company.size`; `account.owner` names the account owner. */
  readonly attributes: Readonly<Record<string, Fact>>
}

export const ANYONE: Visitor = { attributes: {} }

export type Predicate = (visitor: Visitor) => boolean

type Test = (fact: Fact | undefined) => boolean

/** Compiles conditions, all of which must hold; no conditions match everyone. */
export function compileConditions(conditions: ConditionsDocument | undefined): Predicate {
  const tests = Object.entries(conditions ?? {}).map(([attribute, condition]) => ({
    attribute,
    test: compileCondition(condition),
  }))
  return (visitor) => {
    for (const { attribute, test } of tests) {
      if (!test(factOf(visitor, attribute))) return false
    }
    return true
  }
}

/** What is known of one attribute; nothing that every object has, such as `toString`. */
export function factOf({ attributes }: Visitor, attribute: string): Fact | undefined {
  const fact = attributes[attribute]
  return fact !== undefined && Object.hasOwn(attributes, attribute) ? fact : undefined
}

/** Facts come from flags as text: values are equal when they read the same. */
function compileCondition(condition: ConditionDocument): Test {
  if (typeof condition !== 'object') return equals(condition)
  const tests: Test[] = []
  const { eq, in: oneOf, not, glob, contains, gte, lte, exists } = condition
  if (eq !== undefined) tests.push(equals(eq))
  if (oneOf !== undefined) tests.push(isOneOf(oneOf))
  if (not !== undefined) {
    const excluded = isOneOf(Array.isArray(not) ? not : [not])
    tests.push((fact) => !excluded(fact))
  }
  if (glob !== undefined) {
    const pattern = compileGlob(glob)
    tests.push((fact) => fact !== undefined && pattern.test(String(fact)))
  }
  if (contains !== undefined) tests.push((fact) => fact !== undefined && String(fact).includes(contains))
  if (gte !== undefined) tests.push((fact) => toNumber(fact) >= gte)
  if (lte !== undefined) tests.push((fact) => toNumber(fact) <= lte)
  if (exists !== undefined) tests.push((fact) => (fact !== undefined) === exists)
  return tests.length === 1 ? tests[0]! : (fact) => tests.every((test) => test(fact))
}

function equals(value: Fact): Test {
  const text = String(value)
  return (fact) => fact !== undefined && String(fact) === text
}

function isOneOf(values: readonly Fact[]): Test {
  const texts = new Set(values.map(String))
  return (fact) => fact !== undefined && texts.has(String(fact))
}

/** NaN, which no comparison admits, for a fact that is no number. */
function toNumber(fact: Fact | undefined): number {
  if (typeof fact === 'number') return fact
  return typeof fact === 'string' && fact.trim() !== '' ? Number(fact) : Number.NaN
}

/** `*` stands for any run of characters; everything else for itself. */
function compileGlob(glob: string): { test: (text: string) => boolean } {
  const [first = '', ...rest] = glob.split('*')
  const last = rest.pop()
  if (last === undefined) return { test: (text) => text === glob }
  return {
    test(text) {
      if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
      const end = text.length - last.length
      let from = first.length
      for (const part of rest) {
        const found = text.indexOf(part, from)
        if (found === -1 || found + part.length > end) return false
        from = found + part.length
      }
      return true
    },
  }
}

/**
 * Compiles the page patterns of a playbook. A pattern that starts with `/` is matched against the
 * path; one with `://` against the whole address; any other against host and path. Without
 * patterns every page matches, an unknown one included.
 */
export function compileUrlPatterns(patterns: readonly string[] | undefined): Predicate {
  if (!patterns || patterns.length === 0) return () => true
  const tests = patterns.map((pattern) => {
    const glob = compileGlob(pattern)
    const part = pattern.startsWith('/') ? pathOf : pattern.includes('://') ? wholeAddress : hostAndPath
    return (url: string) => glob.test(part(url))
  })
  return ({ url }) => url !== undefined && tests.some((test) => test(url))
}

function wholeAddress(url: string): string {
  return url
}

function hostAndPath(url: string): string {
  const bare = url.replace(/[?#].*$/s, '').replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
  return bare.includes('/') ? bare : `${bare}/`
}

function pathOf(url: string): string {
  if (url.startsWith('/')) return url.replace(/[?#].*$/s, '')
  const bare = hostAndPath(url)
  return bare.slice(bare.indexOf('/'))
}
