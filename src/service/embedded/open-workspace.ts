import { existsSync } from 'node:fs'
import type { Transport } from '../../api/client.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import { actorOf } from '../actor.js'
import { fromDocument } from '../load.js'
import { createService } from '../service.js'
import { openStore, placeName, type StorePlace } from '../store/open-store.js'
import { SECTION_NAMES, type Store } from '../store/store.js'
import { fileTransport, type OpenedFile } from './file-transport.js'

/** Whose eyes and clock a workspace file is used with. */
export interface LocalWorkspaceOptions {
  /** The time it is, in milliseconds since 1970-01-01T00:00Z: `Date.now`, or a clock of your own. */
  readonly now: () => Instant
  /** Who acts: the agent of the profile, by id or email. Without one, the owner of the file acts. */
  readonly agent?: string | undefined
  /** The id that the agent is known by: its email may belong to somebody else by now. */
  readonly agentId?: string | undefined
  /** For the proxy through which feeds of holiday calendars are read; default: none. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
}

/** The name in the log of a person who uses a workspace file without being one of its agents. */
export const FILE_OWNER = 'local admin'

/**
 * Opens a workspace file and acts as one of its agents, or as the owner of the file.
 *
 * @param place the SQLite file that `drift-status init` or {@link createLocalWorkspace} made, or a PostgreSQL database
 * @throws DriftStatusError (not-found) when there is no such file, or the agent is none of the workspace
 * @example
 * const client = createClient(await openLocalWorkspace('acme.db', { now: Date.now, agent: 'ana@acme.example' }))
 * await client.putStatus({ id: 'me', status: 'away', until: '2026-11-27T14:00:00Z' })
 */
export async function openLocalWorkspace(place: StorePlace, options: LocalWorkspaceOptions): Promise<Transport> {
  const open = () => openFile(place, options)
  return fileTransport(await open(), open)
}

async function openFile(
  place: StorePlace,
  { now, agent, agentId, env = {} }: LocalWorkspaceOptions,
): Promise<OpenedFile> {
  if (typeof place === 'string' && !existsSync(place)) {
    throw new DriftStatusError('not-found', `the workspace file ${place} is gone`, {
      reason: 'workspace-gone',
      hint: 'put it back, or create a new one',
    })
  }
  const store = await openStore(place, { isThere: true })
  const who = agent ?? agentId
  const stored = await store.read(async (transaction) => {
    if (agentId !== undefined) return transaction.agents.find(agentId)
    return agent === undefined ? undefined : transaction.agents.member(agent)
  })
  if (who !== undefined && !stored) {
    await store.close()
    throw new DriftStatusError(
      'not-found',
      `your profile says you are "${who}", who is not an agent of this workspace`,
      {
        reason: 'own-agent-not-found',
        hint: 'name an agent of the workspace by id or email',
      },
    )
  }
  const actor = stored
    ? { ...actorOf(stored.agent.id, stored.agent.id, stored.agent.role), title: stored.agent.name }
    : actorOf(FILE_OWNER, undefined, 'admin')
  return { store, service: createService({ store, now, feedNetwork: { env, mayReachPrivate: true } }), actor }
}

/**
 * Puts a document into a new workspace file, as revision 1.
 *
 * @throws DriftStatusError (conflict) when the file holds a workspace already
 * @example
 * await createLocalWorkspace('acme.db', parseWorkspace(text, 'acme.yaml'), Date.now())
 */
export async function createLocalWorkspace(
  place: StorePlace,
  document: WorkspaceDocument,
  now: Instant,
): Promise<void> {
  const store = await openStore(place)
  try {
    await fillStore(store, document, now, placeName(place))
  } finally {
    await store.close()
  }
}

/** Puts a document into an empty store, as revision 1. */
export async function fillStore(store: Store, document: WorkspaceDocument, now: Instant, name: string): Promise<void> {
  const { sections, agents } = fromDocument(document)
  await store.write(async (transaction) => {
    if ((await transaction.revisions.last()) > 0) {
      throw new DriftStatusError('conflict', `${name} holds a workspace already`, {
        reason: 'workspace-exists',
        subject: name,
        hint: 'name another file or database, or use this one',
      })
    }
    for (const name of SECTION_NAMES) await transaction.putSection(name, sections[name], 1)
    for (const agent of agents) await transaction.agents.put(agent, 1)
    const changes = [{ path: 'name', after: document.name }]
    await transaction.revisions.add({ number: 1, at: now, actor: FILE_OWNER, note: 'created', changes })
  })
}
