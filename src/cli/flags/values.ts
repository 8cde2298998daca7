import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'

/** Reads a whole number of a flag, at least `least` and at most `most`. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new DriftStatusError('usage', `"${text}" is not a whole number from ${least} to ${most}`)
  }
}

/** Reads `on` or `off`. */
export function onOrOff(text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on'
  throw new DriftStatusError('usage', `"${text}" is not on or off`)
}

/** Reads one of several words, with "did you mean". */
export function oneOf<const Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((candidate) => candidate === text)
    if (choice !== undefined) return choice
    throw new DriftStatusError('usage', `"${text}" is not one of ${choices.join(', ')}`, {
      hint: didYouMean(text, choices),
    })
  }
}

/** Reads `key=value`. */
export function pair(text: string): readonly [string, string] {
  const separator = text.indexOf('=')
  if (separator > 0) return [text.slice(0, separator), text.slice(separator + 1)]
  throw new DriftStatusError('usage', `"${text}" is not key=value`)
}
