import { loadDriver } from '../../src/service/store/sqlite/sqlite-driver.js'

/** What restoring an older copy into a workspace file with a tool of SQLite does to its log. */
export async function forgetRevisionsAfter(number: number, path: string): Promise<void> {
  const database = new (await loadDriver())(path)
  database.exec(`DELETE FROM revision WHERE number > ${number}; DELETE FROM revision_path WHERE revision > ${number}`)
  database.close()
}
