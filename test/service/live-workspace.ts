import { join } from 'node:path'
import { inject } from 'vitest'
import { type Client, createClient } from '../../src/api/client.js'
import { actorOf } from '../../src/service/actor.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createLocalWorkspace } from '../../src/service/embedded/open-workspace.js'
import { createService } from '../../src/service/service.js'
import { openStore } from '../../src/service/store/open-store.js'
import type { Store } from '../../src/service/store/store.js'
import { checkedTransport } from '../api/checked-transport.js'
import { newFolder } from '../cli/fake-context.js'
import { documentOf, OPEN } from '../domain/workspace-builder.js'

/** A stored workspace with a clock that the test moves; nothing runs between two calls. */
export interface LiveWorkspace {
  /** The owner of the file, who may do everything and is no agent. */
  readonly owner: Client
  readonly store: Store
  /** The file. */
  readonly path: string
  /** Acts as one of the agents, by id. */
  as(agent: string): Promise<Client>
  /** Moves the clock to an instant, ISO 8601 or milliseconds; backwards as well. */
  clock(to: string | number): void
}

/** A workspace in a file of its own: a valid document with `parts` in it, made at {@link OPEN}, or when is said. */
export async function liveWorkspace(parts: object = {}, start = OPEN): Promise<LiveWorkspace> {
  let now = start
  const path = join(newFolder(), 'workspace.db')
  const place = inject('transport') === 'PostgreSQL' ? (await import('../postgres/shared-server.js')).newPlace() : path
  await createLocalWorkspace(place, documentOf(parts), now)
  const store = await openStore(place)
  const service = createService({ store, now: () => now })
  const clientOf = (...who: Parameters<typeof actorOf>) =>
    createClient(checkedTransport(inProcessTransport(service, actorOf(...who))))
  const owner = clientOf('owner', undefined, 'admin')
  return {
    owner,
    store,
    path,
    async as(id) {
      const { value } = await owner.getAgent({ id })
      return clientOf(value.id, value.id, value.role)
    },
    clock(to) {
      now = typeof to === 'number' ? to : Date.parse(to)
    },
  }
}
