import { LimitError, type WireAnswer, type WireHeaders, type WireRequest } from './connection.js'

/** How many chunks wait for a slow reader before the socket is paused. */
const MAX_WAITING = 64
/** A document of a hundred thousand agents is a quarter of it. */
const MAX_CALL_BYTES = 64 * 1024 * 1024

/** Told by whatever carries a request, as its answer comes. */
export interface Sink {
  head(status: number, headers: WireHeaders): void
  chunk(bytes: Uint8Array): void
  /** The answer is whole, or this is why it never will be. */
  end(error?: Error): void
}

/** What carries a request, as far as its reader has a say in it. */
export interface Carrier {
  pause(): void
  resume(): void
  abort(reason: Error): void
}

/** One request and its answer: the limits, and a body that is read as fast as its reader likes. */
export function exchange(
  { deadlineMs, signal }: Pick<WireRequest, 'deadlineMs' | 'signal'>,
  carry: (sink: Sink) => Carrier,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const waiting: Uint8Array[] = []
    let end: { readonly error?: Error } | undefined
    let carrier: Carrier | undefined
    let received = 0
    let wake = () => {}

    const finish = (error?: Error) => {
      if (end) return
      end = error ? { error } : {}
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      if (error) reject(error)
      wake()
    }
    const abort = (reason: Error) => {
      finish(reason)
      carrier?.abort(reason)
    }
    const onAbort = () => abort(new Error('aborted'))
    const timer = deadlineMs > 0 ? setTimeout(() => abort(new LimitError('DEADLINE')), deadlineMs) : undefined
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
              carrier?.resume()
            })
          }
        }
      } finally {
        if (!end) abort(new Error('no longer read'))
      }
    }

    carrier = carry({
      head: (status, headers) => resolve({ status, headers, chunks: chunks() }),
      chunk(bytes) {
        waiting.push(bytes)
        received += bytes.length
        // A stream is as long as it lasts; an answer is not.
        if (deadlineMs > 0 && received > MAX_CALL_BYTES) abort(new LimitError('TOO_LONG'))
        else if (waiting.length >= MAX_WAITING) carrier?.pause()
        wake()
      },
      end: finish,
    })
    if (end) carrier.abort(new Error('aborted'))
  })
}
