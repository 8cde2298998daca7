import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** Requests sent on one connection before the first is answered; a client that sends more reads no answers. */
const MAX_WAITING = 100

/**
 * Answers the requests of one connection one after another. A client may send many and read no answer: only one
 * answer is then made and held in memory.
 */
export function oneAtATime(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, (() => void)[]>()

  function start(request: IncomingMessage, response: ServerResponse, socket: Socket): void {
    response.once('close', () => {
      const next = waiting.get(socket)?.shift()
      if (next) next()
      else waiting.delete(socket)
    })
    listener(request, response)
  }

  return (request, response) => {
    const { socket } = request
    const queue = waiting.get(socket)
    if (!queue) {
      waiting.set(socket, [])
      start(request, response, socket)
    } else if (queue.length < MAX_WAITING) {
      queue.push(() => {
        if (!socket.destroyed) start(request, response, socket)
      })
    } else socket.destroy()
  }
}
