import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DriftStatusError } from '../../../domain/errors.js'
import { turnsOf } from '../../../domain/questions/duty-view.js'
import { DAY_MS } from '../../../domain/time/calendar-date.js'
import type { Instant, Zone } from '../../../domain/time/zone.js'
import { writeDuty } from '../../../formats/icalendar/write-duty.js'
import type { Actor } from '../../actor.js'
import { compileStored } from '../../revisions/effect.js'
import type { ReadTransaction } from '../../store/store.js'
import type { Bearer } from '../../tokens/token-directory.js'
import { countFailure, isNotLoggedIn } from '../access/authenticate.js'
import type { HttpDeps } from '../http-deps.js'
import { LongQuestions } from '../limits/long-questions.js'
import { isKnownEtag } from './known-etag.js'

/** Turns are told from a month ago to three months ahead. */
const DAYS_BACK = 30
const DAYS_AHEAD = 90
/** More than one person has in that time. */
const MAX_TURNS = 10_000

type CalendarRequest = FastifyRequest<{ Params: { secret: string } }>

/**
 * The turns of duty of one person, at an address that is known to them alone: calendar programs send no header. The secret in it
 * opens nothing else, and the log has the pattern of the address in its place.
 */
export function mountCalendar(app: FastifyInstance, deps: HttpDeps): void {
  const { store, now } = deps
  const longQuestions = new LongQuestions()
  app.get('/v1/calendar/:secret', async (request: CalendarRequest, reply) => {
    reply.header('cache-control', 'private, no-cache').header('referrer-policy', 'no-referrer')
    const { tokenId, actor } = await ownerOf(request, deps)
    const write = (transaction: ReadTransaction) => calendarOf(actor, transaction, now())
    const body = await longQuestions.ask(tokenId, () => store.read(write, { isLong: true }))
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
    reply.header('etag', etag)
    if (isKnownEtag(request, etag)) return reply.code(304).send()
    return reply.type('text/calendar; charset=utf-8').send(body)
  })
}

/**
 * Whose calendar an address is; the log calls them by their token's id.
 * @throws DriftStatusError (not-found) for a wrong one: told that they need to log in, calendar programs ask for a password
 */
async function ownerOf(request: CalendarRequest, deps: HttpDeps): Promise<Bearer> {
  try {
    const { tokenId, actor } = await deps.tokens.authenticateFeed(request.params.secret.replace(/\.ics$/, ''))
    request.bearer = { tokenId, actor }
    return request.bearer
  } catch (cause) {
    const error = countFailure(cause, request.clientAddress, deps)
    if (!isNotLoggedIn(error)) throw error
    throw new DriftStatusError('not-found', 'no calendar has this address, or it has it no more', {
      hint: 'ask whom it is of for a new one',
      cause,
    })
  }
}

/** The same text all day, as long as nobody's turns change: it need not be sent again. */
async function calendarOf({ agent = '', title = agent }: Actor, transaction: ReadTransaction, at: Instant) {
  const workspace = await compileStored(transaction, at)
  const midnight = midnightBefore(at, workspace.zone)
  const turns = turnsOf(workspace, {
    from: midnight - DAYS_BACK * DAY_MS,
    to: midnight + DAYS_AHEAD * DAY_MS,
    agent,
    limit: MAX_TURNS,
  })
  return writeDuty(turns, { agent, name: title, stamp: midnight })
}

function midnightBefore(at: Instant, zone: Zone): Instant {
  return zone.toInstant(Math.floor(zone.toLocal(at) / DAY_MS) * DAY_MS)
}
