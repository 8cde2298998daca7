import { DriftStatusError } from '../../domain/errors.js'
import type { Transport } from '../client.js'
import type { RevisionListAnswer } from '../contract/answers.js'
import {
  DRY_RUN_PARAMETER,
  encodeText,
  formatEtag,
  HORIZON_PARAMETER,
  NOTE_HEADER,
  toHttpRequest,
} from '../contract/http.js'
import type { WriteOptions } from '../contract/operation.js'
import { isWrite, type OperationId, operations } from '../contract/operations.js'
import { revisionsBetween } from '../revisions-between.js'
import { BrokenPromiseError, isJson, parseJson, toError } from './problem.js'
import { Sender, type SenderOptions } from './request/sender.js'
import { watchRevisions } from './watch-revisions.js'

export interface NetworkTransportOptions extends SenderOptions {
  /** How long the stream of events may be silent: the service says something every 15 s. */
  readonly silenceMs?: number | undefined
  /** The longest first pause before the stream is made again. */
  readonly firstPauseMs?: number | undefined
}

const SILENCE_MS = 45_000

/**
 * A service over HTTP.
 * @throws DriftStatusError (usage) for an address that no token may be sent to
 */
export function networkTransport(options: NetworkTransportOptions): Transport {
  const { silenceMs = SILENCE_MS, firstPauseMs, random = Math.random, now = Date.now } = options
  const sender = new Sender(options)
  let hasAnswered = false
  const call = async (id: OperationId, request: unknown, writeOptions: WriteOptions) => {
    const answer = await callOperation(sender, id, request, writeOptions)
    hasAnswered = true
    return answer
  }
  const listPage = (page: object) => call('listRevisions', page, {}) as Promise<RevisionListAnswer>
  return {
    call,
    events: (after, signal) =>
      watchRevisions(
        {
          host: sender.host,
          hasAnswered: () => hasAnswered,
          open: (last, isResuming, ending) =>
            sender.open({
              path: isResuming ? '/v1/events' : `/v1/events?after=${last}`,
              headers: { accept: 'text/event-stream', ...(isResuming && { 'last-event-id': String(last) }) },
              silenceMs,
              signal: ending,
            }),
          fetchBetween: (after, before) => revisionsBetween(after, before, listPage),
          firstPauseMs,
          random,
          now,
        },
        after,
        signal,
      ),
    close: () => sender.close(),
  }
}

/** What every write of ours says, also of another version. */
function isOurs(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'workspace' in value
}

async function callOperation(
  sender: Sender,
  id: OperationId,
  request: unknown,
  { note, dryRun, horizonDays, ifMatch }: WriteOptions,
): Promise<unknown> {
  const operation = Object.hasOwn(operations, id) ? operations[id] : undefined
  if (!operation) throw new DriftStatusError('not-found', `there is no operation "${id}"`)
  const { path, body } = toHttpRequest(operation, request as Readonly<Record<string, unknown>>)
  const isSafe = !isWrite(id)
  // Loaded while the service works on its answer.
  const checking = import('./check-answer.js')
  const answer = await sender.send({
    method: operation.method,
    path,
    body,
    isSafe,
    ...(dryRun && {
      query: {
        [DRY_RUN_PARAMETER]: 'true',
        ...(horizonDays !== undefined && { [HORIZON_PARAMETER]: String(horizonDays) }),
      },
    }),
    ...(!isSafe && { idempotencyKey: newIdempotencyKey() }),
    headers: {
      ...(note !== undefined && { [NOTE_HEADER]: encodeText(note) }),
      ...(ifMatch !== undefined && { 'if-match': [ifMatch].flat().map(formatEtag).join(', ') }),
    },
  })
  if (answer.status < 200 || answer.status > 299) throw toError(answer, sender.host)
  const value = isJson(answer) ? parseJson(answer.text) : undefined
  if (value === undefined) throw new BrokenPromiseError(sender.host, 'the answer is not JSON')
  const { findBrokenPromise } = await checking
  const broken = findBrokenPromise(id, value)
  if (broken !== undefined)
    throw new BrokenPromiseError(sender.host, broken, { mayBeWritten: isOurs(value) && !isSafe })
  return value
}

/**
 * A key for one write and all its repeats. It has to be unlike any other, not secret: the service keeps the keys
 * of each token apart. So it needs no cryptography, whose module takes longer to load than the request does.
 */
export function newIdempotencyKey(): string {
  const piece = () => Math.random().toString(36).slice(2).padEnd(11, '0')
  return `${Date.now().toString(36)}-${piece()}${piece()}`
}
