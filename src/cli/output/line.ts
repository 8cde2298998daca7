import { safeText } from './safe-text.js'

/** A piece of a line: a plain string may be anyone's, and is cleaned where it is put into a line. */
export type Text = string | number | Dressed

/** What a person reads: each text is one line. */
export type Lines = Text | readonly Text[]

/** A piece of a line that is clean already, in our own styles. */
export class Dressed {
  /** As the terminal gets it. */
  readonly written: string

  constructor(written: string) {
    this.written = written
  }
}

/** A piece as the terminal gets it: on one line, with no style but ours. */
export function written(text: Text): string {
  return text instanceof Dressed ? text.written : safeText(String(text))
}

/**
 * One line of our own words and anyone's.
 *
 * @example
 * line`${style.good('Removed')} profile ${name}`
 */
export function line(words: TemplateStringsArray, ...pieces: readonly Text[]): Dressed {
  return new Dressed(words.map((word, index) => (index === 0 ? word : written(pieces[index - 1]!) + word)).join(''))
}

/** Pieces with our own words between them. */
export function joined(pieces: readonly Text[], between: string): Dressed {
  return new Dressed(pieces.map(written).join(between))
}

/** Lines as the terminal gets them, ended; nothing for none. */
export function writtenLines(lines: Lines): string {
  const all = typeof lines === 'object' && !(lines instanceof Dressed) ? lines : [lines]
  const text = all.map(written).join('\n')
  return text === '' ? '' : `${text}\n`
}

/** A note or a message of a list is told apart by its beginning. */
export const MAX_LISTED = 80

/** A text of at most so many characters; one that is cut ends in `…`. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const kept = Array.from(text.slice(0, 2 * maxLength))
  return kept.length <= maxLength && text.length <= 2 * maxLength ? text : `${kept.slice(0, maxLength - 1).join('')}…`
}
