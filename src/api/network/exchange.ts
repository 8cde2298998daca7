import type { Dispatcher } from 'undici'
import { DeadlineError, type WireAnswer, type WireRequest } from './connection.js'

/** How many chunks wait for a slow reader before the socket is paused. */
const MAX_WAITING = 64

/** One request and its answer on a dispatcher. `done` is told when the dispatcher is free again. */
export function exchange(
  dispatcher: Dispatcher,
  origin: string,
  { method, path, headers, body, headersMs, silenceMs, deadlineMs, signal }: WireRequest,
  done: () => void = () => {},
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const waiting: Uint8Array[] = []
    let controller: Dispatcher.DispatchController | undefined
    let end: { readonly error?: Error } | undefined
    let wake = () => {}

    const finish = (error?: Error) => {
      if (end) return
      end = error ? { error } : {}
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      done()
      if (error) reject(error)
      wake()
    }
    const abort = (reason: Error) => {
      controller?.abort(reason)
      finish(reason)
    }
    const onAbort = () => abort(new Error('aborted'))
    const timer = deadlineMs > 0 ? setTimeout(() => abort(new DeadlineError(deadlineMs)), deadlineMs) : undefined
    signal?.addEventListener('abort', onAbort)
    if (signal?.aborted) return onAbort()

    async function* chunks() {
      try {
        for (;;) {
          const chunk = waiting.shift()
          if (chunk) yield chunk
          else if (end?.error) throw end.error
          else if (end) return
          else {
            await new Promise<void>((resume) => {
              wake = resume
              // What a paused socket holds comes at once, before this returns.
              controller?.resume()
            })
          }
        }
      } finally {
        if (!end) abort(new Error('no longer read'))
      }
    }

    dispatcher.dispatch(
      {
        origin,
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
          // It may have been given up while the socket was connecting.
          if (end) started.abort(end.error ?? new Error('aborted'))
        },
        onResponseStart(_, status, answered) {
          if (status >= 200) resolve({ status, headers: answered, chunks: chunks() })
        },
        onResponseData(running, chunk) {
          waiting.push(chunk)
          if (waiting.length >= MAX_WAITING) running.pause()
          wake()
        },
        onResponseEnd: () => finish(),
        onResponseError: (_, error) => finish(error),
      },
    )
  })
}
