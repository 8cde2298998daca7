import type { FastifyRequest } from 'fastify'

/** Whether the client has what an ETag names. A cache may have weakened it, and may know several. */
export function isKnownEtag({ headers }: FastifyRequest, etag: string): boolean {
  const known = headers['if-none-match']
  if (known === undefined) return false
  return known === '*' || known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}
