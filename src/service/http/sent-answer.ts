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
