import type { ServerResponse } from 'node:http'
import type { RevisionAnswer } from '../../../src/api/contract/answers.js'
import { type Received, type Step, serve } from './servers.js'

/** A service that tells of its revisions, and whose connections break as the test says. */
export interface EventServer {
  readonly url: string
  /** Requests of the stream and of the list. */
  readonly received: readonly Received[]
  /** How many streams are open. */
  readonly open: () => number
  /** Makes revisions, and tells those who listen, unless `silently`. */
  make(count: number, how?: 'silently'): void
  /** Writes as it is to every open stream. */
  write(text: string): void
  /** Breaks every open stream; the next request of one is answered by these steps first. */
  cut(...steps: readonly Step[]): void
}

export async function eventServer(...first: readonly Step[]): Promise<EventServer> {
  const revisions: RevisionAnswer[] = []
  const streams = new Set<ServerResponse>()
  let next = [...first]
  const server = await serve((request, response) => {
    const url = new URL(request.url!, 'http://localhost')
    if (url.pathname === '/v1/revisions') {
      const before = Number(url.searchParams.get('before'))
      // Small pages, so that a gap needs several.
      const page = revisions
        .filter(({ number }) => number < before)
        .slice(-3)
        .reverse()
      const last = page.at(-1)?.number ?? 1
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ revisions: page, next: last > 1 ? last : null }))
      return
    }
    const step = next.shift()
    if (typeof step === 'function') return step(request, response)
    if (step) {
      response.writeHead(step.status ?? 200, step.headers).end(step.body)
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    streams.add(response)
    response.on('close', () => streams.delete(response))
    const after = Number(request.headers['last-event-id'] ?? url.searchParams.get('after'))
    for (const revision of revisions) if (revision.number > after) response.write(textOf(revision))
  })
  return {
    url: server.url,
    received: server.received,
    open: () => streams.size,
    make(count, how) {
      for (let made = 0; made < count; made += 1) {
        const revision = revisionOf(revisions.length + 1)
        revisions.push(revision)
        if (how !== 'silently') for (const stream of streams) stream.write(textOf(revision))
      }
    },
    write(text) {
      for (const stream of streams) stream.write(text)
    },
    cut(...steps) {
      next = [...steps]
      for (const stream of streams) stream.destroy()
    },
  }
}

export function textOf(
  revision: Partial<RevisionAnswer> & { readonly number: number; readonly isShortened?: boolean },
): string {
  const { number } = revision
  return `id: ${number}\nevent: revision\ndata: ${JSON.stringify({ ...revisionOf(number), ...revision })}\n\n`
}

function revisionOf(number: number): RevisionAnswer {
  return { number, at: '2026-11-25T12:00:00.000Z', actor: '1', note: 'Zoë 🌍', changes: [] }
}
