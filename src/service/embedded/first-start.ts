import type { NewTokenAnswer } from '../../api/contract/answers.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Instant } from '../../domain/time/zone.js'
import { actorOf } from '../actor.js'
import { createService } from '../service.js'
import type { Store } from '../store/store.js'
import { FILE_OWNER, fillStore } from './open-workspace.js'

export interface Prepared {
  /** The workspace's name. */
  readonly workspace: string
  /** What public addresses call it. */
  readonly id: string
  /** Whether it was made just now. */
  readonly isNew: boolean
  /** The secret of the first token of all; undefined when there was one before. */
  readonly adminToken: string | undefined
  /** When that token ends, ISO 8601. */
  readonly adminTokenExpiresAt?: string | undefined
}

/**
 * Makes a store ready to be served: with a workspace, and with a token that an admin can begin with.
 * @param name what errors call the store
 */
export async function prepareWorkspace(
  store: Store,
  { now, name: storeName, start }: { now: () => Instant; name: string; start: () => Promise<WorkspaceDocument> },
): Promise<Prepared> {
  const isEmpty = (await store.read((transaction) => transaction.revisions.last())) === 0
  const isNew = isEmpty && (await isFilled(store, await start(), now(), storeName))
  const { name, id, hasTokens, admin } = await store.read(async (transaction) => {
    return {
      name: (await transaction.section('general')).value.name,
      id: (await transaction.identity()).id,
      hasTokens: (await transaction.tokens.list()).length > 0,
      admin: await transaction.agents.firstAdmin(),
    }
  })
  if (hasTokens || !(await takesFirstToken(store, now()))) return { workspace: name, id, isNew, adminToken: undefined }
  const request = { name: 'first admin', ...(admin ? { agent: admin.id } : { role: 'admin' }) }
  const owner = actorOf(FILE_OWNER, undefined, 'admin')
  const answer = await createService({ store, now }).call('createToken', request, owner, { note: 'first start' })
  const { secret, token } = answer as NewTokenAnswer
  const adminTokenExpiresAt = token.expiresAt ?? undefined
  return { workspace: name, id, isNew, adminToken: secret ?? undefined, adminTokenExpiresAt }
}

/** How long the service that makes the first token may take. */
const FIRST_TOKEN_MS = 60_000

/** Of several that start at once, one shows the first token. */
function takesFirstToken(store: Store, now: Instant): Promise<boolean> {
  return store.write(
    async (transaction) =>
      (await transaction.takeLease('first token', now, now + FIRST_TOKEN_MS)) &&
      (await transaction.tokens.list()).length === 0,
  )
}

/** Whether the workspace was made: another that starts at the same time may have been faster. */
async function isFilled(store: Store, document: WorkspaceDocument, now: Instant, name: string): Promise<boolean> {
  try {
    await fillStore(store, document, now, name)
    return true
  } catch (error) {
    if (error instanceof DriftStatusError && error.reason === 'workspace-exists') return false
    throw error
  }
}
