import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RevisionAnswer } from '../../api/contract/answers.js'
import { DriftStatusError } from '../../domain/errors.js'
import { requireScope } from '../actor.js'
import type { HttpDeps } from './http-deps.js'
import { logRequest } from './log-request.js'
import { networkOf } from './network.js'
import { OpenStreams } from './open-streams.js'

const KEEP_ALIVE_MS = 15_000
/** How soon a client that lost its connection comes back. */
const RETRY_MS = 1000
/** A reader that takes nothing for so long is cut off; it may resume where it was. */
const STALLED_MS = 60_000

/** `GET /v1/events`: every revision after a number, in order, each once, as they are made. */
export function mountEvents(app: FastifyInstance, deps: HttpDeps): void {
  const streams = new OpenStreams(deps.limits)
  app.route({
    method: 'GET',
    url: '/v1/events',
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      requireScope(request.bearer!.actor, 'read', 'watch the workspace')
      const after = readAfter(request) ?? (await deps.feed.last())
      // The client may have disconnected while the token was checked; its close event has already fired.
      if (reply.raw.destroyed) return reply.hijack()
      const close = streams.open(networkOf(request.clientAddress), request.bearer!.tokenId)
      const ended = new AbortController()
      reply.raw.on('close', () => {
        close()
        ended.abort()
        // Watchers mostly leave by themselves; the framework tells of answers that were finished alone.
        if (!reply.raw.writableFinished) logRequest(request, reply, deps.accessLog)
      })
      const signal = AbortSignal.any([ended.signal, deps.stopping])
      // Read only as fast as the client takes it: the pipe stops asking while the socket is full.
      const stream = Readable.from(eventText(request, after, signal, deps), { objectMode: false })
      cutOffWhenStalled(reply)
      return reply
        .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .send(stream)
    },
  })
}

async function* eventText(
  { secret = '', bearer }: FastifyRequest,
  after: number,
  signal: AbortSignal,
  { feed, tokens, now }: HttpDeps,
): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`
  let last = after
  while (!signal.aborted) {
    const snapshot = await feed.snapshot()
    // Asked at every change, so that a token that is revoked ends what it opened.
    if (!(await tokens.works(secret))) return
    const page = await feed.after(last)
    for (const revision of page) {
      yield formatEvent(revision)
      last = revision.number
    }
    if (page.length > 0) continue
    const timeoutMs = Math.min(KEEP_ALIVE_MS, Math.max(0, bearer!.endsAt - now()))
    const waited = Date.now()
    await feed.changed(snapshot, timeoutMs, signal)
    if (Date.now() - waited >= KEEP_ALIVE_MS && !signal.aborted) yield ': keep-alive\n\n'
  }
}

const texts = new WeakMap<RevisionAnswer, string>()

/** The same revision goes to every watcher: its text is made once. */
function formatEvent(revision: RevisionAnswer): string {
  const known = texts.get(revision)
  if (known !== undefined) return known
  const text = `id: ${revision.number}\nevent: revision\ndata: ${JSON.stringify(revision)}\n\n`
  texts.set(revision, text)
  return text
}

/** Where to go on; undefined is from now on. A browser that resumes says so in the header. */
function readAfter({ headers, query }: FastifyRequest): number | undefined {
  const { after, ...unknown } = query as Record<string, unknown>
  const [name] = Object.keys(unknown)
  if (name !== undefined) {
    throw new DriftStatusError('invalid-input', `"${name}" is not a parameter of events`, { hint: 'write ?after=12' })
  }
  const text = headers['last-event-id'] ?? after
  if (text === undefined || text === '') return undefined
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text)
  throw new DriftStatusError('invalid-input', 'the revision to go on after is not a number', {
    hint: 'send "Last-Event-ID: 12" or ?after=12',
  })
}

function cutOffWhenStalled({ raw }: FastifyReply): void {
  let lastTaken = Date.now()
  const timer = setInterval(() => {
    if (!raw.writableNeedDrain) lastTaken = Date.now()
    else if (Date.now() - lastTaken >= STALLED_MS) raw.destroy()
  }, KEEP_ALIVE_MS)
  timer.unref()
  raw.on('close', () => clearInterval(timer))
}
