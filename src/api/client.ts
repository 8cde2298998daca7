import type { TimedChangeAnswer } from '../domain/questions/timed-changes.js'
import type { AgentsStatusAnswer, RevisionAnswer, Versioned } from './contract/answers.js'
import type { AgentsWriteAnswer, WriteOptions } from './contract/operation.js'
import type { AnswerOf, OperationId, RequestOf } from './contract/operations.js'

/** Carries one call to a service and brings the answer, or throws its error. */
export interface Transport {
  call(id: OperationId, request: unknown, options: WriteOptions): Promise<unknown>
  /** Every revision after a number, in order, each once, as they are made, and what time alone changes; ends when the signal aborts. */
  events(after: number, signal: AbortSignal): AsyncIterable<WorkspaceEvent>
  close(): Promise<void>
}

/** What someone who watches a workspace is told. */
export type WorkspaceEvent =
  | { readonly type: 'revision'; readonly revision: RevisionAnswer }
  /** The connection broke; it is being made again, and no revision will be missed. */
  | { readonly type: 'lost'; readonly reason: string }
  | { readonly type: 'resumed' }
  /** A copy of the workspace was restored: the numbers go on after this one, and what was read before may be wrong. */
  | { readonly type: 'restored'; readonly after: number }
  /**
   * Time alone changed something: an override or a status ended, the hours opened or closed, a shift began. What happens so
   * while the connection is lost is not told after it: ask what is.
   */
  | { readonly type: 'change'; readonly change: TimedChangeAnswer }
  /** The sign promises somebody, and nobody is there, by time or by a revision; and that it is so no more. */
  | { readonly type: 'nobody-there' | 'nobody-there-ended'; readonly change: TimedChangeAnswer }

/**
 * One method an operation, typed by the contract; and the revisions as they are made. A method
 * answers, or throws a DriftStatusError whose `code` says what went wrong and `hint` what to do next.
 *
 * @example
 * const { value, revision } = await client.getHours({})
 * const hours = { ...value, timeZone: 'Europe/Berlin' }
 * await client.putHours({ hours }, { ifMatch: revision, note: 'we moved' }) // code "conflict" on a later change
 *
 * @example
 * for await (const event of client.events(0, AbortSignal.timeout(60_000))) {
 *   if (event.type === 'revision') console.log(event.revision.actor, event.revision.changes)
 * }
 */
export type Client = {
  readonly [Id in OperationId]: (request: RequestOf<Id>, options?: WriteOptions) => Promise<AnswerOf<Id>>
} & Pick<Transport, 'events' | 'close'>

/** What a Drift account can be asked as well: agents, teams and statuses. A {@link Client} tells more of them. */
export interface AgentsClient extends Pick<Client, 'listAgents' | 'getAgent' | 'getTeams' | 'close'> {
  /** The name, and the zone of times without one. */
  getSettings(
    request: RequestOf<'getSettings'>,
  ): Promise<Versioned<Pick<AnswerOf<'getSettings'>['value'], 'name' | 'timeZone'>>>
  getStatus(request: RequestOf<'getStatus'>): Promise<AgentsStatusAnswer>
  putStatus(
    request: RequestOf<'putStatus'>,
    options?: WriteOptions,
  ): Promise<AgentsWriteAnswer & Pick<AnswerOf<'putStatus'>, 'agent'>>
}

/**
 * The typed client of a workspace, wherever the transport takes it. Close it when it is done.
 *
 * @param transport opened by `openLocalWorkspace`; `connectWorkspace` makes the client of a shared one
 *
 * @example
 * const client = createClient(await openLocalWorkspace('acme.db', { now: Date.now }))
 * const { changed, effect } = await client.putStatus({ id: '2', status: 'away' }, { note: 'lunch' })
 * await client.close()
 */
export function createClient(transport: Transport): Client {
  // A method is made when it is first asked for: the contract's table stays unread until then.
  return new Proxy({} as Client, {
    get(_, name) {
      // A client is no promise: `await client` must give the client.
      if (name === 'then' || typeof name === 'symbol') return undefined
      if (name === 'close') return () => transport.close()
      if (name === 'events') return (after: number, signal: AbortSignal) => transport.events(after, signal)
      return (request: unknown, options: WriteOptions = {}) => transport.call(name as OperationId, request, options)
    },
  })
}
