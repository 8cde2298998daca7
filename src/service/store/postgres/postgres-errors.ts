import { DriftStatusError } from '../../../domain/errors.js'
import { busyError, StoreFault } from '../store-errors.js'

/** What the network says of a server that is not there, or went away. */
const LOST: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
])

/** What the driver says of the same, without a code. */
const LOST_TEXT =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered a connection error))|^server (closed|login)|server_login_retry|no more connections allowed/

/** Failures that PostgreSQL numbers, by the number: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const FAILURES: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  '28P01': [
    'does not accept the password',
    'set DRIFT_STATUS_DATABASE_PASSWORD, or _PASSWORD_FILE for a file that holds it',
  ],
  '28000': ['does not let this user in', 'check the user and the sslmode of the address'],
  '3D000': ['is not there', 'create it, e.g. with createdb'],
  '42501': ['does not let this user do that', 'let the user create a schema, or migrate the database as one who may'],
  '25006': [
    'may not be written: it is a copy of another, or read-only',
    'name the server that is written to; nothing was changed',
  ],
  '53100': ['cannot grow: its disk is full', 'free some space; nothing was changed'],
  '58030': ['cannot be read or written', 'check its disk; nothing was changed'],
  XX001: ['is damaged', 'restore it from a copy'],
  XX002: ['is damaged', 'restore it from a copy'],
}

/** The connection was lost while a commit was on its way: whether it was kept is not known. */
export class UncertainCommit extends Error {
  constructor(cause: unknown) {
    super('the connection was lost at the commit', { cause })
  }
}

function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown }
  // As pgbouncer says it.
  if (code === '08P01' && message === 'SASL authentication failed') return '28P01'
  return typeof code === 'string' ? code : ''
}

/** Whether the server was not reached, or went away: nothing that was not committed is kept. */
export function isLost(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof DriftStatusError) return false
  const code = codeOf(error)
  // 08: connections; 57P01 to 57P03: it stops, crashed or starts; 53300: too many clients; 25P03: idle for too long.
  if (/^(08...|57P0[123]|53300|25P03)$/.test(code)) return true
  return LOST.has(code) || LOST_TEXT.test(error.message)
}

/** Whether others were in the way: the same may go well when it is done again. */
export function isInTheWay(error: unknown): boolean {
  return ['40001', '40P01', '55P03'].includes(codeOf(error))
}

/** The house's error of what the driver threw; anything that is no failure of the database stays as it is. */
export function postgresError(error: unknown, database: string): unknown {
  if (error instanceof DriftStatusError) return error
  if (error instanceof UncertainCommit) {
    return new DriftStatusError('busy', `the connection to ${database} was lost while the change was being kept`, {
      reason: 'write-uncertain',
      hint: 'it may have been made: look in the log, or send it again with the same Idempotency-Key',
      cause: error,
    })
  }
  if (isInTheWay(error)) return busyError(error)
  if (isLost(error)) {
    const why = codeOf(error) || (error as Error).message
    return new DriftStatusError('busy', `${database} cannot be reached (${why})`, {
      hint: 'try again; nothing was changed',
      cause: error,
    })
  }
  const failure = FAILURES[codeOf(error)]
  if (failure) return new StoreFault(database, failure[0], { hint: failure[1], cause: error })
  return tlsError(error, database) ?? error
}

function tlsError(error: unknown, database: string): unknown {
  const { message } = error as Error
  const isTls =
    message === 'The server does not support SSL connections' ||
    /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO)/.test(codeOf(error))
  if (!isTls) return undefined
  return new StoreFault(database, `cannot be reached securely: ${message}`, {
    hint: 'check sslmode and sslrootcert in the address',
    cause: error,
  })
}
