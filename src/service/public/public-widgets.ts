import type { Instant } from '../../domain/schedule/zone.js'
import type { Workspace } from '../../domain/workspace.js'
import { compileStored } from '../effect.js'
import type { Snapshot, Store } from '../store/store.js'
import { bodyEtag } from './body-etag.js'
import { readPublicQuery } from './public-query.js'
import { publicWidget } from './public-widget.js'

/** Answers kept at once; the oldest goes first. Pages and visitors are many, and anyone may ask. */
const MOST_KEPT = 500

/** An answer as it is sent, for as long as it holds. */
export interface PublicCopy {
  readonly body: string
  /** Of this very body. */
  readonly etag: string
  readonly from: Instant
  /** Infinity when time alone changes nothing. */
  readonly until: Instant
}

/** A copy, and when it was asked for. */
export interface CopyNow {
  readonly copy: PublicCopy
  readonly now: Instant
}

/** A workspace as one snapshot has it, from an instant on, and what was answered of it. */
interface Kept {
  readonly workspace: Workspace
  readonly from: Instant
  readonly copies: Map<string, PublicCopy>
}

/**
 * What visitors see of one stored workspace. Every question is asked of what is stored now: a write
 * of any process shows in the very next answer.
 */
export class PublicWidgets {
  readonly #kept = new WeakMap<Snapshot, Kept>()
  readonly #store: Store
  readonly #now: () => Instant
  #id: string | undefined

  constructor(store: Store, now: () => Instant) {
    this.#store = store
    this.#now = now
  }

  /** What public addresses call the workspace. */
  async id(): Promise<string> {
    this.#id ??= (await this.#store.read((transaction) => transaction.identity())).id
    return this.#id
  }

  /**
   * @param query as the address has it, without its question mark
   * @throws DriftStatusError (invalid-input) for a query that cannot be read
   */
  async copy(query: string): Promise<CopyNow> {
    const snapshot = await this.#store.snapshot()
    return this.recall(query, snapshot) ?? copyOf(await this.#load(), query, this.#now())
  }

  /** The same at once, where the workspace was loaded in this snapshot before. */
  recall(query: string, snapshot: Snapshot): CopyNow | undefined {
    const kept = this.#kept.get(snapshot)
    const now = this.#now()
    return kept && kept.from <= now ? copyOf(kept, query, now) : undefined
  }

  /** A clock that was set back finds its workspace loaded anew, like one that was written. */
  #load(): Promise<Kept> {
    return this.#store.read(async (transaction) => {
      const from = this.#now()
      const kept = { workspace: await compileStored(transaction, from), from, copies: new Map() }
      if (transaction.snapshot) this.#kept.set(transaction.snapshot, kept)
      return kept
    })
  }
}

function copyOf(kept: Kept, query: string, asked: Instant): CopyNow {
  const now = Math.max(asked, kept.from)
  const copy = kept.copies.get(query)
  if (copy && copy.from <= now && now < copy.until) return { copy, now }
  return { copy: makeCopy(kept, query, now), now }
}

function makeCopy({ workspace, copies }: Kept, query: string, now: Instant): PublicCopy {
  const { visitor, zone } = readPublicQuery(query)
  const { answer, until } = publicWidget(workspace, now, visitor, zone)
  const body = JSON.stringify(answer)
  const copy = { body, etag: bodyEtag(body), from: now, until }
  copies.delete(query)
  copies.set(query, copy)
  if (copies.size > MOST_KEPT) copies.delete(copies.keys().next().value!)
  return copy
}
