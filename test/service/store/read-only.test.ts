import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDriver } from '../../../src/service/store/sqlite/sqlite-driver.js'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import { newFolder } from '../../cli/fake-context.js'
import { fillStore } from './fill-store.js'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const canMount = isRoot && spawnSync('mount', ['--help']).status === 0
// Within the project, so that the driver's package is found.
const reader = join('node_modules', '.cache', `store-reader-${process.pid}.mjs`)

beforeAll(async () => {
  const entryPoints = ['test/service/store/reader.ts']
  await build({ entryPoints, outfile: reader, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
})
afterAll(() => rmSync(reader))

/** What a process of its own says of a file: see reader.ts. */
function readElsewhere(path: string, uid?: number) {
  const options = { encoding: 'utf8', ...(uid !== undefined && { uid, gid: uid }) } as const
  const { stdout, stderr } = spawnSync(process.execPath, [reader, path], options)
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

/** A way to forbid writing, and who then reads. */
interface Way {
  readonly title: string
  readonly isSkipped: boolean
  /** Forbids, and answers how to allow again. */
  readonly forbid: (folder: string) => () => void
}

const mount = (...args: readonly string[]) => expect(spawnSync('mount', args).status).toBe(0)

const WAYS: readonly Way[] = [
  {
    title: canMount ? 'on a read-only file system' : 'on a read-only file system (skipped: only root may mount)',
    isSkipped: !canMount,
    forbid(folder) {
      for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
      mount('--bind', folder, folder)
      mount('-o', 'remount,bind,ro', folder)
      return () => spawnSync('umount', ['--lazy', folder])
    },
  },
  {
    title: 'of mode 0444 in a folder of mode 0555',
    isSkipped: process.platform === 'win32',
    forbid(folder) {
      for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444)
      chmodSync(folder, 0o555)
      return () => {
        chmodSync(folder, 0o755)
        for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
      }
    },
  },
  {
    title: 'of mode 0444 in a folder that may be written',
    isSkipped: process.platform === 'win32',
    forbid(folder) {
      for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444)
      chmodSync(folder, 0o777)
      return () => {}
    },
  },
]

const REFUSED = {
  code: 'failed',
  message: 'FILE may not be written',
  hint: 'make the file and its folder writable; nothing was changed',
}

describe.each(WAYS)('a workspace file $title', ({ isSkipped, forbid }) => {
  /** A file in a folder that others may enter, as `make` leaves it. */
  async function withFile(make: (path: string) => unknown, use: (path: string) => unknown): Promise<void> {
    const outer = newFolder()
    chmodSync(outer, 0o755)
    const folder = join(outer, 'folder')
    mkdirSync(folder)
    const path = join(folder, 'workspace.db')
    await make(path)
    const allow = forbid(folder)
    try {
      await use(path)
    } finally {
      allow()
    }
  }

  const uid = isRoot ? NOBODY : undefined

  test.skipIf(isSkipped)('is read, and a write says why it is refused', async () => {
    const make = async (path: string) => {
      const store = await openSqliteStore(path)
      await fillStore(store, { agents: [{ id: '1', status: 'away' }] })
      await store.write((transaction) => transaction.putCursor('count', '7'))
      await store.close()
      alone(path)
    }
    await withFile(make, (path) => {
      const before = readFileSync(path)
      expect(readElsewhere(path, uid)).toEqual({ revision: 1, count: '7', statuses: ['away'], write: REFUSED })
      expect(readFileSync(path)).toEqual(before)
    })
  })

  test.skipIf(isSkipped)('is read with what a process that was killed left in the log beside it', async () => {
    const make = async (path: string) => {
      const made = join(newFolder(), 'workspace.db')
      const store = await openSqliteStore(made)
      await fillStore(store, { agents: [{ id: '1', status: 'away' }] })
      await store.write((transaction) => transaction.putCursor('count', '8'))
      for (const end of ['', '-wal']) copyFileSync(`${made}${end}`, `${path}${end}`)
      await store.close()
    }
    await withFile(make, (path) => {
      expect(readElsewhere(path, uid)).toEqual({ revision: 1, count: '8', statuses: ['away'], write: REFUSED })
    })
  })

  test.skipIf(isSkipped)('is read though its schema is older', async () => {
    await withFile(
      (path) => copyFileSync('test/service/store/version-1.db', path),
      (path) => {
        const before = readFileSync(path)
        expect(readElsewhere(path, uid)).toMatchObject({ revision: 8, write: REFUSED })
        expect(readFileSync(path)).toEqual(before)
      },
    )
  })

  test.skipIf(isSkipped)('is refused when it was written by a later version', async () => {
    const make = async (path: string) => {
      copyFileSync('test/service/store/version-1.db', path)
      const Driver = await loadDriver()
      const database = new Driver(path)
      database.exec('PRAGMA user_version = 99')
      database.close()
      alone(path)
    }
    await withFile(make, (path) => {
      expect(readElsewhere(path, uid).open).toEqual({
        code: 'failed',
        message: 'FILE was written by a later version of drift-status',
        hint: 'update drift-status, or name another workspace file',
      })
    })
  })
})

/** A driver may keep files beside a closed one for as long as the process lives: here all of them are at rest. */
function alone(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    if (name.endsWith('-shm')) rmSync(join(dirname(path), name))
    if (!name.endsWith('-wal')) continue
    const size = readFileSync(join(dirname(path), name)).length
    if (size === 0) rmSync(join(dirname(path), name))
  }
}
