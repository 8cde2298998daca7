import { parseServiceUrl } from '../api/network/service-url.js'
import { DriftStatusError } from '../domain/errors.js'

/** Everything that a profile may say, in the order in which it is shown; `?` marks what it may leave out. */
const FIELDS = {
  /** A workspace in a file on this machine. */
  local: {
    /** The workspace file. */
    database: 'string',
    /** The agent that "me" is, as it was named; without one you act as the owner of the file. */
    agent: 'string?',
    /** The id of that agent, where it was named by something else: an email may pass to somebody else. */
    agentId: 'string?',
    /** Whether every write asks first. */
    protected: 'boolean?',
  },
  /** A workspace that `drift-status serve` shares over HTTP; its token says who "me" is. */
  shared: {
    /** Without a slash at its end. */
    url: 'string',
    protected: 'boolean?',
  },
  /** A real Drift account. */
  drift: {
    /** Default: Drift's own API. */
    url: 'string?',
    /** The Drift user that "me" is, by id or email: Drift's tokens belong to an organisation. */
    agent: 'string?',
    /** The workspace document that `simulate` combines with live statuses. */
    file: 'string?',
    protected: 'boolean?',
  },
} as const

export type ServiceName = keyof typeof FIELDS

type Value<Kind> = Kind extends 'boolean' | 'boolean?' ? boolean : string
type ProfileOf<Service extends ServiceName, Fields = (typeof FIELDS)[Service]> = { readonly service: Service } & {
  readonly [Name in keyof Fields as Fields[Name] extends `${string}?` ? never : Name]: Value<Fields[Name]>
} & { readonly [Name in keyof Fields as Fields[Name] extends `${string}?` ? Name : never]?: Value<Fields[Name]> }

export type LocalProfile = ProfileOf<'local'>
export type SharedProfile = ProfileOf<'shared'>
export type DriftProfile = ProfileOf<'drift'>

/** Where a profile's workspace is, and who you are there. */
export type Profile = LocalProfile | SharedProfile | DriftProfile

/** Every setting that a profile of a service may have, also those that it leaves to their default. */
export function settingNames(service: ServiceName): readonly string[] {
  return ['service', ...Object.keys(FIELDS[service])]
}

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
  // It may be a secret in the wrong place: it is not repeated.
  throw new DriftStatusError('usage', 'this is not a name for a profile', {
    hint: 'a name has letters, digits, ".", "_" and "-", at most 64, and does not look like a token: e.g. prod',
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

/** What is wrong with a profile as it stands in the file; undefined when nothing is. */
export function profileProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'is not an object'
  const { service, ...settings } = value as Readonly<Record<string, unknown>>
  if (typeof service !== 'string' || !Object.hasOwn(FIELDS, service)) {
    return `has service ${JSON.stringify(service)}, which is not one of ${Object.keys(FIELDS).join(', ')}`
  }
  // A setting that a later version added is kept and not understood.
  for (const [name, kind] of Object.entries(FIELDS[service as ServiceName])) {
    const setting = settings[name]
    if (setting === undefined && !kind.endsWith('?')) return `has no ${name}`
    if (setting !== undefined && typeof setting !== kind.replace('?', '')) {
      return `has a ${name} that is not a ${kind.replace('?', '')}`
    }
  }
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
