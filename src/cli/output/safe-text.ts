/**
 * What acts on a terminal or cannot be seen in it: control characters of both sets, marks that turn the direction
 * of writing, separators of lines, half surrogate pairs, and characters without a shape. Selectors of a letter's or
 * an emoji's form stay, and so do the joiners of a script or an emoji, which have no place behind an ASCII letter.
 */
const UNSAFE =
  /(?!\u200c|\u200d|[\ufe00-\ufe0f\u180b-\u180d\u180f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?<![^\0-\x7f])(?:\u200c|\u200d)/gu
/** What parts lines, as Unicode counts it, and tabs: white space, which may stay as such. */
const LINE_ENDS = /[\t\n\v\f\r\x85\u2028\u2029]+/g

/** A text on one line, without what would let a name or a note of someone else's act on the terminal. */
export function safeText(text: string): string {
  return text.replaceAll(LINE_ENDS, ' ').replaceAll(UNSAFE, '\ufffd')
}

/** Lines of our own in which what acts on a terminal is written as JSON writes it: `\u009b`. */
export function escapeUnsafe(lines: string): string {
  return lines.replaceAll(UNSAFE, (found) => (found === '\n' ? found : toEscapes(found)))
}

/** A text in which what acts on a terminal is written otherwise, line ends too. */
export function replaceUnsafe(text: string, write: (found: string) => string): string {
  return text.replaceAll(UNSAFE, write)
}

/** A value as JSON that acts on no terminal, and reads as the same value. */
export function toSafeJson(value: unknown, indent?: number): string {
  return escapeUnsafe(JSON.stringify(value, null, indent))
}

/** Each half of a surrogate pair is an escape of its own. */
function toEscapes(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`
  }).join('')
}
