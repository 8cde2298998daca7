import type { WriteOptions } from './contract/operation.js'
import type { AnswerOf, OperationId, RequestOf } from './contract/operations.js'

/** Carries one call to a service and brings the answer, or throws its error. */
export interface Transport {
  call(id: OperationId, request: unknown, options: WriteOptions): Promise<unknown>
  close(): Promise<void>
}

/** One method an operation, typed by the contract. */
export type Client = {
  readonly [Id in OperationId]: (request: RequestOf<Id>, options?: WriteOptions) => Promise<AnswerOf<Id>>
} & { close(): Promise<void> }

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
      return (request: unknown, options: WriteOptions = {}) => transport.call(name as OperationId, request, options)
    },
  })
}
