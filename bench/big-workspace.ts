import { parseWorkspace } from '../src/domain/document/parse-workspace.js'
import { createLocalWorkspace } from '../src/service/embedded/open-workspace.js'
import { openSqliteStore } from '../src/service/store/sqlite/sqlite-store.js'

const BATCH = 20_000
const MEMBERS = [1, 2, 3, 4, 5]
const RUNNING = 50
const DAY = 86_400_000

export interface WorkspaceSize {
  readonly agents: number
  readonly revisions: number
}

/**
 * Makes a workspace file. A third of the agents have a timed status that has ended, 50 have one that
 * has not; revisions change notes, and one in a hundred the hours.
 */
export async function makeBigWorkspace(file: string, size: WorkspaceSize): Promise<void> {
  const hours = { weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, '09:00-17:00'])) }
  const document = {
    version: 1,
    timeZone: 'Europe/Berlin',
    hours,
    agents: MEMBERS.map((id) => ({ id, role: 'admin', status: 'available' })),
    routing: { default: { to: { 'round-robin': MEMBERS } } },
  }
  await createLocalWorkspace(file, parseWorkspace(JSON.stringify(document), 'document'), Date.now())
  const store = await openSqliteStore(file)
  const now = Date.now()
  for (let first = MEMBERS.length + 1; first <= size.agents; first += BATCH) {
    await store.write(async (transaction) => {
      for (let id = first; id < Math.min(first + BATCH, size.agents + 1); id++) {
        // The small workspace has as many that have not ended: they are what a decision does look at.
        const isRunning = id > 10 && id <= 10 + RUNNING
        const hasEnded = !isRunning && id % 3 === 0
        await transaction.agents.put(
          {
            id: String(id),
            email: `${id}@acme.example`,
            name: `Agent ${id}`,
            role: 'agent',
            status: id % 2 === 0 ? 'away' : 'available',
            ...(isRunning && { until: new Date(now + DAY + id * 1000).toISOString() }),
            ...(hasEnded && { until: new Date(now - id * 1000).toISOString(), note: 'lunch' }),
          },
          1,
        )
      }
    })
  }
  for (let first = 2; first <= size.revisions; first += BATCH) {
    await store.write(async (transaction) => {
      for (let number = first; number < Math.min(first + BATCH, size.revisions + 1); number++) {
        const agent = String(1 + (number % size.agents))
        // One in a hundred changes the hours.
        const changes =
          number % 100 === 0
            ? [{ path: 'hours.weekly.mon', before: '09:00-17:00', after: '10:00-17:00' }]
            : [{ path: `agents[${agent}].note`, before: 'a', after: 'b' }]
        const at = 1_700_000_000_000 + number * 1000
        await transaction.revisions.add({ number, at, actor: agent, note: undefined, changes })
      }
    })
  }
  await store.close()
}
