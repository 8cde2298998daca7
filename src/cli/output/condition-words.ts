import type { TargetDocument } from '../../domain/document/schema.js'

/** `team sales (least-open)`; agents are called as `nameOf` says. */
export function describeTarget(target: TargetDocument, nameOf: (id: string) => string): string {
  if (target === 'account-owner') return 'the account owner'
  if (target === 'rules') return 'the rules'
  const { agent, team, strategy } = target
  const who =
    agent !== undefined
      ? nameOf(agent)
      : team !== undefined
        ? `team ${team}`
        : `${(target['round-robin'] ?? []).map(nameOf).join(', ')} in turn`
  return strategy === undefined || strategy === 'in-order' ? who : `${who} (${strategy})`
}

/** Where routing starts, as `--route` writes it: `agent Ana Flores`; agents are called as `nameOf` says. */
export function describeRoute(route: string, nameOf: (id: string) => string): string {
  const [, kind, names] = /^(agent|round-robin):(.*)$/s.exec(route) ?? []
  if (kind === undefined) return route
  const people = names!.split(',').map((name) => nameOf(name.trim()))
  return kind === 'agent' ? `agent ${people.join(', ')}` : `${people.join(', ')} in turn`
}

/** `company.size is at least 500 and country is DE or AT`; a value that a comma would part has quotes around it. */
export function describeConditions(conditions: object): string {
  return Object.entries(conditions)
    .map(([attribute, condition]) => {
      if (typeof condition !== 'object' || condition === null) return `${attribute} is ${written(condition)}`
      return describeOperators(attribute, condition)
    })
    .join(' and ')
}

function describeOperators(attribute: string, operators: object): string {
  return Object.entries(operators)
    .flatMap(([operator, value]) => {
      if (operator === 'all') return (value as readonly object[]).map((each) => describeOperators(attribute, each))
      if (operator === 'exists') return [`${attribute} is ${value ? 'known' : 'not known'}`]
      return [`${attribute} ${OPERATORS[operator] ?? operator} ${[value].flat().map(written).join(' or ')}`]
    })
    .join(' and ')
}

const OPERATORS: Readonly<Record<string, string>> = {
  eq: 'is',
  in: 'is',
  not: 'is not',
  glob: 'is like',
  contains: 'contains',
  gte: 'is at least',
  lte: 'is at most',
}

function written(value: unknown): string {
  const text = String(value)
  return text === '' || /[,"]|^\s|\s$/.test(text) ? JSON.stringify(text) : text
}
