import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import type { AgentStatus } from '../../domain/words.js'
import { statusOf, WRITABLE_AVAILABILITIES, type WritableAvailability } from '../documents.js'
import { parseIntegerId } from './integer-id.js'

/** A request as a web framework hands it over. */
export interface CompatRequest {
  /** What stands for `{id}` in the path, decoded. */
  readonly parameters: Readonly<Record<string, string | undefined>>
  /** A name that is there more than once has a list. */
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Parsed JSON; undefined for none. */
  readonly body: unknown
  /** Where it comes from: wrong tokens are counted by it. */
  readonly address: string
  /** The agent whose token it was sent with, if it is an agent's. */
  readonly agent?: string | undefined
}

/** Drift answers at most so many users of one request. */
const MAX_USERS = 20

/**
 * The user of a path.
 * @throws DriftStatusError (not-found) for what can be no user's id
 */
export function readPathId({ parameters }: CompatRequest): number {
  const id = parseIntegerId(parameters.id ?? '')
  if (id === undefined) throw new DriftStatusError('not-found', `there is no user "${parameters.id ?? ''}"`)
  return id
}

/** The users of `?userId=1&userId=2`. */
export function readUserIds({ query }: CompatRequest): readonly number[] {
  const texts = [query.userId ?? []].flat()
  if (texts.length === 0) throw invalid('give the ids of the users: ?userId=1&userId=2')
  if (texts.length > MAX_USERS) throw invalid(`at most ${MAX_USERS} users at a time, not ${texts.length}`)
  return texts.map(readUserId)
}

/** The one user of `?userId=1`. */
export function readOneUserId({ query }: CompatRequest): number {
  const [only, ...others] = [query.userId ?? []].flat()
  if (only === undefined || others.length > 0) throw invalid('give the id of one user: ?userId=1')
  return readUserId(only)
}

/** The status that `{"availability": "OFFLINE"}` asks for. */
export function readAvailability({ body }: CompatRequest): AgentStatus {
  const { availability, ...others } = readObject(body)
  const refused = Object.keys(others)
  if (refused.length > 0) throw invalid(`only availability can be updated here, not ${refused.join(', ')}`)
  if (availability === undefined) throw invalid('send the availability: AVAILABLE or OFFLINE')
  if (availability === 'ON_CALL') throw invalid('ON_CALL can only be read: set AVAILABLE or OFFLINE')
  if (!isWritable(availability)) {
    const guess = typeof availability === 'string' ? didYouMean(availability, WRITABLE_AVAILABILITIES) : undefined
    throw invalid(`${JSON.stringify(availability)} is not an availability: ${guess ?? 'write AVAILABLE or OFFLINE'}`)
  }
  return statusOf(availability)
}

/** Drift documents `access_token`; published clients send `accessToken` as well. */
export function readAccessToken({ body }: CompatRequest): string {
  const { access_token, accessToken } = readObject(body)
  const token = access_token ?? accessToken
  if (typeof token !== 'string' || token === '') throw invalid('send the token: {"access_token": "…"}')
  return token
}

function readUserId(text: string): number {
  const id = parseIntegerId(text)
  if (id === undefined) throw invalid(`"${text}" is not the id of a user: ids are whole numbers`)
  return id
}

function readObject(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  throw invalid('the body must be a JSON object')
}

function isWritable(value: unknown): value is WritableAvailability {
  return (WRITABLE_AVAILABILITIES as readonly unknown[]).includes(value)
}

function invalid(message: string): DriftStatusError {
  return new DriftStatusError('invalid-input', message)
}
