import type { ServerResponse } from 'node:http'
import { formatEtag } from '../../api/contract/http.js'

/** An answer as it goes over the wire. */
export interface SentAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What an operation answers. */
export function sentAnswer(answer: object): SentAnswer {
  const { revision } = answer as { revision?: unknown }
  return {
    status: 200,
    headers: {
      ...(typeof revision === 'number' && { etag: formatEtag(revision) }),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: JSON.stringify(answer),
  }
}

/** Headers as Node takes them without looking at each twice; of an answer that is sent again and again. */
const heads = new WeakMap<SentAnswer, readonly string[]>()

/** Sends it on a bare response. */
export function sendAnswer(response: ServerResponse, answer: SentAnswer, requestId: string): void {
  const { status, body } = answer
  let head = heads.get(answer)
  if (!head) {
    const length = status === 304 ? [] : ['content-length', String(Buffer.byteLength(body))]
    head = [...Object.entries(answer.headers).flat(), ...length, 'x-request-id']
    heads.set(answer, head)
  }
  response.writeHead(status, [...head, requestId])
  response.end(body)
}
