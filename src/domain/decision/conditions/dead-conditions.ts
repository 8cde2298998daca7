import type { ConditionDocument, OperatorsDocument } from '../../document/schema.js'
import { compileConditions, compileFactCondition } from './conditions.js'
import { type Fact, PAGE_FACT, visitorOf } from './facts.js'

/** Why no visitor can ever meet a condition on a fact; undefined where some may. */
export function whyNeverHolds(fact: string, condition: ConditionDocument): string | undefined {
  const parts = partsOf(condition)
  if (parts.some((part) => part.in?.length === 0)) return 'it lists no value'
  const least = Math.max(...parts.map(({ gte = -Infinity }) => gte))
  const most = Math.min(...parts.map(({ lte = Infinity }) => lte))
  if (least > most) return `nothing is at least ${least} and at most ${most}`
  const asksUnknown = parts.some(({ exists }) => exists === false)
  if (asksUnknown && parts.some(asksKnown)) return 'what is not known has no value'
  if (fact === PAGE_FACT) return Math.min(-least, most) < Infinity ? 'a page is not a number' : whyNoPage(condition)
  const values = valuesOf(parts)
  if (values.length === 0) return undefined
  const holds = compileFactCondition(condition)
  return values.some((value) => holds(value)) ? undefined : 'no value fits all that it asks'
}

/** Where a condition names its pages by their paths, whether it refuses each; of other patterns nothing is known. */
function whyNoPage(condition: ConditionDocument): string | undefined {
  const parts = partsOf(condition)
  const paths = valuesOf(parts).map(String)
  const isOfPaths =
    paths.every((path) => /^\/(?![/\\])[^*?#]*$/.test(path)) &&
    pagePatternsOf(condition).every((pattern) => pattern.startsWith('/')) &&
    parts.every(({ contains }) => contains === undefined)
  if (paths.length === 0 || !isOfPaths) return undefined
  const holds = compileConditions({ [PAGE_FACT]: condition })
  return paths.some((url) => holds(visitorOf({ url }))) ? undefined : 'no page fits all that it asks'
}

/** The page patterns that a condition on the page is made of. */
export function pagePatternsOf(condition: ConditionDocument): readonly string[] {
  return partsOf(condition).flatMap(({ eq, in: oneOf, not, glob }) =>
    [eq ?? [], oneOf ?? [], not ?? [], glob ?? []].flat().map(String),
  )
}

function partsOf(condition: ConditionDocument): readonly OperatorsDocument[] {
  if (typeof condition !== 'object') return [{ eq: condition }]
  const { all = [], ...operators } = condition
  return [operators, ...all]
}

function valuesOf(parts: readonly OperatorsDocument[]): readonly Fact[] {
  return parts.flatMap((part) => (part.eq !== undefined ? [part.eq] : (part.in ?? [])))
}

function asksKnown({ eq, in: oneOf, glob, contains, gte, lte, exists }: OperatorsDocument): boolean {
  return [eq, oneOf, glob, contains, gte, lte].some((operand) => operand !== undefined) || exists === true
}
