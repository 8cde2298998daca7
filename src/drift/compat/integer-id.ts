import { createHash } from 'node:crypto'

/** Where the integers of ids that are not numbers begin: above any number that counts something. */
export const FIRST_HASHED_ID = 2 ** 52
const HASH_BYTES = 6

/**
 * The integer of an id, the same in every process and for ever: a number is itself, anything else
 * its hash. Both are exact in JSON readers that know doubles only.
 *
 * A number that is not written as numbers are (`007`), or is too large to be exact, is hashed too:
 * two ids must not become one.
 *
 * @example integerIdOf('42') // 42
 */
export function integerIdOf(id: string): number {
  const number = Number(id)
  if (/^\d+$/.test(id) && Number.isSafeInteger(number) && String(number) === id) return number
  return FIRST_HASHED_ID + createHash('sha256').update(id).digest().readUIntBE(0, HASH_BYTES)
}

/** Reads an id that a client sent; undefined for anything that is not an id of Drift's. */
export function parseIntegerId(text: string): number | undefined {
  const number = Number(text)
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(number) ? number : undefined
}
