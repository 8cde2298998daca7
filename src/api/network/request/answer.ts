import { headerOf, type WireAnswer } from './connection.js'

/** An answer read to its end. */
export interface TextAnswer {
  readonly status: number
  /** Names are in lower case; of several values the first. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
}

/** Reads an answer to its end. No error holds the token that was sent, even if the answer's page repeats the request. */
export async function readAnswer({ status, headers, chunks }: WireAnswer, token?: string): Promise<TextAnswer> {
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
