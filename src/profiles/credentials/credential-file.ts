import { join } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'
import { ensureConfigFolder } from '../config-folder.js'
import { writePrivateFile } from '../private-file.js'
import { configFolder, type Environment } from '../profiles.js'
import { checkTrustedFolder, readTrustedFile } from '../trusted-file.js'
import { type Credential, type CredentialStore, parseCredential } from './credential-store.js'

type Credentials = Readonly<Record<string, Credential>>

export function credentialPath(env: Environment): string {
  return join(configFolder(env), 'credentials.json')
}

/** Credentials in one file that you alone may read, in a folder that you alone may enter. */
export function credentialFile(env: Environment): CredentialStore {
  const path = credentialPath(env)
  const update = async (change: (credentials: Credentials) => Credentials) => {
    checkTrustedFolder(ensureConfigFolder(env), 'not-readable')
    // Loaded here: most commands read.
    const { withFileLock } = await import('../file-lock.js')
    await withFileLock(path, () => {
      const before = readCredentials(path)
      const after = change(before)
      if (after !== before) writePrivateFile(path, `${JSON.stringify({ version: 1, credentials: after }, null, 2)}\n`)
    })
  }
  return {
    place: { kind: 'file', path },
    read: async (profile) => {
      const credentials = readCredentials(path)
      return Object.hasOwn(credentials, profile) ? credentials[profile] : undefined
    },
    write: (profile, credential) => update((credentials) => ({ ...credentials, [profile]: credential })),
    remove: async (profile) => {
      // Nothing to remove makes no folder and takes no lock.
      if (!Object.hasOwn(readCredentials(path), profile)) return false
      await update(({ [profile]: _, ...rest }) => rest)
      return true
    },
  }
}

/**
 * @throws DriftStatusError (invalid-input) for a file that cannot be read, that others may read, or that holds
 * no credentials; it is never overwritten
 */
function readCredentials(path: string): Credentials {
  const text = readTrustedFile(path, 'not-readable')
  return text === undefined ? {} : parseCredentials(text, path)
}

/** What the file holds never reaches an error: JSON's own message quotes it. */
function parseCredentials(text: string, path: string): Credentials {
  let value: { readonly version?: unknown; readonly credentials?: unknown } | null
  try {
    value = JSON.parse(text)
  } catch {
    throw corrupt(path, 'is not valid JSON')
  }
  const credentials = value?.credentials
  if (value?.version !== 1 || typeof credentials !== 'object' || credentials === null) {
    throw corrupt(path, 'holds no credentials that this version reads')
  }
  const broken = Object.entries(credentials).find(([, entry]) => !parseCredential(entry))
  if (broken) throw corrupt(path, `has no token and origin for profile "${broken[0]}"`)
  return credentials as Credentials
}

function corrupt(path: string, problem: string): DriftStatusError {
  return new DriftStatusError('invalid-input', `${path} ${problem}`, {
    reason: 'login-needed',
    hint: 'correct the file, or move it away',
  })
}
