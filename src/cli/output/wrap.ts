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
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const character of charactersOf(text)) {
    if (stringWidth(kept + character) >= width) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

/** A text in lines of at most so many columns, each with styles of its own; a longer word has a line to itself. */
export function wrap(text: string, width: number): readonly string[] {
  return stringWidth(text) <= width ? [text] : laidOut(text, width, ['', ''])
}

/** The width of what no line end may part. */
export function widestWord(text: string): number {
  return Math.max(0, ...wordsOf(text, 0).map(({ text: word }) => stringWidth(word)))
}

const ESCAPE = '\u001b'
const OUR_STYLES = new RegExp(`(${ESCAPE}\\[[\\d;]*m)`)
const STYLES_BEFORE_SPACES = new RegExp(`^((?:${ESCAPE}\\[[\\d;]*m)+)( +)`)

/**
 * A line of our own styles in lines of at most so many columns, broken between words; further lines are indented below the second
 * column, or by two more. A longer word has a line to itself, so that a path can be copied.
 */
export function wrapLine(styled: string, width: number): readonly string[] {
  if (stringWidth(styled) <= width) return [styled]
  // The spaces before a style are the indent.
  const line = styled.replace(STYLES_BEFORE_SPACES, '$2$1')
  const [indent = ''] = /^ */.exec(line)!
  return laidOut(line.slice(indent.length), width, [indent, ' '.repeat(hangingIndent(line, indent, width))])
}

/** Where further lines begin: below the second column of a row that has two, else two more than the first. */
function hangingIndent(line: string, indent: string, width: number): number {
  const [, first] = /^( *\S.*? {2,})\S/.exec(line) ?? []
  const column = first === undefined ? Infinity : stringWidth(first)
  return column <= width / 2 ? column : indent.length + 2
}

/** Words in lines, behind the indent of the first line or that of each further one; a word that needs it is indented less. */
function laidOut(text: string, width: number, [first, further]: readonly [string, string]): readonly string[] {
  const lines: string[] = []
  for (const { text: word, gap } of wordsOf(text, width / 2)) {
    const last = lines.at(-1)
    if (last !== undefined && stringWidth(last) + gap.length + stringWidth(word) <= width) {
      lines[lines.length - 1] = `${last}${gap}${word}`
    } else {
      const indent = last === undefined ? first : further
      lines.push(`${indent.slice(0, Math.max(0, width - stringWidth(word)))}${word}`)
    }
  }
  return inStyles(lines)
}

/** What no line end may part, and the spaces before it. */
interface Word {
  readonly text: string
  readonly gap: string
}

/**
 * The words of a text; a command in quotes, a flag with its value, or braces with what is in them, is one, so that it can be copied.
 * A script that is written without spaces has a word a
 * character, with the punctuation that belongs to it, but for a short name.
 */
function wordsOf(text: string, maxWhole: number): readonly Word[] {
  const words = [...text.matchAll(/( *)((?:"drift-status [^"]*"|\{ [^{}]* \}|--[a-z-]+ (?=[^ -])|\(id |[^ ])+)/g)]
  return words.flatMap(([, gap, word]) =>
    (stringWidth(word!) <= maxWhole ? [word!] : partsOf(word!)).map((part, index) => ({
      text: part,
      gap: index === 0 ? gap! : '',
    })),
  )
}

/** What stands at the end of the line before, or at the beginning of the next one. */
const NEVER_FIRST = /^[\p{Pe}\p{Pf}\p{Po}\p{Lm}ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ～]/u
const NEVER_LAST = /[\p{Ps}\p{Pi}]$/u

/** A word in parts between which a line may end: between two characters of two columns. */
function partsOf(word: string): readonly string[] {
  if (!/[\u1100-\uffff]/.test(word)) return [word]
  const parts = ['']
  let before = ''
  for (const part of word.split(OUR_STYLES)) {
    if (part.startsWith(ESCAPE)) {
      parts[parts.length - 1] += part
      continue
    }
    for (const character of charactersOf(part)) {
      const mayPart = stringWidth(before) === 2 && stringWidth(character) === 2
      if (mayPart && !NEVER_FIRST.test(character) && !NEVER_LAST.test(before)) parts.push(character)
      else parts[parts.length - 1] += character
      before = character
    }
  }
  return parts
}

function charactersOf(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
}

/** What ends each style that Chalk begins; one of the same end takes the place of another. */
const STYLE_END = (code: number) => (code === 1 || code === 2 ? 22 : 39)

/** Lines of which each ends the styles that it begins: what stands beside them in a table has its own. */
function inStyles(lines: readonly string[]): readonly string[] {
  let open: readonly number[] = []
  return lines.map((line) => {
    const before = open
    for (const [, code] of line.matchAll(STYLE_CODES)) open = afterStyle(open, Number(code))
    if (before.length === 0 && open.length === 0) return line
    const begin = before.map((code) => `${ESCAPE}[${code}m`).join('')
    const end = open.map((code) => `${ESCAPE}[${STYLE_END(code)}m`).reverse()
    return `${line.replace(/^ */, (indent) => indent + begin)}${end.join('')}`
  })
}

const STYLE_CODES = new RegExp(`${ESCAPE}\\[(\\d+)m`, 'g')

function afterStyle(open: readonly number[], code: number): readonly number[] {
  return code === 22 || code === 39 ? open.filter((begun) => STYLE_END(begun) !== code) : [...open, code]
}
