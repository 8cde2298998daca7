/// <reference path="./undici-parts.d.ts" />
import { setFlagsFromString } from 'node:v8'
import type { buildConnector as Build, Dispatcher } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import Client from 'undici/lib/dispatcher/client.js'
import type { Connection, ConnectionOptions } from './connection.js'
import { exchange } from './exchange.js'

/** A client has one socket and one request at a time; who asks more at once gets more sockets, up to these. */
const MAX_CLIENTS = 6
/** A document of a hundred thousand agents is a quarter of it. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** Opens the way to a service; nothing is sent until the first request. */
export async function connectTo({ url, proxy, ca, connectMs }: ConnectionOptions): Promise<Connection> {
  const tls = { timeout: connectMs, ...(ca !== undefined && { ca }) }
  if (proxy) {
    // It needs most of undici, put together.
    const { ProxyAgent } = await import('undici')
    const agent = new ProxyAgent({ uri: proxy.href, requestTls: tls, proxyTls: tls, maxResponseSize: MAX_ANSWER_BYTES })
    return { open: (request) => exchange(agent, url.origin, request), close: () => agent.destroy() }
  }
  const connect = startingLight(buildConnector(tls))
  const clients: { readonly client: Dispatcher; running: number }[] = []
  const leastBusy = () => {
    const idle = clients.find(({ running }) => running === 0)
    if (idle) return idle
    if (clients.length === MAX_CLIENTS) return clients.reduce((a, b) => (b.running < a.running ? b : a))
    const made = { client: new Client(url.origin, { connect, maxResponseSize: MAX_ANSWER_BYTES }), running: 0 }
    clients.push(made)
    return made
  }
  return {
    async open(request) {
      const chosen = leastBusy()
      chosen.running += 1
      return exchange(chosen.client, url.origin, request, () => {
        chosen.running -= 1
      })
    },
    async close() {
      await Promise.all(clients.map(({ client }) => client.destroy()))
    },
  }
}

/**
 * undici parses answers with WASM, which V8 begins to optimise during the very first one: a process that
 * asks once would wait 80 ms for that at its end. The budget that starts it is read when the parser is made,
 * which is when the first socket connects; before and after, V8 keeps its own (another would cost Node the
 * code cache of its built-in modules, 20 ms).
 */
function startingLight(connector: Build.connector): Build.connector {
  return (options, callback) =>
    connector(options, (...result: Parameters<Build.Callback>) => {
      setFlagsFromString('--wasm-tiering-budget=1000000000')
      try {
        callback(...result)
      } finally {
        setFlagsFromString('--wasm-tiering-budget=1800000')
      }
    })
}
