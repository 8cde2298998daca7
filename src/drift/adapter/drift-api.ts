import type { ApiRequest, Sender } from '../../api/network/request/sender.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { DriftTeam, DriftUser, WritableAvailability } from '../documents.js'
import { driftError } from './drift-error.js'

/** Sends a request to Drift's API, or to one that is compatible. */
export type Send = Sender['send']

/** Drift does not page users or teams today; an account whose answer never ends is broken. */
const MAX_PAGES = 1000

/** The part of Drift's public API that an availability is about. */
export interface DriftApi {
  users(): Promise<readonly DriftUser[]>
  /** @throws DriftStatusError (not-found) for nobody */
  user(id: string): Promise<DriftUser>
  setAvailability(id: string, availability: WritableAvailability): Promise<DriftUser>
  teams(): Promise<readonly DriftTeam[]>
}

export interface DriftApiOptions {
  readonly send: Send
  readonly token: string
  /** For the `Retry-After` that is a date. */
  readonly now: () => number
}

export function driftApi({ send, token, now }: DriftApiOptions): DriftApi {
  const ask = (request: Omit<ApiRequest, 'headers'>) =>
    sendToDrift(send, { ...request, headers: { authorization: `Bearer ${token}` } }, now())

  async function list<Document extends { readonly id: number }>(path: string): Promise<readonly Document[]> {
    const found: Document[] = []
    let next: string | undefined
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await ask({ method: 'GET', path, ...(next !== undefined && { query: { next } }), isSafe: true })
      const { data } = answer as { readonly data?: unknown }
      if (!Array.isArray(data) || !data.every(hasId)) throw malformed(`GET ${path}`)
      found.push(...(data as Document[]))
      const following = nextPage(answer)
      if (following === undefined || following === next) return found
      next = following
    }
    throw malformed(`GET ${path}`)
  }

  return {
    users: () => list<DriftUser>('/users/list'),
    teams: () => list<DriftTeam>('/teams/org'),
    async user(id) {
      const path = `/users/${encodeURIComponent(id)}`
      return readUser(await ask({ method: 'GET', path, isSafe: true }), `GET ${path}`)
    },
    async setAvailability(id, availability) {
      // An availability set twice is the availability set once.
      const request = { method: 'PATCH', path: '/users/update', query: { userId: id }, body: { availability } }
      return readUser(await ask({ ...request, isSafe: true }), 'PATCH /users/update')
    },
  }
}

/**
 * The JSON of a reply.
 * @throws DriftStatusError for any status other than 2xx, and for an answer that is not a JSON object
 */
export async function sendToDrift(send: Send, request: ApiRequest, now: number): Promise<object> {
  const reply = await send(request)
  if (reply.status < 200 || reply.status > 299) throw driftError(request, reply, now)
  const place = `${request.method} ${request.path}`
  let answer: unknown
  try {
    answer = JSON.parse(reply.text)
  } catch (cause) {
    throw malformed(place, cause)
  }
  if (typeof answer !== 'object' || answer === null) throw malformed(place)
  return answer
}

function readUser(answer: object, place: string): DriftUser {
  const { data } = answer as { readonly data?: unknown }
  if (!hasId(data)) throw malformed(place)
  return data as DriftUser
}

function hasId(value: unknown): boolean {
  return Number.isSafeInteger((value as { readonly id?: unknown } | null | undefined)?.id)
}

/** Drift documents `pagination` beside `data` for lists that it cuts: `{"more": true, "next": "…"}`. */
function nextPage(answer: object): string | undefined {
  const { pagination } = answer as { readonly pagination?: { readonly more?: unknown; readonly next?: unknown } | null }
  const next = pagination?.next
  if (pagination?.more === false || (typeof next !== 'string' && typeof next !== 'number')) return undefined
  return next === '' ? undefined : String(next)
}

function malformed(place: string, cause?: unknown): DriftStatusError {
  return new DriftStatusError('failed', `the answer to ${place} is not an answer of Drift`, {
    hint: 'check whether a proxy answers instead, then try again',
    cause,
  })
}
