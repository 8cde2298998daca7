/** Loaded when it is first needed: a command that makes no token starts without it. */
const crypto = () => (loaded ??= process.getBuiltinModule('node:crypto'))
let loaded: typeof import('node:crypto') | undefined

const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const ID_LENGTH = 8
const SECRET_BYTES = 32

/** A token's id: short, and nothing that reads as something else. */
export function newTokenId(): string {
  return Array.from({ length: ID_LENGTH }, () => ID_LETTERS[crypto().randomInt(ID_LETTERS.length)]).join('')
}

/** `dst_<id>_<256 random bits>`: what its owner is shown once. */
export function newSecret(id: string): string {
  return `dst_${id}_${crypto().randomBytes(SECRET_BYTES).toString('base64url')}`
}

/** The id of a secret; undefined for a text that cannot be one. */
export function tokenIdOf(secret: string): string | undefined {
  return /^dst_([a-z0-9]{1,32})_[\w-]{43}$/.exec(secret)?.[1]
}

/** What is kept of a secret. 256 random bits need no slow hash: nobody guesses them. */
export function hashSecret(secret: string): string {
  return digestSecret(secret).toString('hex')
}

/** The same, as it is compared. */
export function digestSecret(secret: string): Buffer {
  return crypto().hash('sha256', secret, 'buffer')
}

/** Whether two hashes are the same, in a time that does not say where they differ. */
export function isSameHash(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && crypto().timingSafeEqual(a, b)
}
