import type { Client } from '../../api/client.js'

/** Whom a flag names. */
export interface Someone {
  readonly id: string
  readonly name: string
  /** Whether the duty decides the status. */
  readonly isAutomatic: boolean
}

/** @throws DriftStatusError (not-found) with the nearest name */
export async function someoneNamed(client: Client, who: string): Promise<Someone> {
  const { id, name = id, status, afterwards } = (await client.getAgent({ id: who })).value
  return { id, name, isAutomatic: (afterwards?.at(-1)?.status ?? status) === 'automatic' }
}
