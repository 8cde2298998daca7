import { connect, type Socket } from 'node:net'
import { serveSocket } from './servers.js'

/** A network between a client and a server on this machine, which breaks as the test says. */
export interface Network {
  readonly url: string
  /** Breaks every connection. */
  cut(): void
  /** Lets the next request through, and breaks its connection when the answer comes. */
  loseNextAnswer(): void
  /** How many connections were made. */
  readonly made: () => number
}

export async function networkTo(url: string): Promise<Network> {
  const port = Number(new URL(url).port)
  const sockets = new Set<Socket>()
  let [made, losing] = [0, false]
  const between = await serveSocket((client) => {
    made += 1
    const server = connect(port, '127.0.0.1')
    const end = () => {
      client.destroy()
      server.destroy()
    }
    sockets.add(client)
    client.on('close', end).pipe(server)
    server.on('error', end).on('close', end)
    server.on('data', (chunk) => {
      if (!losing) return client.write(chunk)
      losing = false
      return end()
    })
  })
  return {
    url: between.url,
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    loseNextAnswer() {
      losing = true
    },
    made: () => made,
  }
}
