import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type AgentsClient, createClient, type Transport } from '../../api/client.js'
import type { WriteOptions } from '../../api/contract/operation.js'
import type { OperationId } from '../../api/contract/operations.js'
import type { Attempt, Timeouts } from '../../api/network/request/sender.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { makePrivateFolder } from '../../profiles/private-file.js'
import { type DriftProfile, type LocalProfile, placeOf, type SharedProfile } from '../../profiles/profile.js'
import { configFolder, defaultDatabase, type Environment, getProfile, readProfiles } from '../../profiles/profiles.js'
import { type ResolvedProfile, resolveProfile } from '../../profiles/resolve-profile.js'
import type { StorePlace } from '../../service/store/open-store.js'
import type { Around, Context, NewWorkspace, OpenedProfile, OpenOptions } from '../context.js'

export type World = Pick<Context, 'env' | 'now'>

/** A service that is reached over the network, as a token's owner. */
export interface RemoteTarget<Profile> {
  /** The profile's name; undefined when the environment names the service. */
  readonly name: string | undefined
  readonly profile: Profile
  readonly token: string
  readonly trace: ((line: string) => void) | undefined
  readonly timeoutMs: number | undefined
}

/** Opens the workspace of each kind of profile. */
export interface Services {
  local(profile: LocalProfile, world: World): Promise<Transport>
  shared(target: RemoteTarget<SharedProfile>, world: World): Promise<Transport>
  drift(target: RemoteTarget<DriftProfile>, world: World): Promise<AgentsClient>
}

export const SERVICES: Services = {
  async local({ database, agent, agentId }, { now, env }) {
    const { openLocalWorkspace } = await import('../../service/embedded/open-workspace.js')
    return openLocalWorkspace(await storePlace(database, env), { now, agent, agentId, env })
  },
  async shared({ profile, token, trace, timeoutMs }, { env }) {
    const { networkTransport } = await import('../../api/network/network-transport.js')
    return networkTransport({
      url: profile.url,
      token,
      env,
      timeouts: allWithin(timeoutMs),
      onAttempt: trace && ((attempt) => trace(attemptLine(attempt))),
    })
  },
  async drift({ name, profile, token, trace, timeoutMs }, { env, now }) {
    const [{ Sender }, { driftClient }] = await Promise.all([
      import('../../api/network/request/sender.js'),
      import('../../drift/adapter/drift-client.js'),
    ])
    const sender = new Sender({
      url: placeOf(profile),
      env,
      timeouts: allWithin(timeoutMs),
      onAttempt: trace && ((attempt) => trace(attemptLine(attempt))),
    })
    return driftClient({
      send: (request) => sender.send(request),
      token,
      me: profile.agent,
      workspace: name === undefined ? 'Drift' : `Drift (${name})`,
      timeZone: env.TZ || Intl.DateTimeFormat().resolvedOptions().timeZone,
      now,
      close: () => sender.close(),
    })
  },
}

/** Every limit of a call, where the whole of it has one. */
function allWithin(milliseconds: number | undefined): Partial<Timeouts> | undefined {
  if (milliseconds === undefined) return undefined
  return { connectMs: milliseconds, headersMs: milliseconds, bodyMs: milliseconds, totalMs: milliseconds }
}

/** One try of a call: the service may have been asked more than once. */
function attemptLine({ method, path, status, failure, milliseconds }: Attempt): string {
  return `  ${method} ${path}: ${status ?? failure ?? 'no answer'} in ${Math.round(milliseconds)} ms`
}

/** Opens what a profile names. */
export async function connect(
  flag: string | undefined,
  world: World,
  options: OpenOptions = {},
  services: Services = SERVICES,
): Promise<OpenedProfile> {
  const resolved = resolveProfile({ value: flag }, world.env)
  const { name, profile } = resolved
  const { service } = profile
  const place = {
    profile: name,
    place: placeOf(profile),
    isProtected: profile.protected ?? false,
    agent: service === 'shared' ? undefined : profile.agent,
    file: service === 'drift' ? profile.file : undefined,
  }
  const around = options.around?.({ service, ...place })
  if (service === 'local') {
    return { ...place, service, client: createClient(aroundCalls(await services.local(profile, world), around)) }
  }
  const target = {
    name,
    token: await tokenFor(resolved, world, options),
    trace: options.trace,
    timeoutMs: options.timeoutMs,
  }
  return service === 'shared'
    ? {
        ...place,
        service,
        client: createClient(aroundCalls(await services.shared({ ...target, profile }, world), around)),
      }
    : { ...place, service, client: aroundMethods(await services.drift({ ...target, profile }, world), around) }
}

async function tokenFor(resolved: ResolvedProfile, { env }: World, { token }: OpenOptions): Promise<string> {
  if (token !== undefined) return token
  const { requireToken } = await import('../../profiles/token.js')
  return requireToken(resolved, env)
}

