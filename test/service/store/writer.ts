import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'

/** A process of its own that adds to the count that a workspace file keeps: `writer PATH TIMES`. */
const [path = '', times = '0'] = process.argv.slice(2)
const store = await openSqliteStore(path)
for (let turn = 0; turn < Number(times); turn++) {
  await store.write(async (transaction) => {
    await transaction.putCursor('count', String(Number((await transaction.cursor('count')) ?? 0) + 1))
  })
}
await store.close()
