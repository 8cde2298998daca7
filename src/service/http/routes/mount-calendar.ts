import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { turnsOf } from '../../../domain/questions/duty-view.js'
import { DAY_MS } from '../../../domain/time/calendar-date.js'
import { writeDuty } from '../../../formats/icalendar/write-duty.js'
import { compileStored } from '../../revisions/effect.js'
import { countFailure } from '../access/authenticate.js'
import type { HttpDeps } from '../http-deps.js'

/** Turns are told from a month ago to three months ahead. */
const DAYS_BACK = 30
const DAYS_AHEAD = 90
const MAX_TURNS = 1000

type CalendarRequest = FastifyRequest<{ Params: { secret: string } }>

/**
 * The turns of duty of one person, at an address that is known to them alone: calendar programs send no header. The secret in it
 * opens nothing else, and the log has the pattern of the address in its place.
 */
export function mountCalendar(app: FastifyInstance, deps: HttpDeps): void {
  const { store, tokens, now } = deps
  app.get('/v1/calendar/:secret', async (request: CalendarRequest, reply) => {
    reply.header('cache-control', 'private, no-cache').header('referrer-policy', 'no-referrer')
    const secret = request.params.secret.replace(/\.ics$/, '')
    const { actor } = await tokens.authenticateFeed(secret).catch((error: unknown) => {
      throw countFailure(error, request.clientAddress, deps)
    })
    const body = await store.read(async (transaction) => {
      const at = now()
      const workspace = await compileStored(transaction, at)
      const agent = actor.agent!
      const turns = turnsOf(workspace, {
        from: at - DAYS_BACK * DAY_MS,
        to: at + DAYS_AHEAD * DAY_MS,
        agent,
        limit: MAX_TURNS,
      })
      // The same text all day, so that it need not be sent again.
      return writeDuty(turns, { agent, name: actor.title ?? agent, stamp: at - (at % DAY_MS) })
    })
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    reply.header('etag', etag)
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    return reply.type('text/calendar; charset=utf-8').send(body)
  })
}
