import { createHash } from 'node:crypto'

/** An answer as it is sent. */
export interface PublicCopy {
  readonly body: Buffer
  /** Strong: the same for the same body, whichever process made it. */
  readonly etag: string
}

export function publicCopy(body: Buffer): PublicCopy {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}
