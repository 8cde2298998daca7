import type { Client } from '../../api/client.js'
import type { RuleDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { STRATEGIES, type Strategy } from '../../domain/words.js'
import type { OptionSpec } from '../command.js'

/** Flags that say who is routed, as the document's `to` does. */
export const TARGET_OPTIONS: readonly OptionSpec[] = [
  { flags: '--to <target>', summary: 'agent:X, team:X, round-robin:X,Y or account-owner', completes: 'targets' },
  { flags: '--strategy <name>', summary: 'how a group picks', choices: STRATEGIES },
]

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
  const [kind = '', name = ''] = (separator === -1 ? [to] : [to.slice(0, separator), to.slice(separator + 1)]).map(
    (part) => part.trim(),
  )
  const picks = strategy === undefined ? {} : { strategy }
  if (kind === 'account-owner' && name === '') return 'account-owner'
  if (kind === 'agent' && name !== '') return { agent: name, ...picks }
  if (kind === 'team' && name !== '') return { team: name, ...picks }
  const members = name.split(',').map((id) => id.trim())
  if (kind === 'round-robin' && members.every((id) => id !== '')) return { 'round-robin': members, ...picks }
  throw new DriftStatusError('usage', `--to: "${to}" is not a target`, {
    hint:
      didYouMean(kind, ['agent', 'team', 'round-robin', 'account-owner']) ??
      'write agent:X, team:X, round-robin:X,Y or account-owner',
  })
}

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
