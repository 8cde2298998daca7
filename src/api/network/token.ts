import { DriftStatusError } from '../../domain/errors.js'

/** A token, or what finds it when it is needed. */
export type TokenSource = string | (() => string | undefined | Promise<string | undefined>)

/** @throws DriftStatusError (not-logged-in) for a token that no header can carry: it is not repeated */
export async function tokenFrom(source: TokenSource | undefined): Promise<string | undefined> {
  const token = typeof source === 'function' ? await source() : source
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new DriftStatusError('not-logged-in', 'the token is empty, or holds a space or a line break', {
      reason: 'login-needed',
      hint: 'copy it again, whole',
    })
  }
  return token
}
