import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { loadDriver } from '../../../../src/service/store/sqlite/sqlite-driver.js'
import { SCHEMA_VERSION } from '../../../../src/service/store/sqlite/sqlite-migrations.js'
import { openSqliteStore } from '../../../../src/service/store/sqlite/sqlite-store.js'
import { newFolder } from '../../../cli/fake-context.js'
import { fillStore } from '../fill-store.js'
import { describeStore } from '../store-contract.js'

const newPath = () => join(newFolder(), 'workspace.db')

describeStore('SQLite', () => openSqliteStore(newPath()))

/** Runs SQL on a file as another program would. */
async function onFile(path: string, ...sql: readonly string[]): Promise<unknown[]> {
  const Driver = await loadDriver()
  const database = new Driver(path)
  try {
    for (const statement of sql.slice(0, -1)) database.exec(statement)
    return database.prepare(sql.at(-1)!).all()
  } finally {
    database.close()
  }
}

describe('a workspace file', () => {
  test('is made where there is no file, with the schema of this version', async () => {
    const path = newPath()
    await (await openSqliteStore(path)).close()
    expect(await onFile(path, 'PRAGMA user_version')).toEqual([{ user_version: SCHEMA_VERSION }])
  })

  test('is brought from an empty file (version 0) to this version', async () => {
    const path = newPath()
    writeFileSync(path, '')
    const store = await openSqliteStore(path)
    await fillStore(store, {})
    await store.close()
    expect(await onFile(path, 'PRAGMA user_version')).toEqual([{ user_version: SCHEMA_VERSION }])
  })

  test('keeps everything from one opening to the next', async () => {
    const path = newPath()
    const first = await openSqliteStore(path)
    await fillStore(first, { name: 'Acme', agents: [{ id: '1', name: 'Sam', status: 'away' }] })
    await first.close()
    const second = await openSqliteStore(path)
    await second.read(async (transaction) => {
      expect((await transaction.section('general')).value.name).toBe('Acme')
      expect((await transaction.agents.find('1'))?.agent).toMatchObject({ name: 'Sam', status: 'away' })
    })
    await second.close()
  })

  test('says what to do while it is empty', async () => {
    const store = await openSqliteStore(newPath())
    const read = store.read((transaction) => transaction.section('general'))
    await expect(read).rejects.toMatchObject({ code: 'not-found', reason: 'workspace-empty' })
    await store.close()
  })

  test('of a later version is refused and left as it is', async () => {
    const path = newPath()
    await (await openSqliteStore(path)).close()
    await onFile(path, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`, 'SELECT 1')
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'failed',
      message: `${path} was written by a later version of drift-status`,
      hint: expect.stringContaining('update drift-status'),
    })
    expect(await onFile(path, 'PRAGMA user_version')).toEqual([{ user_version: SCHEMA_VERSION + 1 }])
  })

  test.each([
    { title: 'a text', bytes: 'version: 1\ntimeZone: UTC\n'.repeat(200) },
    { title: 'a short text', bytes: 'no database' },
  ])('that is $title is refused and left as it is', async ({ bytes }) => {
    const path = newPath()
    writeFileSync(path, bytes)
    await expect(openSqliteStore(path)).rejects.toMatchObject({
      code: 'failed',
      message: `${path} is not a workspace file`,
    })
    expect(readFileSync(path, 'utf8')).toBe(bytes)
  })

  test.each([0, SCHEMA_VERSION])(
    'that another program made (its version %i) is refused and left as it is',
    async (version) => {
      const path = newPath()
      await onFile(path, 'CREATE TABLE songs (title TEXT)', `PRAGMA user_version = ${version}`, 'SELECT 1')
      await expect(openSqliteStore(path)).rejects.toMatchObject({
        code: 'failed',
        message: `${path} is not a workspace file`,
      })
      expect(await onFile(path, 'SELECT name FROM sqlite_master')).toEqual([{ name: 'songs' }])
    },
  )

  test.each([
    { title: 'is a folder', make: (path: string) => mkdirSync(path) },
    { title: 'lies in no folder', make: () => {}, under: 'missing' },
  ])('whose path $title cannot be opened', async ({ make, under = '' }) => {
    const path = join(newFolder(), under, 'workspace.db')
    make(path)
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: 'failed', message: `${path} cannot be opened` })
    expect(existsSync(dirname(path))).toBe(under === '')
  })

  // A mode stops nobody who is root; test/service/store/read-only.test.ts goes on as somebody else.
  test.skipIf(process.getuid?.() === 0)('that may not be written is refused (skipped as root)', async () => {
    const path = newPath()
    const store = await openSqliteStore(path)
    await fillStore(store, {})
    await store.close()
    chmodSync(path, 0o400)
    chmodSync(dirname(path), 0o500)
    const write = openSqliteStore(path).then((opened) => opened.write((transaction) => transaction.putCursor('a', '1')))
    await expect(write).rejects.toMatchObject({ code: 'failed', message: `${path} may not be written` })
  })
})

describe.skipIf(process.platform === 'win32')('the mode of a workspace file', () => {
  const modesOf = (path: string) =>
    ['', '-wal', '-shm'].map((end) => (statSync(`${path}${end}`).mode & 0o777).toString(8).padStart(3, '0'))

  test('is for its owner alone whatever the umask, and so are those of the files beside it', async () => {
    const path = newPath()
    const umask = process.umask(0)
    try {
      const store = await openSqliteStore(path)
      await fillStore(store, {})
      expect(modesOf(path)).toEqual(['600', '600', '600'])
      await store.close()
    } finally {
      process.umask(umask)
    }
  })

  test.each([
    { before: 0o644, after: '600' },
    { before: 0o666, after: '600' },
    { before: 0o660, after: '600' },
    { before: 0o640, after: '600' },
  ])('$before is closed to others when it is opened', async ({ before, after }) => {
    const path = newPath()
    const first = await openSqliteStore(path)
    for (const end of ['', '-wal', '-shm']) chmodSync(`${path}${end}`, before)
    const second = await openSqliteStore(path)
    expect(modesOf(path)).toEqual([after, after, after])
    await first.close()
    await second.close()
  })
})

test.each([
  { options: { name: 'the workspace file' }, says: () => 'the workspace file is damaged' },
  { options: {}, says: (path: string) => `${path} is damaged` },
])('errors after opening call the file by its name, its path where it has none: $options', async (way) => {
  const path = newPath()
  const store = await openSqliteStore(path, way.options)
  await fillStore(store, {})
  await onFile(path, 'PRAGMA wal_checkpoint(TRUNCATE)', 'SELECT 1')
  truncateSync(path, 4096)
  const read = store.read((transaction) => transaction.revisions.list({ limit: 1 }))
  await expect(read).rejects.toMatchObject({ code: 'failed', message: way.says(path) })
  await store.close()
})

test('a long read is of the file that was opened, whatever is at its path since', async () => {
  const [path, other] = [newPath(), newPath()]
  const stores = await Promise.all([path, other].map((one) => openSqliteStore(one)))
  for (const [index, store] of stores.entries()) await fillStore(store, { name: `Workspace ${index}` })
  await stores[1]!.close()
  renameSync(path, `${path}.old`)
  renameSync(other, path)
  const name = await stores[0]!.read(async (transaction) => (await transaction.section('general')).value.name, {
    isLong: true,
  })
  expect(name).toBe('Workspace 0')
  await stores[0]!.close()
})

describe('writers at once', () => {
  test('two stores on one file in one process take turns', { timeout: 10_000 }, async () => {
    const path = newPath()
    const stores = await Promise.all([openSqliteStore(path), openSqliteStore(path)])
    const add = (index: number) =>
      stores[index % 2]!.write(async (transaction) => {
        const count = Number((await transaction.cursor('count')) ?? 0)
        await transaction.putCursor('count', String(count + 1))
      })
    await Promise.all(Array.from({ length: 2 }, (_, index) => add(index)))
    expect(await stores[0]!.read((transaction) => transaction.cursor('count'))).toBe('2')
    await Promise.all(stores.map((store) => store.close()))
  })

  test('processes on one file lose no write of each other', async () => {
    const path = newPath()
    await (await openSqliteStore(path)).close()
    // Within the project, so that the driver's package is found.
    const outfile = join('node_modules', '.cache', `store-writer-${process.pid}.mjs`)
    const entryPoints = ['test/service/store/writer.ts']
    await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
    await Promise.all(Array.from({ length: 3 }, () => execa('node', [outfile, path, '25'])))
    rmSync(outfile)
    const store = await openSqliteStore(path)
    expect(await store.read((transaction) => transaction.cursor('count'))).toBe('75')
    await store.close()
  })
})
