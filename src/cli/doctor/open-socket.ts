import { connect, type Socket } from 'node:net'
import type { Peer } from './way.js'

/** A connection, open; whoever asked closes it. */
export function openSocket({ host, port }: Peer, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const stop = () => socket.destroy(new Error('it took too long'))
    signal.addEventListener('abort', stop, { once: true })
    socket.once('connect', () => resolve(socket)).on('error', reject)
    socket.once('close', () => signal.removeEventListener('abort', stop))
  })
}
