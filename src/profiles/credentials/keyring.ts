import { createRequire } from 'node:module'
import type * as Keyring from '@napi-rs/keyring'
import { DriftStatusError } from '../../domain/errors.js'
import { type Environment, profilesPath } from '../profiles.js'
import { type CredentialStore, parseCredential } from './credential-store.js'

/** The part of the package that is used here. */
export type KeyringPackage = Pick<typeof Keyring, 'AsyncEntry'>

const SERVICE = 'drift-status'

/**
 * On Linux the package falls to the kernel's keyring where no secret service runs, and says nothing;
 * what is kept there is gone after a reboot. Asked for the secret service by name, it throws instead.
 */
const PERSISTENT = { linux: { store: 'secret-service' } } as const

/**
 * The system's keyring.
 * @returns undefined where the package is missing or the system has none that lasts
 */
export function findKeyring(env: Environment, load = loadKeyring): CredentialStore | undefined {
  const entryOf = (account: string) => new (load().AsyncEntry)(SERVICE, account, PERSISTENT)
  try {
    entryOf('probe')
  } catch {
    return undefined
  }
  // Two folders of settings may each have a profile "prod".
  const entry = (profile: string) => entryOf(`${profile} (${profilesPath(env)})`)
  return {
    place: { kind: 'keyring' },
    read: async (profile) => {
      const text = await asking(entry(profile).getPassword())
      if (!text) return undefined
      const credential = parseCredential(parse(text))
      if (credential) return credential
      throw new DriftStatusError(
        'failed',
        `the system keyring holds no token for profile "${profile}" that can be read`,
        {
          reason: 'login-needed',
          subject: profile,
        },
      )
    },
    write: (profile, credential) => asking(entry(profile).setPassword(JSON.stringify(credential))),
    remove: (profile) => asking(entry(profile).deleteCredential()),
  }
}

/** Whether the keyring gives back what it is given: a locked or half-configured one may not. */
export async function isKeyringProven(load = loadKeyring): Promise<boolean> {
  const { randomUUID } = await import('node:crypto')
  const secret = randomUUID()
  try {
    const entry = new (load().AsyncEntry)(SERVICE, `probe ${secret}`, PERSISTENT)
    await entry.setPassword(secret)
    // Another entry: what the first one remembers proves nothing.
    const again = new (load().AsyncEntry)(SERVICE, `probe ${secret}`, PERSISTENT)
    const isSame = (await again.getPassword()) === secret
    return (await again.deleteCredential()) && isSame
  } catch {
    return false
  }
}

/** A native package, and an optional one: found when it is asked for, never bundled. */
export function loadKeyring(): KeyringPackage {
  return createRequire(import.meta.url)('@napi-rs/keyring') as KeyringPackage
}

async function asking<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (cause) {
    throw new DriftStatusError('failed', `the system keyring does not answer: ${(cause as Error).message}`, {
      hint: 'unlock it, or set DRIFT_STATUS_CREDENTIALS=file to keep tokens in a file',
      cause,
    })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
