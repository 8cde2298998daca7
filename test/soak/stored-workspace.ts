import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '../../src/api/client.js'
import type { RevisionAnswer } from '../../src/api/contract/answers.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { createLocalWorkspace, openLocalWorkspace } from '../../src/service/embedded/open-workspace.js'

/** Always available, and the members of the default rule. */
export const MEMBERS: readonly string[] = ['1', '2', '3', '4', '5']
const REVISIONS_A_PAGE = 1000

const DOCUMENT = {
  version: 1,
  name: 'Soak',
  plan: 'premium',
  timeZone: 'UTC',
  widget: { mode: 'automatic', autoOffline: true },
  hours: { weekly: { mon: '09:00-17:00' } },
  agents: MEMBERS.map((id) => ({ id, name: `Agent ${id}`, email: `agent-${id}@acme.example`, role: 'admin' })),
  routing: { default: { to: { 'round-robin': MEMBERS } } },
}

/** Makes a workspace file in a folder. */
export async function makeWorkspace(folder: string): Promise<string> {
  const path = join(folder, 'workspace.db')
  await createLocalWorkspace(path, parseWorkspace(JSON.stringify(DOCUMENT), 'soak.json'), Date.now())
  return path
}

/** The client that the command line uses, as the first agent. */
export async function openWorkspace(path: string): Promise<Client> {
  return createClient(await openLocalWorkspace(path, { now: Date.now, agent: MEMBERS[0] }))
}

export async function withFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-status-soak-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The whole log after a revision, the oldest first. */
export async function readLog(client: Client, after = 0): Promise<readonly RevisionAnswer[]> {
  const log: RevisionAnswer[] = []
  let before: number | null | undefined
  while (before !== null) {
    const page = await client.listRevisions({ limit: REVISIONS_A_PAGE, ...(before !== undefined && { before }) })
    const fresh = page.revisions.filter(({ number }) => number > after)
    log.push(...fresh)
    before = fresh.length < page.revisions.length ? null : page.next
  }
  return log.reverse()
}
