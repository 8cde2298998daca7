import { DriftStatusError } from '../../domain/errors.js'

/** Others wrote or asked for longer than anybody waits. */
export function busyError(cause?: unknown): DriftStatusError {
  return new DriftStatusError('busy', 'others are writing to the workspace', {
    hint: 'try again; nothing was changed',
    ...(cause !== undefined && { cause }),
  })
}

/** Nobody wants the answer any more: it was not started. */
export function calledOff(): DriftStatusError {
  return new DriftStatusError('interrupted', 'the request was cancelled before it began', {
    hint: 'nothing was changed: send it again',
  })
}
