import { request } from 'node:http'

export interface EventReader {
  /** The ids of the events so far. */
  readonly ids: readonly number[]
  /** Everything so far, as it came. */
  readonly text: string
  readonly status: number
  /** Resolves once the text holds something, or the stream has ended. */
  until(isThere: (reader: EventReader) => boolean): Promise<void>
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>
  pause(): void
  resume(): void
  close(): void
}

/** Reads server-sent events from a bare connection. */
export function readEvents(url: string, token: string, headers: Record<string, string> = {}): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { headers: { authorization: `Bearer ${token}`, ...headers }, agent: false },
      (response) => {
        let text = ''
        let unread = ''
        const ids: number[] = []
        const waiting = new Set<() => void>()
        const ended = new Promise<void>((end) => response.on('close', () => end()))
        const reader: EventReader = {
          ids,
          get text() {
            return text
          },
          status: response.statusCode ?? 0,
          ended,
          until: (isThere) =>
            new Promise((done) => {
              const look = () => {
                if (!isThere(reader)) return
                waiting.delete(look)
                done()
              }
              waiting.add(look)
              void ended.then(() => done())
              look()
            }),
          pause: () => void response.pause(),
          resume: () => void response.resume(),
          close: () => void asked.destroy(),
        }
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
          unread += chunk
          const whole = unread.lastIndexOf('\n\n') + 1
          for (const [, id] of unread.slice(0, whole).matchAll(/^id: (\d+)$/gm)) ids.push(Number(id))
          unread = unread.slice(whole)
          for (const look of [...waiting]) look()
        })
        response.on('error', () => {})
        resolve(reader)
      },
    )
    asked.on('error', reject)
    asked.end()
  })
}
