import type { Client } from '../api/client.js'
import { DriftStatusError } from '../domain/errors.js'
import { didYouMean } from '../domain/nearest.js'
import { STRATEGIES, type Strategy } from '../domain/words.js'
import type { ConditionsDocument, RuleDocument } from '../domain/workspace/schema.js'
import type { OptionSpec } from './command.js'

/** Flags that say who is routed, as the document's `to` does. */
export const TARGET_OPTIONS: readonly OptionSpec[] = [
  { flags: '--to <target>', summary: 'agent:X, team:X, round-robin:X,Y or account-owner' },
  { flags: '--strategy <name>', summary: 'how a group picks', choices: STRATEGIES },
]

/** The flag that says whom a rule is about, as the document's `when` does. */
export const WHEN_OPTION: OptionSpec = {
  flags: '--when <condition>',
  summary: 'country=DE, country!=DE, company.size>=500, country=DE,AT,CH, url~*pricing*, or plan? for "is known"',
  isRepeatable: true,
  parse: parseCondition,
}

export interface TargetFlags {
  readonly to?: string
  readonly strategy?: Strategy
}

type RuleTarget = RuleDocument['to']

/**
 * Reads a target as flags write it.
 * @throws DriftStatusError (usage) for anything that names nobody
 */
export function readTarget({ to, strategy }: TargetFlags): RuleTarget | undefined {
  if (to === undefined) {
    if (strategy === undefined) return undefined
    throw new DriftStatusError('usage', '--strategy needs --to', { hint: 'e.g. --to team:sales --strategy least-open' })
  }
  const separator = to.indexOf(':')
  const [kind, name] = separator === -1 ? [to, ''] : [to.slice(0, separator), to.slice(separator + 1)]
  const picks = strategy === undefined ? {} : { strategy }
  if (kind === 'account-owner' && name === '') return 'account-owner'
  if (kind === 'agent' && name !== '') return { agent: name, ...picks }
  if (kind === 'team' && name !== '') return { team: name, ...picks }
  if (kind === 'round-robin' && name !== '') return { 'round-robin': name.split(',').map((id) => id.trim()), ...picks }
  throw new DriftStatusError('usage', `--to: "${to}" is not a target`, {
    hint:
      didYouMean(kind, ['agent', 'team', 'round-robin', 'account-owner']) ??
      'write agent:X, team:X, round-robin:X,Y or account-owner',
  })
}

export type ConditionEntry = readonly [string, ConditionsDocument[string]]

/** The target with every person named as the document names them: by id or email, not by first name. */
export async function resolveTarget(target: RuleTarget, client: Client): Promise<RuleTarget> {
  if (typeof target === 'string') return target
  const { agent, 'round-robin': members } = target
  if (agent !== undefined) return { ...target, agent: await resolveMember(agent, client) }
  if (members === undefined) return target
  return { ...target, 'round-robin': await Promise.all(members.map((member) => resolveMember(member, client))) }
}

/**
 * An agent's id for a name; an id or email stays as it is written.
 * @throws DriftStatusError when nobody, or more than one, has the name
 */
async function resolveMember(name: string, client: Client): Promise<string> {
  const { value } = await client.getAgent({ id: name })
  return name === value.email ? name : value.id
}

/** Reads `country=DE`, `country=DE,AT`, `country!=DE`, `size>=50`, `size<=50`, `page~*x*`, `owner?`. */
function parseCondition(text: string): ConditionEntry {
  if (text.endsWith('?') && text.length > 1) return [text.slice(0, -1), { exists: true }]
  const match = /^(.+?)(!=|>=|<=|~|=)(.*)$/.exec(text)
  if (!match) {
    throw new DriftStatusError('usage', `"${text}" is not a condition`, {
      hint: 'write country=DE, company.size>=500 or account.owner?',
    })
  }
  const [, attribute = '', operator = '', value = ''] = match
  switch (operator) {
    case '=':
      return [attribute, value.includes(',') ? { in: value.split(',') } : value]
    case '!=':
      return [attribute, { not: value.includes(',') ? value.split(',') : value }]
    case '~':
      return [attribute, { glob: value }]
    default: {
      const number = Number(value)
      if (value === '' || Number.isNaN(number))
        throw new DriftStatusError('usage', `"${value}" in "${text}" is not a number`)
      return [attribute, operator === '>=' ? { gte: number } : { lte: number }]
    }
  }
}

/** Conditions from repeated flags; undefined when none is given. */
export function readConditions(entries: readonly ConditionEntry[] | undefined): ConditionsDocument | undefined {
  return entries && Object.fromEntries(entries)
}
