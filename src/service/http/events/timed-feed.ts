import { formatInstant } from '../../../domain/time/instant.js'
import type { Instant } from '../../../domain/time/zone.js'
import { TimedEvents } from '../../events/timed-events.js'
import type { Identity, Store } from '../../store/store.js'

/** Events kept for watchers that read slowly: who is further behind is told what is. */
const MAX_KEPT = 200

/** A timed event as server-sent event: without an id, so that resuming goes by the revisions alone. */
export interface ToldEvent {
  /** Counted from 1 in this process. */
  readonly number: number
  readonly at: Instant
  readonly isOfRevision: boolean
  /** The same for every watcher. */
  readonly text: Buffer
}

/** What time alone changes, for any number of watchers: looked at once for all of them. */
export class TimedFeed {
  readonly #timed: TimedEvents
  #kept: ToldEvent[] = []
  #last = 0
  #looking: Promise<void> | undefined

  constructor(store: Store, now: () => Instant) {
    this.#timed = new TimedEvents(store, now)
  }

  /** The number of the last event. */
  get last(): number {
    return this.#last
  }

  isDue(): boolean {
    return this.#timed.isDue()
  }

  /** Adds what happened since the last look. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  /** The events after a number, in order; the first of them follows it unless some were dropped. */
  after(number: number): ToldEvent[] {
    return this.#kept.filter((event) => event.number > number)
  }

  /** What is, as an event; undefined before the first look. */
  stateEvent({ id }: Identity): string | undefined {
    const { state } = this.#timed
    if (!state) return undefined
    const { zone } = state.workspace
    const at = formatInstant(state.at, zone)
    const answer = { at, timeZone: zone.name, workspace: id, revision: state.revision, ...state.state }
    return `event: state\ndata: ${JSON.stringify(answer)}\n\n`
  }

  async #look(): Promise<void> {
    const told = (await this.#timed.look()).map(({ type, change, at, isOfRevision }) => {
      this.#last++
      return {
        number: this.#last,
        at,
        isOfRevision,
        text: Buffer.from(`event: ${type}\ndata: ${JSON.stringify(change)}\n\n`),
      }
    })
    if (told.length > 0) this.#kept = [...this.#kept, ...told].slice(-MAX_KEPT)
  }
}
