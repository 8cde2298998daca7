import { connect, type Socket } from 'node:net'
import type { Context } from '../context.js'

/** Where a service is, and how it is reached. */
export interface Endpoint {
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

/** An open connection; the caller closes it. */
export function connectSocket({ host, port }: Peer, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const stop = () => socket.destroy(new Error('it took too long'))
    signal.addEventListener('abort', stop, { once: true })
    socket.once('connect', () => resolve(socket)).on('error', reject)
    socket.once('close', () => signal.removeEventListener('abort', stop))
  })
}

interface Closable {
  close(): Promise<void>
}

/** Opens something when it is first needed; closing it before closes nothing. */
export function openedOnce<Opened extends Closable>(open: () => Opened): Closable & { get(): Opened } {
  let opened: Opened | undefined
  return {
    get() {
      opened ??= open()
      return opened
    },
    close: async () => opened?.close(),
  }
}
