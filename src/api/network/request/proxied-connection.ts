import { type Dispatcher, ProxyAgent } from 'undici'
import type { Connection, ConnectionOptions } from './connection.js'
import { exchange } from './exchange.js'

/** Reaches a service through a tunnel of a proxy, which sees its host and nothing more. */
export function connectThrough(proxy: URL, { url, ca, connectMs }: ConnectionOptions): Connection {
  const tls = { timeout: connectMs, ...(ca !== undefined && { ca }) }
  const agent = new ProxyAgent({ uri: proxy.href, requestTls: tls, proxyTls: tls })
  return {
    open: (request) =>
      exchange(request, (sink) => {
        const { method, path, headers, body, headersMs, silenceMs } = request
        let controller: Dispatcher.DispatchController | undefined
        let aborted: Error | undefined
        agent.dispatch(
          {
            origin: url.origin,
            path,
            method: method as Dispatcher.HttpMethod,
            headers,
            body: body ?? null,
            headersTimeout: headersMs,
            bodyTimeout: silenceMs,
          },
          {
            onRequestStart(started) {
              controller = started
              // It may have been given up while the tunnel was made.
              if (aborted) started.abort(aborted)
            },
            onResponseStart(_, status, answered) {
              if (status >= 200) sink.head(status, answered)
            },
            onResponseData: (_, chunk) => sink.chunk(chunk),
            onResponseEnd: () => sink.end(),
            onResponseError: (_, error) => sink.end(error),
          },
        )
        return {
          pause: () => controller?.pause(),
          resume: () => controller?.resume(),
          abort(reason) {
            aborted = reason
            controller?.abort(reason)
          },
        }
      }),
    close: () => agent.destroy(),
  }
}
