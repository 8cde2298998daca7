import { compileFactCondition } from './conditions.js'
import { PAGE_FACT } from './facts.js'
import type { ConditionDocument, OperatorsDocument } from './workspace/schema.js'

/** Why no visitor can ever meet a condition on a fact; undefined where some may. */
export function whyNeverHolds(fact: string, condition: ConditionDocument): string | undefined {
  const parts = partsOf(condition)
  if (parts.some((part) => part.in?.length === 0)) return 'it lists no value'
  const least = Math.max(...parts.map(({ gte = -Infinity }) => gte))
  const most = Math.min(...parts.map(({ lte = Infinity }) => lte))
  if (least > most) return `nothing is at least ${least} and at most ${most}`
  const asksUnknown = parts.some(({ exists }) => exists === false)
  if (asksUnknown && parts.some(asksKnown)) return 'what is not known has no value'
  if (fact === PAGE_FACT) return Math.min(-least, most) < Infinity ? 'a page is not a number' : undefined
  const values = parts.flatMap((part) => (part.eq !== undefined ? [part.eq] : (part.in ?? [])))
  if (values.length === 0) return undefined
  const holds = compileFactCondition(condition)
  return values.some((value) => holds(value)) ? undefined : 'no value fits all that it asks'
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

function asksKnown({ eq, in: oneOf, glob, contains, gte, lte, exists }: OperatorsDocument): boolean {
  return [eq, oneOf, glob, contains, gte, lte].some((operand) => operand !== undefined) || exists === true
}
