import type { Basis, BasisAnswer } from '../../domain/questions/basis.js'
import { line, type Text } from './line.js'
import type { Style } from './style.js'

/** More people than this are counted. */
const MAX_NAMED = 12

/**
 * What an answer about the future rests on (R35): `3 agents follow the duty; 2 are assumed to stay as they are.`
 *
 * @param people those who are assumed to, where somebody asked for their names
 */
export function basisLines(
  basis: Basis | undefined,
  people: BasisAnswer['people'] = [],
  style: Style,
): readonly Text[] {
  const text = basis === undefined ? '' : basisText(basis)
  if (text === '') return []
  const named = people.slice(0, MAX_NAMED).map(({ name, status }) => `${name} (${status})`)
  const more = people.length > named.length ? `, and ${people.length - named.length} more: see --json` : ''
  return [style.dim(text), ...(named.length > 0 ? [line`  ${style.dim(`assumed: ${named.join(', ')}${more}`)}`] : [])]
}

function basisText({ onDuty, assumed }: Basis): string {
  const follow = onDuty === 1 ? '1 agent follows the duty' : `${onDuty} agents follow the duty`
  const stay = assumed === 1 ? 'is assumed to stay as is' : 'are assumed to stay as they are'
  if (onDuty > 0) return assumed > 0 ? `${follow}; ${assumed} ${stay}.` : `${follow}.`
  if (assumed === 0) return ''
  return `${assumed === 1 ? 'The only agent' : assumed === 2 ? 'Both agents' : `All ${assumed} agents`} ${stay}.`
}
