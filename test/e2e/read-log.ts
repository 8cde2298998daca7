import { createClient } from '../../src/api/client.js'
import type { RevisionAnswer } from '../../src/api/contract/answers.js'
import { openLocalWorkspace } from '../../src/service/embedded/open-workspace.js'
import { readLog as readLogOf } from '../soak/stored-workspace.js'

/** The whole log of a workspace file, the oldest first. */
export async function readLog(database: string): Promise<readonly RevisionAnswer[]> {
  const client = createClient(await openLocalWorkspace(database, { now: Date.now }))
  const log = await readLogOf(client)
  await client.close()
  return log
}
