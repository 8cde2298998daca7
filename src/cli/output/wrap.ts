import stringWidth from 'fast-string-width'
import type { Style } from './style.js'

/** Lines fitted to a terminal: no word is cut at its edge. A pipe gets each line whole. */
export function fitted(lines: string, { isTerminal, width }: Style): string {
  if (!isTerminal) return lines
  return lines
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n')
}

/** A text without styles of at most so many columns, with `…` at its end where it is cut. */
export function cut(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${brokenWord(text, width - 1)[0]}…`
}

/** A text without styles in lines of at most so many columns, broken between words; a longer word is broken. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(...brokenWord(word, width))
  }
  return lines
}

/** A word in pieces of at most so many columns; our own styles stay whole. */
function brokenWord(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word]
  const pieces = ['']
  for (const part of word.split(OUR_STYLES)) {
    const segments = part.startsWith(ESCAPE)
      ? [part]
      : Array.from(new Intl.Segmenter().segment(part), ({ segment }) => segment)
    for (const segment of segments) {
      const longer = pieces.at(-1)! + segment
      if (stringWidth(longer) <= width) pieces[pieces.length - 1] = longer
      else pieces.push(segment)
    }
  }
  return pieces.filter((piece) => piece !== '')
}

const ESCAPE = '\u001b'
const OUR_STYLES = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`)
const STYLES_BEFORE_SPACES = new RegExp(`^((?:${ESCAPE}\\[[\\d;]*m)+)( +)`)

/**
 * A line of our own styles in lines of at most so many columns, broken between words; further lines are indented below the second
 * column, or by two more. A longer
 * word has a line to itself, so that a path can be copied; only in scripts that are written without spaces is it broken.
 */
export function wrapLine(styled: string, width: number): readonly string[] {
  if (stringWidth(styled) <= width) return [styled]
  // The spaces before a style are the indent.
  const line = styled.replace(STYLES_BEFORE_SPACES, '$2$1')
  const [indent = ''] = /^ */.exec(line)!
  const hanging = ' '.repeat(hangingIndent(line, indent, width))
  const lines: string[] = []
  let current = indent
  for (const word of wordsOf(line.slice(indent.length), width - indent.length - 2)) {
    const longer = current.trim() === '' ? current + word : `${current} ${word}`
    if (stringWidth(longer) <= width || current.trim() === '') current = longer
    else {
      lines.push(current.trimEnd())
      current = `${hanging}${word}`
    }
  }
  return [...lines, current]
}

/** Where further lines begin: below the second column of a row that has two, else two more than the first. */
function hangingIndent(line: string, indent: string, width: number): number {
  const [, first] = /^( *\S.*? {2,})\S/.exec(line) ?? []
  const column = first === undefined ? Infinity : stringWidth(first)
  return column <= width / 2 ? column : indent.length + 2
}

/** The words of a line; a command in quotes is one, so that it can be copied. */
function wordsOf(text: string, width: number): readonly string[] {
  const words: string[] = []
  for (const piece of text.split(' ')) {
    const last = words.at(-1)
    if (last !== undefined && /"drift-status[^"]*$/.test(last)) words[words.length - 1] = `${last} ${piece}`
    else words.push(piece)
  }
  return words.flatMap((word) => (isWide(word) ? brokenWord(word, width) : [word]))
}

/** Whether a word has characters of two columns, between which a line may break. */
function isWide(word: string): boolean {
  return /[\u1100-\uffff]/.test(word) && stringWidth(word) > word.replace(OUR_STYLES, '').length
}
