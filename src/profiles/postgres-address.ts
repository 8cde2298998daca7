import { userInfo } from 'node:os'
import { DriftStatusError } from '../domain/errors.js'
import { nearest } from '../domain/nearest.js'

/** How the connection is secured, as libpq names it. */
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
const PARAMETERS = ['host', 'sslcert', 'sslkey', 'sslmode', 'sslrootcert', 'workspace'] as const
const DEFAULT_PORT = 5432
/** A database holds many workspaces; this one is meant where none is named. */
const DEFAULT_WORKSPACE = 'main'

/** A PostgreSQL database, and one workspace of it. */
export interface PostgresAddress {
  /** A name, an address, or the folder of a socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly workspace: string
  readonly sslMode: (typeof SSL_MODES)[number]
  readonly sslRootCert?: string | undefined
  readonly sslCert?: string | undefined
  readonly sslKey?: string | undefined
}

export function isPostgresAddress(text: string): boolean {
  return /^postgres(ql)?:/i.test(text)
}

/**
 * Reads an address such as `postgres://drift@db.example:5432/drift?sslmode=verify-full&workspace=acme`, which has the
 * parameters of libpq that are named here.
 * @throws DriftStatusError (usage) for what is no such address; it never repeats one that holds a password
 */
export function parsePostgresAddress(text: string, env: Readonly<Record<string, string | undefined>>): PostgresAddress {
  const url = readUrl(text)
  if (url.password !== '' || url.searchParams.has('password')) {
    throw refused('a password does not belong in an address, where others can read it', {
      hint: 'leave it out, and set DRIFT_STATUS_DATABASE_PASSWORD, or DRIFT_STATUS_DATABASE_PASSWORD_FILE for a file that holds it',
    })
  }
  for (const name of url.searchParams.keys()) checkParameter(name)
  const parameter = (name: (typeof PARAMETERS)[number]) => url.searchParams.get(name) || undefined
  const user = decoded(url.username) || env.PGUSER || userInfo().username
  const workspace = workspaceName(parameter('workspace') ?? DEFAULT_WORKSPACE)
  return {
    host: parameter('host') ?? (decoded(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost'),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    database: decoded(url.pathname.slice(1)) || user,
    user,
    workspace,
    sslMode: sslModeOf(parameter('sslmode')),
    sslRootCert: parameter('sslrootcert'),
    sslCert: parameter('sslcert'),
    sslKey: parameter('sslkey'),
  }
}

function workspaceName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text
  throw refused('the name of a workspace has small letters, digits and "-", at most 63', { hint: 'e.g. acme' })
}

/** What a path of a single workspace begins with, or of all of them. */
const TAKEN_PATHS: readonly string[] = ['v1', 'docs', 'demo', 'healthz', 'readyz', 'metrics']

/**
 * The names of workspaces in a list, e.g. `acme,beta`.
 * @throws DriftStatusError (usage) for one that is no name, is named twice, or is a path of the service
 */
export function workspaceNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => workspaceName(name.trim()))
  const wrong = names.find((name, index) => TAKEN_PATHS.includes(name) || names.indexOf(name) < index)
  if (wrong === undefined) return names
  throw refused(`the workspace "${wrong}" is named twice, or as a path of the service is`, {
    hint: 'name each once, e.g. acme,beta',
  })
}

function readUrl(text: string): URL {
  try {
    return new URL(text)
  } catch {
    throw refused('this is not the address of a PostgreSQL database', {
      hint: 'write it like postgres://USER@HOST:5432/DATABASE',
    })
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw refused('a part of the address is not properly encoded', { hint: 'encode special characters as %XX' })
  }
}

function checkParameter(name: string): void {
  if ((PARAMETERS as readonly string[]).includes(name)) return
  const known = nearest(name, PARAMETERS)
  throw refused(`the address has a parameter "${name.slice(0, 40)}", which is not known`, {
    hint: known === undefined ? `known are ${PARAMETERS.join(', ')}` : `did you mean ${known}?`,
  })
}

function sslModeOf(text = 'prefer'): PostgresAddress['sslMode'] {
  const mode = SSL_MODES.find((one) => one === text)
  if (mode !== undefined) return mode
  throw refused(`sslmode is "${text.slice(0, 40)}"`, { hint: `it is one of ${SSL_MODES.join(', ')}` })
}

function refused(message: string, { hint }: { readonly hint: string }): DriftStatusError {
  return new DriftStatusError('usage', message, { hint })
}
