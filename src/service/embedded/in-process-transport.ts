import type { Transport } from '../../api/client.js'
import type { Actor } from '../actor.js'
import type { Service } from '../service.js'
import { pollRevisions } from './poll-revisions.js'

/** The service as one actor's transport: no HTTP, the same everything else. */
export function inProcessTransport(service: Service, actor: Actor): Transport {
  return {
    call: (id, request, options) => service.call(id, request, actor, options),
    events: (after, signal) => pollRevisions(service, actor, { last: after }, signal),
    close: () => service.close(),
  }
}
