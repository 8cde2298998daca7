import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'

/** A process of its own, as another user or not, that says what it can read of a workspace file, and what a write answers. */
const [path = ''] = process.argv.slice(2)
const said: Record<string, unknown> = {}
try {
  const store = await openSqliteStore(path)
  await store.read(async (transaction) => {
    said.revision = await transaction.revisions.last()
    said.count = await transaction.cursor('count')
    said.statuses = (await transaction.agents.list({ limit: 9 }, Date.now())).map(({ status }) => status)
  })
  try {
    await store.write((transaction) => transaction.putCursor('count', 'written'))
  } catch (error) {
    said.write = errorOf(error)
  }
  await store.close()
} catch (error) {
  said.open = errorOf(error)
}
process.stdout.write(JSON.stringify(said))

function errorOf(error: unknown): unknown {
  const { code, message, hint } = error as Error & { code?: string; hint?: string }
  return { code, message: message.replace(path, 'FILE'), hint }
}
