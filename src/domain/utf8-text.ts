import { DriftStatusError } from './errors.js'

/**
 * The text of some bytes in UTF-8. A byte that is not UTF-8 is an error: replaced by a sign it would be lost.
 *
 * @param name what errors call it
 * @throws DriftStatusError (invalid-input) for bytes that are not UTF-8
 */
export function readUtf8(bytes: Uint8Array, name: string, hint: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new DriftStatusError('invalid-input', `${name} is not text in UTF-8`, { hint, cause })
  }
}
