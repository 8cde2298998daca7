import { SCOPES, type Scope } from '../../api/contract/operation.js'

const WORDS: Readonly<Record<Exclude<Scope, 'read'>, string>> = {
  'status:self': 'its own status',
  'status:any': "everyone's status",
  widget: 'the widget',
  hours: 'the hours',
  routing: 'routing, teams and playbooks',
  admin: 'agents, tokens and the whole workspace',
}

/**
 * What a token allows, as a person says it.
 *
 * @example scopesInWords(['read', 'status:self']) // 'may read, and set only its own status'
 */
export function scopesInWords(scopes: readonly Scope[]): string {
  if (SCOPES.every((scope) => scopes.includes(scope))) return 'may do everything'
  const set = SCOPES.filter((scope): scope is keyof typeof WORDS => scope !== 'read' && scopes.includes(scope))
  // Whoever sets everyone's status sets their own.
  const told = set
    .filter((scope) => scope !== 'status:self' || !set.includes('status:any'))
    .map((scope) => WORDS[scope])
  const last = told.at(-1)
  const setting = told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${last}` : last
  if (!scopes.includes('read')) return `may set only ${setting}, and read nothing`
  return setting === undefined ? 'may only read' : `may read, and set only ${setting}`
}
