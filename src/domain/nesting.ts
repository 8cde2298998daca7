/**
 * How deep JSON or YAML may be nested. A workspace document needs eight levels; what reads and
 * compares values recurses, and text that opens a million brackets must not exhaust the stack.
 */
export const MAX_DEPTH = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING = { bracket: 0x5b, brace: 0x7b }
const CLOSING = { bracket: 0x5d, brace: 0x7d }

/**
 * Whether JSON is nested too deep, found by one pass over its text: parsing it would take longer
 * the deeper it is.
 * @param text valid JSON or not
 */
export function isJsonTooDeep(text: string): boolean {
  let depth = 0
  let isQuoted = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (isQuoted) {
      if (character === BACKSLASH) index++
      else if (character === QUOTE) isQuoted = false
    } else if (character === QUOTE) isQuoted = true
    else if (character === OPENING.bracket || character === OPENING.brace) {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (character === CLOSING.bracket || character === CLOSING.brace) depth--
  }
  return false
}

/** Whether a value is nested too deep, found level by level, without recursion. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer)
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    // Aliases of YAML make one value stand in many places, and even within itself.
    level = [...new Set(level.flatMap((one) => Object.values(one).filter(isContainer)))]
  }
  return false
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
