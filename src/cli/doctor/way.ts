import type { Context } from '../context.js'

/** Where a service is, and the way to it. */
export interface Way {
  readonly url: URL
  readonly env: Context['env']
  readonly now: () => number
  /** Certificates to trust, PEM, in place of Node's own. */
  readonly ca?: string | undefined
  /** How long each step may take. */
  readonly limitMs?: number | undefined
}

/** A host and a port to connect to. */
export interface Peer {
  readonly host: string
  readonly port: number
}

/** Node wants an IPv6 address without its brackets. */
export function peerOf(url: URL): Peer {
  const port =
    url.port !== '' ? Number(url.port) : url.protocol === 'https:' ? 443 : url.protocol === 'http:' ? 80 : 1080
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port }
}
