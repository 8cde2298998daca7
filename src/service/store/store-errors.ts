import { DriftStatusError, type ErrorOptions } from '../../domain/errors.js'

/** What is wrong with a workspace file or a database; where it is is for who runs it, and nobody else. */
export class StoreFault extends DriftStatusError {
  /** After the name of the file or the database, e.g. `is damaged`. */
  readonly problem: string

  constructor(name: string, problem: string, options: ErrorOptions) {
    super('failed', `${name} ${problem}`, options)
    this.problem = problem
  }
}

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
