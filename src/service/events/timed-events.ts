import type { Workspace } from '../../domain/decision/compile-workspace.js'
import {
  changeAnswer,
  changeBetween,
  type MomentState,
  nextTimedChange,
  stateAt,
  type TimedChange,
  type TimedChangeAnswer,
  timedChanges,
} from '../../domain/questions/timed-changes.js'
import type { Instant } from '../../domain/time/zone.js'
import { compileStored } from '../revisions/effect.js'
import type { ReadTransaction, Snapshot, Store } from '../store/store.js'

/** What is told beside the revisions. */
export interface TimedEvent {
  /** A change that time made, or that "promised online, and nobody is there" begins or ends, whatever made it. */
  readonly type: 'change' | 'nobody-there' | 'nobody-there-ended'
  readonly at: Instant
  /** Whether a revision of the same instant made it: it comes after it. What time ends at the instant of a write ended before it. */
  readonly isOfRevision: boolean
  readonly change: TimedChangeAnswer
}

/** What is, and when it was looked at. */
export interface KnownState {
  readonly at: Instant
  readonly state: MomentState
  readonly workspace: Workspace
  /** The number of the last revision. */
  readonly revision: number
}

/** Clocks are kept right by small steps, also backwards: nothing ends twice for them. */
const MAX_STEP_MS = 1000
/** When more has passed since the last look, the machine slept or the clock was set: what is is told, not what was meanwhile. */
const MAX_PASSED = 100

interface Known {
  readonly workspace: Workspace
  /** What stands at the last revision: the same number at another instant is another history. */
  readonly revision: { readonly number: number; readonly at: Instant }
  /** Until when it is told what time changes. */
  readonly at: Instant
  /** The first instant after it at which time may change something. */
  readonly next: Instant
}

/**
 * What time alone changes in a stored workspace, as it happens. Nothing runs for it: whoever watches asks `isDue` now and then,
 * which costs a comparison, and then `look`. So no timer can be too long, and a clock that jumps is noticed.
 */
export class TimedEvents {
  readonly #store: Store
  readonly #now: () => Instant
  #known: Known | undefined
  #seen: Snapshot | undefined

  constructor(store: Store, now: () => Instant) {
    this.#store = store
    this.#now = now
  }

  /** Whether time may have changed something since the last look. */
  isDue(): boolean {
    if (!this.#known) return true
    const now = this.#now()
    return now >= this.#known.next || now < this.#known.at - MAX_STEP_MS
  }

  /** What is, as of the last look; undefined before the first. */
  get state(): KnownState | undefined {
    if (!this.#known) return undefined
    const { workspace, at, revision } = this.#known
    return { at, workspace, state: stateAt(workspace, at), revision: revision.number }
  }

  /** What was stored at the last look. */
  get seen(): Snapshot | undefined {
    return this.#seen
  }

  /** What happened since the last look, in order; the first look tells nothing. One look at a time. */
  async look(): Promise<readonly TimedEvent[]> {
    if ((await this.#store.snapshot()) === this.#seen && !this.isDue()) return []
    return this.#store.read(async (transaction) => {
      const events = await this.#catchUp(transaction, this.#now())
      this.#seen = transaction.snapshot
      return events
    })
  }

  async #catchUp(transaction: ReadTransaction, now: Instant): Promise<readonly TimedEvent[]> {
    const known = this.#known
    const number = await transaction.revisions.last()
    const revision = { number, at: (await instantOf(transaction, number)) ?? now }
    if (known?.revision.number === number && known.revision.at === revision.at) return this.#advance(known, now)
    if (!known) {
      this.#set({ workspace: await compileStored(transaction, now), revision, at: now })
      return []
    }
    const goesOn =
      number > known.revision.number && (await instantOf(transaction, known.revision.number)) === known.revision.at
    const written = goesOn ? await instantOf(transaction, known.revision.number + 1) : undefined
    const events = written === undefined ? [] : [...this.#advance(known, Math.min(written, now))]
    const from = goesOn ? Math.min(revision.at, now) : now
    const { workspace: earlier, at } = this.#known!
    const workspace = await compileStored(transaction, from)
    const change: TimedChange = {
      at: from,
      because: ['revision'],
      before: stateAt(earlier, at),
      after: stateAt(workspace, from),
      agents: [],
    }
    events.push(...nobodyThere(change, workspace))
    this.#set({ workspace, revision, at: from })
    return [...events, ...this.#advance(this.#known!, now)]
  }

  #advance(known: Known, now: Instant): readonly TimedEvent[] {
    const { workspace, at } = known
    if (now <= at && now >= at - MAX_STEP_MS) return []
    const isJump = now < at || hasManyChanges(workspace, at, now)
    const jump = isJump ? changeBetween(workspace, at, workspace, now, ['clock']) : undefined
    const changes = isJump ? (jump ? [jump] : []) : [...timedChanges(workspace, at, now)]
    this.#set({ ...known, at: now })
    return changes.flatMap((change): TimedEvent[] => [
      { type: 'change', at: change.at, isOfRevision: false, change: changeAnswer(change, workspace) },
      ...nobodyThere(change, workspace),
    ])
  }

  #set(known: Omit<Known, 'next'>): void {
    this.#known = { ...known, next: nextTimedChange(known.workspace, known.at) }
  }
}

function hasManyChanges(workspace: Workspace, from: Instant, to: Instant): boolean {
  let at = from
  for (let count = 0; count <= MAX_PASSED; count++) {
    at = nextTimedChange(workspace, at)
    if (at > to) return false
  }
  return true
}

function nobodyThere(change: TimedChange, workspace: Workspace): readonly TimedEvent[] {
  const { at, because, before, after } = change
  if (before.nobodyThere === after.nobodyThere) return []
  const type = after.nobodyThere ? 'nobody-there' : 'nobody-there-ended'
  return [{ type, at, isOfRevision: because.includes('revision'), change: changeAnswer(change, workspace) }]
}

/** When a revision was made; undefined for one that there is not. */
async function instantOf({ revisions }: ReadTransaction, number: number): Promise<Instant | undefined> {
  const [revision] = await revisions.after(number - 1, 1, 0)
  return revision?.number === number ? revision.at : undefined
}

/** Takes from the front of some events those that come before a revision of an instant. */
export function takeBefore<Event extends Pick<TimedEvent, 'at' | 'isOfRevision'>>(
  events: Event[],
  at: Instant,
): readonly Event[] {
  const later = events.findIndex((event) => event.at > at || (event.at === at && event.isOfRevision))
  return events.splice(0, later === -1 ? events.length : later)
}
