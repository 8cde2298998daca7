import type { RevisionAnswer } from './contract/answers.js'
import type { WriteOptions } from './contract/operation.js'
import type { AnswerOf, OperationId, RequestOf } from './contract/operations.js'

/** Carries one call to a service and brings the answer, or throws its error. */
export interface Transport {
  call(id: OperationId, request: unknown, options: WriteOptions): Promise<unknown>
  /** Every revision after a number, in order, each once, as they are made; ends when the signal aborts. */
  events(after: number, signal: AbortSignal): AsyncIterable<WorkspaceEvent>
  close(): Promise<void>
}

/** What someone who watches a workspace is told. */
export type WorkspaceEvent =
  | { readonly type: 'revision'; readonly revision: RevisionAnswer }
  /** The connection broke; it is being made again, and no revision will be missed. */
  | { readonly type: 'lost'; readonly reason: string }
  | { readonly type: 'resumed' }

/** One method an operation, typed by the contract. */
export type Client = {
  readonly [Id in OperationId]: (request: RequestOf<Id>, options?: WriteOptions) => Promise<AnswerOf<Id>>
} & Pick<Transport, 'events' | 'close'>

/**
 * The typed client of a workspace, wherever the transport takes it.
 *
 * @example
 * const client = createClient(await openLocalWorkspace('acme.db', { now: Date.now }))
 * await client.putStatus({ id: '2', status: 'away' }, { note: 'lunch' })
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
