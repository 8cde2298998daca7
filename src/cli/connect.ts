import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { createClient } from '../api/client.js'
import type { WorkspaceDocument } from '../domain/workspace/schema.js'
import { configFolder, defaultDatabase, resolveProfile, saveProfile } from '../profiles/profiles.js'
import type { Connection, Context, NewWorkspace } from './context.js'

/** Opens the workspace of a profile. */
export async function connect(
  flag: string | undefined,
  { env, now }: Pick<Context, 'env' | 'now'>,
): Promise<Connection> {
  const profile = resolveProfile(flag, env)
  const { openLocalWorkspace } = await import('../service/open-workspace.js')
  const transport = await openLocalWorkspace(profile.database, { now, agent: profile.agent })
  return { client: createClient(transport), profile: profile.name, agent: profile.agent }
}

/** Makes a workspace file from a document, and the profile that uses it. */
export async function createWorkspace(
  document: WorkspaceDocument,
  { profile, database, agent }: NewWorkspace,
  { env, now }: Pick<Context, 'env' | 'now'>,
): Promise<{ readonly database: string; readonly folder: string }> {
  const path = database ?? defaultDatabase(env, profile)
  const folder = configFolder(env)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const { createLocalWorkspace } = await import('../service/open-workspace.js')
  await createLocalWorkspace(path, document, now())
  await saveProfile(folder, profile, { service: 'local', database: path, ...(agent !== undefined && { agent }) })
  return { database: path, folder }
}
