import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { DriftStatusError } from '../../domain/errors.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import type { Instant } from '../../domain/time/zone.js'
import type { WriteTransaction } from '../store/store.js'

/** How long a repeat answers what the first did. */
const KEPT_MS = DAY_MS

/** A write that may come again: the caller's word for it, and whose word it is. */
export interface Repeatable {
  readonly key: string
  /** The id of the caller's token. */
  readonly token: string
  /** The token's secret, which seals what is kept: an answer may hold a secret of its own. */
  readonly secret: string
}

/**
 * Answers a write once: repeats under the same key, also after a restart, get the first answer.
 * Kept in the transaction of the write, so that there is never one without the other.
 *
 * @param asked everything that was asked, for telling a repeat from another request
 * @throws DriftStatusError (conflict) when the key was used for another request
 */
export async function answerOnce<Answer>(
  { key, token, secret }: Repeatable,
  asked: unknown,
  transaction: WriteTransaction,
  now: Instant,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const keyHash = createHash('sha256').update(key).digest('hex')
  const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
  const sealKey = createHmac('sha256', secret).update(key).digest()
  const kept = await transaction.tokens.keptAnswer(token, keyHash)
  if (kept && kept.at > now - KEPT_MS) {
    if (kept.fingerprint !== fingerprint) {
      throw new DriftStatusError('conflict', 'this Idempotency-Key was used for another request', {
        hint: 'send a new key with every new request; repeat a request exactly as it was',
      })
    }
    return unseal(kept.answer, sealKey) as Answer
  }
  const answer = await work()
  await transaction.tokens.dropAnswers(now - KEPT_MS)
  await transaction.tokens.keepAnswer({ token, key: keyHash, fingerprint, answer: seal(answer, sealKey), at: now })
  return answer
}

const IV_BYTES = 12
const TAG_BYTES = 16

function seal(answer: unknown, key: Buffer): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const text = Buffer.concat([cipher.update(JSON.stringify(answer), 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64')
}

/** @throws DriftStatusError (conflict) when the token was given a new secret since */
function unseal(sealed: string, key: Buffer): unknown {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()])
    return JSON.parse(text.toString('utf8'))
  } catch (cause) {
    throw new DriftStatusError('conflict', 'this Idempotency-Key was used before the token was rotated', {
      reason: 'key-already-used',
      hint: 'the write was done then: look for it in the log',
      cause,
    })
  }
}
