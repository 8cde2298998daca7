import { DriftStatusError } from '../../domain/errors.js'
import type { TimedChangeAnswer } from '../../domain/questions/timed-changes.js'
import type { WorkspaceEvent } from '../client.js'
import type { RevisionAnswer } from '../contract/answers.js'
import { pause } from '../pause.js'
import { createEventParser } from './event-parser.js'
import { BrokenPromiseError, parseJson, toError } from './problem.js'
import type { TextAnswer } from './request/answer.js'
import { headerOf } from './request/connection.js'
import { NoAnswerError } from './request/failure.js'
import { isPassingStatus, jitteredPause, parseRetryAfter } from './request/retry.js'
import type { Opened } from './request/sender.js'

/** What watching a workspace needs of the world. */
export interface WatchOptions {
  /** Opens the stream of what came after a revision; the first time it is asked by query, then by `Last-Event-ID`. */
  readonly open: (after: number, isResuming: boolean, signal: AbortSignal) => Promise<Opened>
  /** The revisions between two, both left out, in order. */
  readonly fetchBetween: (after: number, before: number) => Promise<readonly RevisionAnswer[]>
  readonly host: string
  /** Whether the service has answered a call before: it exists, and comes back. */
  readonly hasAnswered: () => boolean
  readonly firstPauseMs?: number | undefined
  readonly random: () => number
  readonly now: () => number
}

const FIRST_PAUSE_MS = 250
const FIRST_TRIES = 4
const MAX_PAUSE_MS = 10_000
/** A server that asks for more patience than this is asked again all the same. */
const MAX_RETRY_AFTER_MS = 60_000

/**
 * Every revision after one, in order, each once, across lost connections, until the signal aborts.
 * @throws DriftStatusError when the service refuses (a token that is revoked), or was never
 *   reached
 */
export async function* watchRevisions(
  { open, fetchBetween, host, hasAnswered, firstPauseMs = FIRST_PAUSE_MS, random, now }: WatchOptions,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<WorkspaceEvent> {
  let last = after
  /** The id of the workspace that was watched last. */
  let workspace: string | undefined
  let [isLost, hasConnected, tries] = [false, false, 0]
  while (!signal.aborted) {
    let reason = `${host} ended the connection`
    let waitMs: number | undefined
    let connectedAt = Number.POSITIVE_INFINITY
    const attempt = new AbortController()
    const end = () => attempt.abort()
    signal.addEventListener('abort', end)
    try {
      const opened = await open(last, hasConnected, attempt.signal)
      if ('refusal' in opened) {
        waitMs = parseRetryAfter(opened.refusal.headers['retry-after'], now())
        throw refusalOf(opened.refusal, host)
      }
      const { headers, chunks } = opened.stream
      if (!headerOf(headers, 'content-type')?.startsWith('text/event-stream'))
        throw new BrokenPromiseError(host, 'it sent no events')
      hasConnected = true
      connectedAt = now()
      if (isLost) yield { type: 'resumed' }
      isLost = false
      for await (const told of toldBy(chunks, host)) {
        if (signal.aborted) return
        if (told.type === 'state') {
          if (workspace !== undefined && told.workspace !== workspace) yield { type: 'restored', after: last }
          workspace = told.workspace
          continue
        }
        if (told.type !== 'revision') {
          if (told.type === 'restored') last = told.after
          yield told
          continue
        }
        const { number, isShortened } = told.revision
        const fetchedTo = isShortened ? number : number - 1
        if (fetchedTo > last) {
          for (const missed of (await untilAborted(fetchBetween(last, fetchedTo + 1), signal)) ?? []) {
            last = missed.number
            yield { type: 'revision', revision: missed }
          }
        }
        if (signal.aborted) return
        if (number <= last) continue
        last = number
        yield told
      }
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof DriftStatusError) || !canMend(error, hasConnected || hasAnswered(), tries)) throw error
      reason = error.message
    } finally {
      signal.removeEventListener('abort', end)
      attempt.abort()
    }
    if (signal.aborted) return
    if (!isLost) yield { type: 'lost', reason }
    isLost = true
    // A service that ends every connection at once is not asked again as often as it likes.
    if (now() - connectedAt > MAX_PAUSE_MS) tries = 0
    const pauseMs = jitteredPause(tries++, { firstPauseMs, maxPauseMs: MAX_PAUSE_MS }, random)
    await pause(Math.min(waitMs ?? pauseMs, MAX_RETRY_AFTER_MS), signal)
  }
}

