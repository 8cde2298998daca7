import { compileConditions, compilePages } from '../decision/conditions/conditions.js'
import { type Fact, type VisitorFacts, visitorOf } from '../decision/conditions/facts.js'
import type { ConditionDocument, ConditionsDocument } from '../document/schema.js'

/** Whom a rule or a playbook is for. */
export interface Targeting {
  /** Patterns of pages. */
  readonly url?: readonly string[] | undefined
  readonly visitor?: ConditionsDocument | undefined
}

/**
 * A visitor for whom a rule or a playbook is meant: every condition holds.
 * @returns undefined where none is found: conditions may contradict each other, or ask for more than a value
 * @example sampleVisitor({ visitor: { plan: 'gold', 'company.size': { gte: 500 } } })
 */
export function sampleVisitor({ url, visitor: conditions }: Targeting): VisitorFacts | undefined {
  const attributes = Object.entries(conditions ?? {}).map(([name, condition]) => [name, factFor(condition)] as const)
  const page = url?.[0]?.replaceAll('*', '')
  const facts = {
    ...(page !== undefined && { url: page === '' ? '/' : page }),
    attributes: Object.fromEntries(attributes.filter(([, fact]) => fact !== undefined)) as Record<string, Fact>,
  }
  try {
    const visitor = visitorOf(facts)
    return compilePages(url)(visitor) && compileConditions(conditions)(visitor) ? facts : undefined
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
