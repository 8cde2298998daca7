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
