import type { Source } from '../resolve-profile.js'

/** A profile's token, and the one origin it is sent to. */
export interface Credential {
  readonly token: string
  /** E.g. `https://status.acme.example`. */
  readonly origin: string
}

/** Keeps the tokens of profiles, each by the profile's name. */
export interface CredentialStore {
  readonly place: Source
  read(profile: string): Promise<Credential | undefined>
  write(profile: string, credential: Credential): Promise<void>
  /** @returns whether there was one */
  remove(profile: string): Promise<boolean>
}

/** @returns undefined for anything that is not a credential */
export function parseCredential(value: unknown): Credential | undefined {
  const { token, origin } = (value ?? {}) as Partial<Record<string, unknown>>
  return typeof token === 'string' && typeof origin === 'string' ? { token, origin } : undefined
}
