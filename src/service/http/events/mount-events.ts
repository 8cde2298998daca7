import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import type { Instant } from '../../../domain/time/zone.js'
import { requireScope } from '../../actor.js'
import { takeBefore } from '../../events/timed-events.js'
import { networkOf } from '../access/network.js'
import { recordRequest } from '../access/record-request.js'
import type { HttpDeps } from '../http-deps.js'
import { OpenStreams } from './open-streams.js'
import { restoredEvent } from './revision-event.js'

/** How soon a client that lost its connection comes back. */
const RETRY_MS = 1000

/**
 * `GET /v1/events`: every revision after a number, in order, each once, as they are made; and what time alone changes while
 * it is watched.
 */
export function mountEvents(app: FastifyInstance, deps: HttpDeps): void {
  const streams = new OpenStreams(deps.limits)
  app.route({
    method: 'GET',
    url: '/v1/events',
    exposeHeadRoute: false,
    config: { isStream: true },
    handler: async (request, reply) => {
      request.seen = undefined
      requireScope(request.bearer!.actor, 'read', 'watch the workspace')
      const after = readAfter(request) ?? (await deps.feed.last())
      // The client may have disconnected while the token was checked; its close event has already fired.
      if (reply.raw.destroyed) return reply.hijack()
      const close = streams.open(networkOf(request.clientAddress), request.bearer!.tokenId)
      const uncount = deps.metrics.countWatcher()
      const ended = new AbortController()
      reply.raw.on('close', () => {
        close()
        uncount()
        ended.abort()
        // Watchers mostly leave by themselves; the framework tells of answers that were finished alone.
        if (!reply.raw.writableFinished) recordRequest(request, reply, deps)
      })
      const signal = AbortSignal.any([ended.signal, deps.stopping])
      // Read only as fast as the client takes it: the pipe stops asking while the socket is full.
      const stream = Readable.from(eventText(request, after, signal, deps), { objectMode: false })
      // The answer has begun: its client sees the end of the stream, and comes again.
      stream.on('error', (error) => deps.accessLog.fault(request.id, error))
      return reply
        .headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .send(stream)
    },
  })
}

async function* eventText(
  { secret = '' }: FastifyRequest,
  after: number,
  signal: AbortSignal,
  { feed, tokens, now, limits, identity }: HttpDeps,
): AsyncGenerator<string | Buffer> {
  yield `retry: ${RETRY_MS}\n\n`
  const { timed } = feed
  let last = after
  let lastAt: Instant | undefined
  await timed.look()
  let told = timed.last
  let isStateTold = false
  let saidAt = Date.now()
  while (!signal.aborted) {
    const snapshot = await feed.snapshot()
    // Asked at every change: a token that is revoked ends what it opened, and one that is rotated ends it sooner.
    const endsAt = await tokens.endOf(secret)
    if (endsAt <= now()) return
    await timed.look()
    const page = await feed.after(last)
    if (page.last < last || (lastAt !== undefined && page.ownAt !== lastAt)) {
      // The last revision that there is follows: a client that does not know this event looks again all the same.
      last = Math.max(0, page.last - 1)
      lastAt = undefined
      isStateTold = false
      yield restoredEvent(last)
      continue
    }
    lastAt = page.ownAt
    const waiting = timed.after(told)
    // Too many for a client that reads slowly: it is told what is.
    if (waiting.length > 0 && waiting[0]!.number > told + 1) isStateTold = false
    for (const event of page.events) {
      for (const { number, text } of takeBefore(waiting, event.at)) {
        yield text
        told = number
      }
      yield event.text
      last = event.number
      lastAt = event.at
      saidAt = Date.now()
    }
    if (page.events.length > 0) continue
    for (const { number, text } of waiting) {
      yield text
      told = number
      saidAt = Date.now()
    }
    const state = isStateTold ? undefined : timed.stateEvent(identity)
    if (state !== undefined) yield state
    isStateTold = true
    if (waiting.length > 0) continue
    // Much is written that makes no revision, and wakes everyone: the silence is counted from what was said.
    const quietMs = Date.now() - saidAt
    if (quietMs >= limits.streamKeepAliveMs) {
      yield ': keep-alive\n\n'
      saidAt = Date.now()
      continue
    }
    const timeoutMs = Math.min(limits.streamKeepAliveMs - quietMs, Math.max(0, endsAt - now()))
    await feed.changed(snapshot, timeoutMs, signal)
  }
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
