import { DriftStatusError } from '../../domain/errors.js'

/** What was about to be written has changed since it was read: 412 instead of 409 over HTTP. */
export class StaleWriteError extends DriftStatusError {
  /** @param read the revisions that it may have been read at */
  constructor(current: number, read: readonly number[]) {
    const since = read.length === 0 ? 'and If-Match names no revision' : `since revision ${read.join(' or ')} was read`
    super('conflict', `changed by revision ${current} ${since}`, {
      reason: 'stale-write',
      subject: `${current}`,
      hint: 'read it again, then try again',
    })
  }
}