/**
 * Once the service was reached, whatever breaks the connection is waited out, except a service that says no. A first one is
 * tried a few times, as a call is.
 */
function canMend(error: DriftStatusError, isReached: boolean, tries: number): boolean {
  if (error.code === 'busy') return true
  if (isReached) return error.code === 'unreachable' || error instanceof BrokenPromiseError
  return error instanceof NoAnswerError && error.isPassing && tries < FIRST_TRIES
}

function refusalOf(answer: TextAnswer, host: string): DriftStatusError {
  if (isPassingStatus(answer.status)) return new DriftStatusError('busy', `${host} answered ${answer.status}`)
  return toError(answer, host)
}

/** A revision as a stream tells it: without its changes where they are long. */
type ToldRevision = RevisionAnswer & { readonly isShortened?: boolean }
type Told =
  | { readonly type: 'revision'; readonly revision: ToldRevision }
  | { readonly type: 'state'; readonly workspace: string }
  | Extract<WorkspaceEvent, { readonly type: 'restored' | ChangeType }>

const CHANGE_TYPES = ['change', 'nobody-there', 'nobody-there-ended'] as const
type ChangeType = (typeof CHANGE_TYPES)[number]

/** What a stream tells, until it ends. */
async function* toldBy(chunks: AsyncIterable<Uint8Array>, host: string): AsyncGenerator<Told> {
  const decoder = new TextDecoder()
  const read = createEventParser()
  for await (const chunk of chunks) {
    for (const { type, data } of read(decoder.decode(chunk, { stream: true }))) {
      const changeType = CHANGE_TYPES.find((each) => each === type)
      if (changeType) yield { type: changeType, change: await changeOf(data, host) }
      else if (type === 'state') yield { type, workspace: workspaceOf(data) }
      else if (type === 'revision') yield { type, revision: await revisionOf(data, host) }
      else if (type === 'restored') yield { type, after: placeOf(data, host) }
    }
  }
}

async function revisionOf(data: string, host: string): Promise<ToldRevision> {
  const { findBrokenPromise } = await import('./check-answer.js')
  const revision = parseJson(data)
  const broken = findBrokenPromise('getRevision', revision)
  if (broken === undefined) return revision as ToldRevision
  throw new BrokenPromiseError(host, `of a change, ${broken}`)
}

async function changeOf(data: string, host: string): Promise<TimedChangeAnswer> {
  const [{ findBroken }, { eventChange }] = await Promise.all([
    import('./check-answer.js'),
    import('../contract/responses/events.js'),
  ])
  const change = parseJson(data)
  const broken = findBroken(eventChange(), change)
  if (broken === undefined) return change as TimedChangeAnswer
  throw new BrokenPromiseError(host, `of a change, ${broken}`)
}

function workspaceOf(data: string): string {
  const { workspace } = (parseJson(data) ?? {}) as { readonly workspace?: unknown }
  return String(workspace)
}

function placeOf(data: string, host: string): number {
  const { after } = (parseJson(data) ?? {}) as { readonly after?: unknown }
  if (typeof after === 'number') return after
  throw new BrokenPromiseError(host, 'of a restored workspace, the revision is missing')
}

/** What a promise brings, or undefined as soon as the signal aborts. */
export function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const end = () => {
      signal.removeEventListener('abort', end)
      resolve(undefined)
    }
    signal.addEventListener('abort', end)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end))
    if (signal.aborted) end()
  })
}
