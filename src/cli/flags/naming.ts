import { DriftStatusError } from '../../domain/errors.js'
import { hintOf } from '../next-steps.js'

/** Reads a value; what the reading throws names the flag or the argument that it was given to. */
export function naming<Value>(place: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    const { rule, cause } = error
    throw new DriftStatusError('usage', `${place}: ${error.message}`, { hint: hintOf(error), rule, cause })
  }
}
