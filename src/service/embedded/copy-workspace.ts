import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { giveWay } from '../../api/pause.js'
import { DriftStatusError } from '../../domain/errors.js'
import { openStore, placeName, type StorePlace } from '../store/open-store.js'
import type { ReadTransaction, Store, WriteTransaction } from '../store/store.js'

export interface CopyOptions {
  readonly from: StorePlace
  readonly to: StorePlace
  /** Whether a workspace that is there is replaced. */
  readonly replaces: boolean
}

/** What was copied. */
export interface Copied {
  readonly workspace: string
  /** The last revision. */
  readonly revision: number
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>
}

/** What was read of a store: how many rows each table has, and what they hash to. */
interface Digest {
  readonly rows: Record<string, number>
  readonly hash: string
}

/**
 * Copies a workspace whole, as it was when the copy began: settings, statuses, revisions, tokens, chats. What was kept is read
 * again and compared.
 * @throws DriftStatusError (not-found) when there is nothing to copy, (conflict) when the target holds a workspace,
 * (failed) when the two differ afterwards
 */
export async function copyWorkspace({ from, to, replaces }: CopyOptions): Promise<Copied> {
  if (typeof from === 'string' && !existsSync(from)) {
    throw new DriftStatusError('not-found', `there is no workspace file ${from}`, {
      hint: 'name the file of a workspace',
    })
  }
  if (placeName(from) === placeName(to)) {
    throw new DriftStatusError('usage', 'a workspace cannot be copied onto itself', { hint: 'name another place' })
  }
  const source = await openStore(from, { isThere: true })
  try {
    const isNew = typeof to === 'string' && !existsSync(to)
    const target = await openStore(to, { waitMs: COPY_MS })
    try {
      return await copyBetween(source, target, { to: placeName(to), replaces })
    } catch (error) {
      // No half of a file is left behind.
      if (isNew) await removeFile(target, to)
      throw error
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

const COPY_MS = 60_000

async function removeFile(store: Store, path: string): Promise<void> {
  await store.close()
  for (const end of ['', '-wal', '-shm']) await rm(`${path}${end}`, { force: true })
}

function copyBetween(
  source: Store,
  target: Store,
  { to, replaces }: { readonly to: string; readonly replaces: boolean },
): Promise<Copied> {
  return source.read(
    async (transaction) => {
      const { value } = await transaction.section('general')
      const sent = await target.write((written) => putEverything(transaction, written, { to, replaces }))
      const found = await target.read((kept) => digestOf(kept, async () => {}), { isLong: true })
      if (found.hash !== sent.hash) {
        throw new DriftStatusError('failed', `${to} was read again, and is not what was copied`, {
          hint: 'check the disk of the target; the source is as it was',
        })
      }
      return { workspace: value.name, revision: await transaction.revisions.last(), rows: sent.rows }
    },
    { isLong: true },
  )
}

async function putEverything(
  source: ReadTransaction,
  target: WriteTransaction,
  { to, replaces }: { readonly to: string; readonly replaces: boolean },
): Promise<Digest> {
  if ((await target.revisions.last()) > 0 && !replaces) {
    throw new DriftStatusError('conflict', `${to} holds a workspace already`, {
      hint: 'name another place, or replace what is there with --replace',
    })
  }
  await target.clear()
  return digestOf(source, (rows) => target.putRows(rows))
}

async function digestOf(
  transaction: ReadTransaction,
  each: (rows: Parameters<WriteTransaction['putRows']>[0]) => Promise<void>,
): Promise<Digest> {
  const hash = createHash('sha256')
  const counts: Record<string, number> = {}
  for await (const rows of transaction.everything()) {
    hash.update(JSON.stringify(rows))
    counts[rows.table] = (counts[rows.table] ?? 0) + rows.rows.length
    await each(rows)
    await giveWay()
  }
  return { rows: counts, hash: hash.digest('hex') }
}
