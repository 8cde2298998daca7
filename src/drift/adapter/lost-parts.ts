import { DriftStatusError } from '../../domain/errors.js'

/** A part of a status that Drift has no place for. */
export type LostPart = 'until' | 'note' | 'message' | 'ifMatch'

const LOST: Readonly<Record<LostPart, readonly [message: string, hint: string]>> = {
  until: ['a status in Drift has no end', 'leave the end out, and set the status again when it is over'],
  note: ['a status in Drift has no note', 'leave the note out'],
  message: ['Drift keeps no log, so the message would be lost', 'leave it out'],
  ifMatch: ['Drift keeps no revisions, so If-Match cannot be checked', 'leave it out'],
}

/** @throws DriftStatusError (invalid-input) for the first part that would be lost: all of it is kept, or nothing */
export function refuseLostParts(parts: Readonly<Record<LostPart, unknown>>): void {
  for (const [part, [message, hint]] of Object.entries(LOST)) {
    if (parts[part as LostPart] !== undefined) throw new DriftStatusError('invalid-input', message, { hint })
  }
}
