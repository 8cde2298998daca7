import type { AgentStatus } from '../domain/words.js'

/** The availabilities that Drift lets a client write. */
export const WRITABLE_AVAILABILITIES = ['AVAILABLE', 'OFFLINE'] as const
export type WritableAvailability = (typeof WRITABLE_AVAILABILITIES)[number]

/**
 * R17: `OFFLINE` is away; `AVAILABLE` and `ON_CALL` are available. A word that Drift does not
 * document, or none, is away: nobody is promised whom nobody vouches for.
 */
export function statusOf(availability: string | undefined): AgentStatus {
  return availability === 'AVAILABLE' || availability === 'ON_CALL' ? 'available' : 'away'
}

export function availabilityOf(status: AgentStatus): WritableAvailability {
  return status === 'available' ? 'AVAILABLE' : 'OFFLINE'
}
