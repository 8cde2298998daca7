import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Actor } from '../actor.js'
import type { Snapshot, Store, StoredToken, WriteTransaction } from '../store/store.js'
import { isFeedToken } from './feed-token.js'
import { digestSecret, isSameHash, tokenIdOf } from './secret.js'
import { endOfSecret, refusalOf, refused } from './token-refusal.js'
import { scopesNow } from './token-scopes.js'

/** The last use is kept to the minute: a write for every request would cost more than the request. */
const LAST_USE_MS = 60_000
/** How long uses are gathered before they are written. */
const WRITE_AFTER_MS = 2000
/** Compared with where there is no token, so that a wrong id takes as long as a wrong secret. */
const NO_HASH = digestSecret('')

/** Who a secret belongs to. */
export interface Bearer {
  readonly tokenId: string
  readonly actor: Actor
}

/** A secret that works. */
interface Known extends Bearer {
  readonly token: StoredToken
  /** When the secret stops working; Infinity when it has no end. */
  readonly endsAt: Instant
  /** What was stored when the secret was looked at, or just before. */
  readonly snapshot: Snapshot
}

/** A token as a request is checked against it: made once for each snapshot. */
interface Found {
  readonly token: StoredToken | undefined
  readonly hash: Buffer
  readonly previousHash: Buffer
  readonly actor: Actor | undefined
  /** Why nobody may use it, whatever the time; undefined when its owner may. */
  readonly refusal: string | undefined
}

/**
 * Tells whose a secret is. Looks a token up once for each snapshot of the store, so that a token
 * revoked by another process is refused by the very next request.
 */
export class TokenDirectory {
  readonly #store: Store
  readonly #now: () => Instant
  readonly #found = new WeakMap<Snapshot, Map<string, Found>>()
  /** Of tokens that there are: no more of them than rows. */
  readonly #lastUse = new Map<string, Instant>()
  readonly #unwritten = new Map<string, Instant>()
  #timer: NodeJS.Timeout | undefined

  constructor(store: Store, now: () => Instant) {
    this.#store = store
    this.#now = now
  }

  /** @throws DriftStatusError (not-logged-in) saying why the secret does not work */
  async authenticate(secret: string): Promise<Known> {
    const bearer = await this.describe(secret)
    this.#noteUse(bearer.tokenId)
    return bearer
  }

  /**
   * Whose turns of duty the secret of a calendar address opens.
   * @throws DriftStatusError (not-logged-in) for any other secret
   */
  async authenticateFeed(secret: string): Promise<Known> {
    const bearer = await this.#known(secret)
    if (!isFeedToken(bearer.token)) throw refused('a token belongs in a header, never in an address')
    this.#noteUse(bearer.tokenId)
    return bearer
  }

  /** When a secret stops working, -Infinity when it does not work; asking does not count as a use of it. */
  async endOf(secret: string): Promise<Instant> {
    return this.describe(secret).then(
      ({ endsAt }) => endsAt,
      (error: unknown) => {
        if (error instanceof DriftStatusError && error.code === 'not-logged-in') return -Infinity
        throw error
      },
    )
  }

  /**
   * The token of a secret that works, whose it is and when it stops working; asking does not count as a use of it.
   * @throws DriftStatusError (not-logged-in) saying why the secret does not work
   */
  async describe(secret: string): Promise<Known> {
    const bearer = await this.#known(secret)
    if (isFeedToken(bearer.token)) throw refused('the secret of a calendar address opens that address alone')
    return bearer
  }

  async #known(secret: string): Promise<Known> {
    const id = tokenIdOf(secret)
    if (id === undefined) throw refused('the token does not belong to this workspace')
    const snapshot = await this.#store.snapshot()
    const found = this.#found.get(snapshot)?.get(id) ?? (await this.#read(id))
    const bearer = bearerOf(found, id, secret, this.#now())
    if (typeof bearer === 'string') throw refused(bearer)
    return { ...bearer, snapshot, token: found.token! }
  }

  #read(id: string): Promise<Found> {
    return this.#store.read(async (transaction) => {
      const token = await transaction.tokens.find(id)
      const owner = token?.agent === undefined ? undefined : (await transaction.agents.find(token.agent))?.agent
      const found = {
        token,
        hash: readHash(token?.hash),
        previousHash: readHash(token?.previous?.hash),
        actor: token && {
          name: token.agent ?? token.name,
          agent: token.agent,
          title: owner?.name,
          scopes: new Set(scopesNow(token, owner)),
        },
        refusal: token && refusalOf(token, owner),
      }
      // Unknown ids are not kept: anyone can invent them.
      if (token) this.#keep(transaction.snapshot, found)
      return found
    })
  }

  #keep(snapshot: Snapshot, found: Found): void {
    const known = this.#found.get(snapshot) ?? new Map<string, Found>()
    this.#found.set(snapshot, known.set(found.token!.id, found))
  }

  /** The use of every token that was used lately is written at once, and no request waits for it. */
  #noteUse(id: string): void {
    const now = this.#now()
    const last = this.#lastUse.get(id)
    if (last !== undefined && now - last < LAST_USE_MS) return
    this.#lastUse.set(id, now)
    this.#unwritten.set(id, now)
    this.#timer ??= setTimeout(() => void this.flush(), WRITE_AFTER_MS).unref()
  }

  /** Writes what is not written yet. A use that cannot be written is not a failure. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const uses = [...this.#unwritten]
    this.#unwritten.clear()
    if (uses.length === 0) return
    const touch = async (transaction: WriteTransaction) => {
      for (const [id, at] of uses) await transaction.tokens.touch(id, at)
    }
    // Not worth waiting for: tried once.
    await this.#store.write(touch, { waitMs: 0 }).catch(() => {})
  }
}

/** Who may use the secret; or why it does not work. */
function bearerOf(found: Found, id: string, secret: string, now: Instant): Omit<Known, 'token' | 'snapshot'> | string {
  const hash = digestSecret(secret)
  const isCurrent = isSameHash(found.hash, hash)
  const isPrevious = isSameHash(found.previousHash, hash)
  const { token, actor, refusal } = found
  if (!token || !actor || !(isCurrent || isPrevious)) return 'the token does not belong to this workspace'
  if (refusal !== undefined) return refusal
  const sent = isCurrent ? token.hash : token.previous!.hash
  const endsAt = endOfSecret(token, sent, now)
  if (typeof endsAt === 'string') return endsAt
  return { tokenId: id, actor: { ...actor, token: { id, hash: sent } }, endsAt }
}

function readHash(hash: string | undefined): Buffer {
  return hash === undefined ? NO_HASH : Buffer.from(hash, 'hex')
}
