import { DriftStatusError } from '../domain/errors.js'

/** What was about to be written has changed since it was read: 412 instead of 409 over HTTP. */
export class StaleWriteError extends DriftStatusError {
  constructor(current: number, ifMatch: number) {
    super('conflict', `changed by revision ${current} since revision ${ifMatch} was read`, {
      hint: `look at it with "drift-status show ${current}", then try again`,
    })
  }
}
