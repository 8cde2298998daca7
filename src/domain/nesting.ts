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
 * Whether JSON is nested too deep, found by one pass over its bytes: parsing it would take longer
 * the deeper it is.
 * @param bytes UTF-8, valid JSON or not
 */
export function isJsonTooDeep(bytes: Uint8Array): boolean {
  let depth = 0
  let isText = false
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]!
    if (isText) {
      if (byte === BACKSLASH) index++
      else if (byte === QUOTE) isText = false
    } else if (byte === QUOTE) isText = true
    else if (byte === OPENING.bracket || byte === OPENING.brace) {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (byte === CLOSING.bracket || byte === CLOSING.brace) depth--
  }
  return false
}

/** Whether a value is nested too deep, found level by level, without recursion. */
export function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}
