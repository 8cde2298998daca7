import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { AGENT_STATUSES } from '../../domain/words.js'

const MAX_AGENTS = 1000

/**
 * What the operations that Drift can do are asked with. Commands are typed, but "drift-status api"
 * sends whatever someone wrote, and a misspelt status must not become `OFFLINE`. Checked by hand:
 * the contract's schemas would take longer to load than all the rest.
 *
 * @throws DriftStatusError (invalid-input) for the first field that does not exist
 */
export function checkRequest(request: unknown): void {
  const { id, status, after, limit } = (request ?? {}) as Readonly<Record<string, unknown>>
  if (status !== undefined && !(AGENT_STATUSES as readonly unknown[]).includes(status)) {
    throw invalid('status', status, didYouMean(String(status), AGENT_STATUSES) ?? 'write "available" or "away"')
  }
  for (const [name, value] of Object.entries({ id, after })) {
    if (value !== undefined && (typeof value !== 'string' || value === '')) throw invalid(name, value, 'write an id')
  }
  const isCount = typeof limit === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= MAX_AGENTS
  if (limit !== undefined && !isCount) {
    throw invalid('limit', limit, `write a whole number from 1 to ${MAX_AGENTS}`)
  }
}

function invalid(name: string, value: unknown, hint: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `${name}: ${JSON.stringify(value)} is not valid`, { hint })
}
