import type { Transport } from '../../api/client.js'
import { pause } from '../../api/pause.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Actor } from '../actor.js'
import type { Service } from '../service.js'
import type { Store } from '../store/store.js'
import { pollRevisions, type ToldPlace } from './poll-revisions.js'

/** A workspace file, opened for one actor. */
export interface OpenedFile {
  readonly store: Store
  readonly service: Service
  readonly actor: Actor
}

/** How often a file that is gone is looked for. */
const INTERVAL_MS = 250

/**
 * A workspace file as one actor's transport. While it is watched, a file that takes its place, such as a copy that is
 * restored, is opened instead of it.
 * @param open opens whatever file stands there; throws DriftStatusError (not-found) for none
 */
export function fileTransport(first: OpenedFile, open: () => Promise<OpenedFile>): Transport {
  let file = first
  return {
    call: (id, request, options) => file.service.call(id, request, file.actor, options),
    async *events(after, signal) {
      const place: ToldPlace = { last: after }
      while (!signal.aborted) {
        const { store, service, actor } = file
        try {
          yield* pollRevisions(service, actor, place, signal, () => store.check())
        } catch (error) {
          const reason = await problemOf(store)
          if (reason === undefined) throw error
          yield { type: 'lost', reason }
          const found = await openAgain(open, signal)
          if (!found) return
          file = found
          await service.close()
          yield { type: 'resumed' }
        }
      }
    },
    close: () => file.service.close(),
  }
}

/** Why the file that is open is not the one that stands there; undefined when it is. */
function problemOf(store: Store): Promise<string | undefined> {
  return store.check().then(
    () => undefined,
    (error: Error) => error.message,
  )
}

/** The file that stands there, once one can be opened: a copy may be half written. Undefined when the signal aborts. */
async function openAgain(open: () => Promise<OpenedFile>, signal: AbortSignal): Promise<OpenedFile | undefined> {
  while (!signal.aborted) {
    try {
      return await open()
    } catch (error) {
      if (!(error instanceof DriftStatusError)) throw error
    }
    await pause(INTERVAL_MS, signal)
  }
  return undefined
}
