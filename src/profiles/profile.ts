import { parseServiceUrl } from '../api/network/service-url.js'
import { DriftStatusError } from '../domain/errors.js'

interface ProfileSettings {
  /** Whether every write asks first. */
  readonly protected?: boolean
}

/** A workspace in a file on this machine. */
export interface LocalProfile extends ProfileSettings {
  readonly service: 'local'
  /** The workspace file. */
  readonly database: string
  /** The agent that "me" is, as it was named; without one you act as the owner of the file. */
  readonly agent?: string
  /** The id of that agent, where it was named by something else: an email may pass to somebody else. */
  readonly agentId?: string
}

/** A workspace that `drift-status serve` shares over HTTP; who "me" is, its token says. */
export interface SharedProfile extends ProfileSettings {
  readonly service: 'shared'
  /** Without a slash at its end. */
  readonly url: string
}

/** A real Drift account. */
export interface DriftProfile extends ProfileSettings {
  readonly service: 'drift'
  /** The Drift user that "me" is, by id or email: Drift's tokens belong to an organisation. */
  readonly agent?: string
  /** Default: Drift's own API. */
  readonly url?: string
  /** The workspace document that `simulate` combines with live statuses. */
  readonly file?: string
}

/** Where a profile's workspace is, and who you are there. */
export type Profile = LocalProfile | SharedProfile | DriftProfile

export type ServiceName = Profile['service']

/** Where Drift's public API is. */
export const DRIFT_URL = 'https://driftapi.com'

/** Where a profile sends its token; a token never goes to another origin than it was kept for. */
export function tokenOrigin(profile: SharedProfile | DriftProfile): string {
  return new URL(profile.url ?? DRIFT_URL).origin
}

/** Where the workspace of a profile is, as a person names it. */
export function placeOf(profile: Profile): string {
  return profile.service === 'local' ? profile.database : (profile.url ?? DRIFT_URL)
}

/** What a profile has where it says nothing. */
export function defaultSettings({ service }: Profile): Readonly<Record<string, string | boolean>> {
  return { protected: false, ...(service === 'drift' && { url: DRIFT_URL }) }
}

/** @throws DriftStatusError (usage) for a name that a shell or a file would trip over, or a pasted token */
export function parseProfileName(name: string): string {
  if (/^[a-z0-9][\w.-]{0,63}$/i.test(name) && !isLikeToken(name)) return name
  // What is no name may be a secret in the wrong place: it is not repeated.
  throw new DriftStatusError('usage', 'this is not a name for a profile', {
    hint: 'a name has letters, digits, ".", "_" and "-", at most 64, and is no token: e.g. prod',
  })
}

/** Whether a word has the shape of one of our tokens. */
export function isLikeToken(text: string): boolean {
  return /^dst_[^_]+_/.test(text)
}

/**
 * The address of a service as profiles keep it: without a slash at its end.
 * @throws DriftStatusError (usage) for one that no token may be sent to
 */
export function parseProfileUrl(text: string): string {
  return parseServiceUrl(text).href.replace(/\/+$/, '')
}

const FIELDS = {
  local: { database: 'string', agent: 'string', agentId: 'string', protected: 'boolean' },
  shared: { url: 'string', protected: 'boolean' },
  drift: { agent: 'string', url: 'string', file: 'string', protected: 'boolean' },
} as const satisfies Record<ServiceName, Readonly<Record<string, 'string' | 'boolean'>>>

const REQUIRED = { local: ['database'], shared: ['url'], drift: [] } as const

/** What is wrong with a profile as it stands in the file; undefined when nothing is. */
export function profileProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'is not an object'
  const { service, ...settings } = value as Readonly<Record<string, unknown>>
  if (service !== 'local' && service !== 'shared' && service !== 'drift') {
    return `has service ${JSON.stringify(service)}, which is not one of local, shared, drift`
  }
  const fields: Readonly<Record<string, string>> = FIELDS[service]
  for (const name of REQUIRED[service]) if (settings[name] === undefined) return `has no ${name}`
  // A setting that a later version added is kept and not understood.
  const wrong = Object.entries(settings).find(([name, setting]) => fields[name] && typeof setting !== fields[name])
  if (wrong) return `has a ${wrong[0]} that is no ${fields[wrong[0]]}`
  return urlProblem(settings.url)
}

function urlProblem(url: unknown): string | undefined {
  if (typeof url !== 'string') return undefined
  try {
    parseProfileUrl(url)
    return undefined
  } catch (error) {
    return `has a url that cannot be used: ${(error as Error).message}`
  }
}
