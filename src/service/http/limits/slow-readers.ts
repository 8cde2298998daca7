import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from './limits.js'

const CHECK_INTERVAL_MS = 1000

/**
 * Cuts off clients that do not read what they asked for: one that takes nothing for a while, one that takes too long
 * for an answer, and those that have waited longest when too much is held for all together.
 */
export function cutOffSlowReaders(server: Server, limits: Limits): void {
  // Node counts a write that goes on as activity, and destroys the connection when there is none.
  server.setTimeout(limits.stallTimeoutMs)
  /** Of each connection, since when there was always something unsent. */
  const unsentSince = new Map<Socket, number>()

  const check = () => {
    const now = performance.now()
    let held = 0
    for (const [socket, since] of unsentSince) {
      if (socket.writableLength === 0) unsentSince.set(socket, now)
      else if (now - since >= limits.answerTimeoutMs) socket.destroy()
      else held += socket.writableLength
    }
    if (held > limits.maxUnsentBytes) cutOffLongest(unsentSince, held - limits.maxUnsentBytes)
  }
  const timer = setInterval(check, Math.min(CHECK_INTERVAL_MS, limits.answerTimeoutMs))
  timer.unref()
  server.on('close', () => clearInterval(timer))
  const add = (socket: Socket) => {
    unsentSince.set(socket, performance.now())
    socket.once('close', () => unsentSince.delete(socket))
  }
  // What is unsent over TLS is known of the connection inside it.
  server.on('secureConnection', add)
  server.on('connection', add)
}

/** Frees so many bytes. */
function cutOffLongest(unsentSince: ReadonlyMap<Socket, number>, bytes: number): void {
  const slowest = [...unsentSince].filter(([socket]) => socket.writableLength > 0).sort(([, a], [, b]) => a - b)
  let left = bytes
  for (const [socket] of slowest) {
    if (left <= 0) return
    left -= socket.writableLength
    socket.destroy()
  }
}
