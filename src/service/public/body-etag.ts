import { createHash } from 'node:crypto'

/** A strong ETag: the same for the same body, whichever process made it. */
export function bodyEtag(body: Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url')}"`
}
