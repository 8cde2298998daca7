import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { serve } from '../api/network/servers.js'

/** What the server was asked. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly authorization: string | undefined
  readonly body: string
}

/** What a path answers: a fixture of Drift's documented responses, a status with a text, or a fault. */
export type Reply =
  | { readonly fixture: string; readonly status?: number }
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> }
  /** Headers that promise more than comes. */
  | { readonly cut: string }
  /** A connection that ends before any answer. */
  | { readonly drop: true }
  /** No answer at all. */
  | { readonly silent: true }

/** By `METHOD /path`, query included; a list is answered in turn, its last for ever. */
export type Replies = Readonly<Record<string, Reply | readonly Reply[]>>

export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')
}

/** A server that answers as Drift does, or fails as networks do. */
export async function fixtureServer(replies: Replies): Promise<{ readonly base: string; readonly seen: Seen[] }> {
  const seen: Seen[] = []
  const asked = new Map<string, number>()
  const { url: base } = await serve((request, response) => {
    const key = `${request.method} ${request.url}`
    const turn = asked.get(key) ?? 0
    asked.set(key, turn + 1)
    seen.push({
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
      body: request.body,
    })
    const choices = [replies[key] ?? NOTHING].flat()
    give(choices[Math.min(turn, choices.length - 1)] ?? NOTHING, request, response)
  })
  return { base, seen }
}

const NOTHING: Reply = { status: 404, text: '{"error":{"type":"not_found","message":"Resource not found"}}' }

function give(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if ('silent' in reply) return
  if ('drop' in reply) {
    request.socket.destroy()
  } else if ('cut' in reply) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': reply.cut.length + 100 })
    response.write(reply.cut, () => request.socket.destroy())
  } else if ('fixture' in reply) {
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' })
    response.end(fixture(reply.fixture))
  } else {
    response.writeHead(reply.status, { ...reply.headers })
    response.end(reply.text)
  }
}