function aroundCalls(transport: Transport, around: Around | undefined): Transport {
  if (!around) return transport
  const { call } = transport
  return {
    ...transport,
    call: (id, request, options) => around({ id, options }, (given = options) => call(id, request, given)),
  }
}

function aroundMethods(client: AgentsClient, around: Around | undefined): AgentsClient {
  if (!around) return client
  const { close, ...methods } = client
  const wrapped = Object.entries(methods).map(([id, method]) => [
    id,
    (request: never, options: WriteOptions = {}) =>
      around({ id: id as OperationId, options }, (given = options) => method(request, given)),
  ])
  return { ...Object.fromEntries(wrapped), close }
}

/** Makes a workspace file from a document, and the profile that uses it. */
export async function createWorkspace(
  document: WorkspaceDocument,
  { profile, database, agent, agentId, isUsed }: NewWorkspace,
  { env, now }: World,
): Promise<{ readonly database: string; readonly folder: string }> {
  const [{ addProfile, checkDatabaseName }, { ensureConfigFolder }] = await Promise.all([
    import('../../profiles/update-profiles.js'),
    import('../../profiles/config-folder.js'),
  ])
  const kept = database ?? resolve(defaultDatabase(env, profile))
  checkDatabaseName(env, profile, kept)
  // Where there may be no profile, no workspace is left behind.
  ensureConfigFolder(env)
  const place = await storePlace(kept, env)
  if (typeof place === 'string') makeFolderOf(place)
  const { createLocalWorkspace } = await import('../../service/embedded/open-workspace.js')
  await createLocalWorkspace(place, document, now())
  const local: LocalProfile = { service: 'local', database: kept, ...you(agent, agentId) }
  await addProfile(env, profile, local, { isUsed, replaces: true })
  return { database: kept, folder: configFolder(env) }
}

/** Where the workspace of a local profile is kept, with what opens it. */
export async function storePlace(database: string, env: Environment): Promise<StorePlace> {
  const { isPostgresAddress, parsePostgresAddress } = await import('../../profiles/postgres-address.js')
  if (!isPostgresAddress(database)) return database
  const { databasePassword } = await import('../../profiles/database-password.js')
  return { ...parsePostgresAddress(database, env), password: databasePassword(env) }
}

/** Where the profile keeps its workspace; without any profile, the one that `init` would make. */
export function profileDatabase(flag: string | undefined, env: Environment): string {
  const profiles = readProfiles(env)
  const name = flag ?? (env.DRIFT_STATUS_PROFILE || profiles.current)
  if (name === undefined) return resolve(defaultDatabase(env, 'local'))
  const profile = getProfile(profiles, name)
  if (profile.service === 'local') return profile.database
  throw new DriftStatusError(
    'usage',
    `profile "${name}" is not kept in a file or a database of yours: it is at ${placeOf(profile)}`,
    {
      hint: 'name a local profile with --profile',
    },
  )
}

/** A document as a workspace of its own, which is gone when it is closed. */
export async function openDocument(document: WorkspaceDocument, { env, now }: World): Promise<Transport> {
  const { createLocalWorkspace, openLocalWorkspace } = await import('../../service/embedded/open-workspace.js')
  const folder = await mkdtemp(join(tmpdir(), 'drift-status-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'document.db')
    await createLocalWorkspace(path, document, now())
    const transport = await openLocalWorkspace(path, { now, env })
    return { ...transport, close: () => transport.close().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Who you are, for a profile: as you were named, and by the id where it is known. */
function you(agent: string | undefined, agentId: string | undefined): Pick<LocalProfile, 'agent' | 'agentId'> {
  if (agent === undefined) return {}
  return { agent, ...(agentId !== undefined && { agentId }) }
}

/**
 * Whom a person names in a workspace file, for a profile; in a file that is not there yet, only the name is known.
 * @throws DriftStatusError (not-found) when the workspace has nobody of that name
 */
export async function agentInFile(
  database: string,
  who: string,
  env: Environment,
): Promise<Pick<LocalProfile, 'agent' | 'agentId'>> {
  const place = await storePlace(database, env)
  if (typeof place === 'string' && !existsSync(place)) return you(who, undefined)
  const { inspectStore } = await import('../../service/store/inspect-store.js')
  const inspection = await inspectStore(place)
  try {
    const id = await inspection.agentId(who)
    if (id !== undefined) return you(who, id)
  } finally {
    await inspection.close()
  }
  throw new DriftStatusError('not-found', `"${who}" is not an agent of the workspace in ${database}`, {
    hint: 'name the agent by id or email, or leave out --agent to act as the owner of the file',
  })
}

/**
 * Makes the folder of a file, for you alone, where there is none.
 * @throws DriftStatusError (failed) when it may not, or cannot, be made
 */
export function makeFolderOf(file: string): void {
  try {
    makePrivateFolder(dirname(file))
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new DriftStatusError('failed', `the folder ${dirname(file)} cannot be made (${code ?? message})`, {
      hint: 'name a file in a folder of yours with --database, or set DRIFT_STATUS_CONFIG_DIR',
      cause,
    })
  }
}
