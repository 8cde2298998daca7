import { writeSync } from 'node:fs'
import { createClient } from '../api/client.js'
import { useZoneData } from '../domain/schedule/zone-data.js'
import { resolveProfile } from '../profiles/resolve-profile.js'
import { openLocalWorkspace } from '../service/open-workspace.js'
import { isLiveSource, LISTS, readCompletion, shellLines } from './commands/complete.js'
import { writtenLines } from './output/line.js'
import { processZoneData } from './process-zone-data.js'

/**
 * Answers what a shell asks at every press of Tab about a workspace in a file. It is a bundle of its
 * own, a fraction of the command line: loading that would take longer than the answer.
 *
 * @returns undefined for any other question, which the command line answers
 */
export async function run(): Promise<number | undefined> {
  const { argv, env } = process
  const options = readCompletion(argv.slice(3))
  if (!options || !isLiveSource(options.source)) return undefined
  useZoneData(processZoneData)
  try {
    const { profile } = resolveProfile({ value: options.profile }, env)
    if (profile.service !== 'local') return undefined
    const client = createClient(await openLocalWorkspace(profile.database, { now: Date.now, agent: profile.agent }))
    const text = writtenLines(shellLines(await LISTS[options.source](client)))
    await client.close()
    if (text !== '') print(text)
  } catch {
    // A shell has no place for an error: there is nothing to offer.
  }
  return 0
}

/** Node's stream of standard output takes a tenth of a start to open; a shell waits for all of this anyway. */
function print(text: string): void {
  let bytes = Buffer.from(text)
  try {
    while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes))
  } catch (error) {
    // A pipe that does not wait is left to the stream, which does; one that is closed, to itself.
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') process.stdout.write(bytes)
  }
}
