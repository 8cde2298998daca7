import { DriftStatusError } from '../../domain/errors.js'
import type { Environment } from '../profiles.js'
import type { Source } from '../resolve-profile.js'
import { credentialFile } from './credential-file.js'
import type { Credential, CredentialStore } from './credential-store.js'
import { findKeyring, isKeyringProven, loadKeyring } from './keyring.js'

/** Where tokens may be kept. */
const CREDENTIAL_PLACES = ['keyring', 'file'] as const

export type CredentialPlace = (typeof CREDENTIAL_PLACES)[number]

export interface FoundCredential extends Credential {
  readonly source: Source
}

/** The token that is kept for a profile. The file is asked first: that costs nothing. */
export async function findCredential(
  profile: string,
  env: Environment,
  load = loadKeyring,
): Promise<FoundCredential | undefined> {
  for (const store of openStores(env, load)) {
    const credential = await store.read(profile)
    if (credential) return { ...credential, source: store.place }
  }
  return undefined
}

/**
 * Where a new token is to be kept: in the system's keyring where that proves itself, else in a file.
 * @param wanted forces one; else `DRIFT_STATUS_CREDENTIALS` may
 * @throws DriftStatusError (failed) when the keyring is wanted and there is none that lasts
 */
export async function chooseStore(
  wanted: CredentialPlace | undefined,
  env: Environment,
  load = loadKeyring,
): Promise<CredentialStore> {
  const place = wanted ?? forcedPlace(env)
  if (place !== 'file') {
    const keyring = findKeyring(env, load)
    if (keyring && (await isKeyringProven(load))) return keyring
    if (place === 'keyring') {
      throw new DriftStatusError('failed', 'no system keyring is available here', {
        reason: 'no-keyring',
        hint: 'start one (on Linux a secret service: gnome-keyring, KWallet or KeePassXC), or keep it in a file',
      })
    }
  }
  return credentialFile(env)
}

/** Keeps a profile's token in one store, and in no other. */
export async function saveCredential(
  profile: string,
  credential: Credential,
  store: CredentialStore,
  env: Environment,
  load = loadKeyring,
): Promise<void> {
  await store.write(profile, credential)
  for (const other of [credentialFile(env), findKeyring(env, load)]) {
    if (other && other.place.kind !== store.place.kind) await other.remove(profile)
  }
}

/** @returns whether there was one */
export async function removeCredential(profile: string, env: Environment, load = loadKeyring): Promise<boolean> {
  let isRemoved = false
  for (const store of openStores(env, load)) isRemoved = (await store.remove(profile)) || isRemoved
  return isRemoved
}

function* openStores(env: Environment, load: typeof loadKeyring): Generator<CredentialStore> {
  const place = forcedPlace(env)
  if (place !== 'keyring') yield credentialFile(env)
  const keyring = place === 'file' ? undefined : findKeyring(env, load)
  if (keyring) yield keyring
}

function forcedPlace(env: Environment): CredentialPlace | undefined {
  const text = env.DRIFT_STATUS_CREDENTIALS
  if (!text) return undefined
  const place = CREDENTIAL_PLACES.find((one) => one === text)
  if (place) return place
  throw new DriftStatusError('usage', `DRIFT_STATUS_CREDENTIALS: "${text}" is not one of keyring, file`)
}
