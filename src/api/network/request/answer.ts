import { headerOf, type WireAnswer } from './connection.js'

/** An answer read to its end. */
export interface Answer {
  readonly status: number
  /** Names are in lower case; of several values the first. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/** Reads an answer to its end. The token that was sent is no part of an error, even if its page repeats the request. */
export async function readAnswer({ status, headers, chunks }: WireAnswer, token?: string): Promise<Answer> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) text += decoder.decode(chunk, { stream: true })
  text += decoder.decode()
  return {
    status,
    headers: Object.fromEntries(Object.keys(headers).map((name) => [name, headerOf(headers, name)])),
    text: token !== undefined && status >= 300 ? text.replaceAll(token, '(token)') : text,
  }
}
