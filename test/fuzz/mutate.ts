import { NASTY_TEXTS, NASTY_VALUES } from './nasty-values.js'
import type { Random } from './random.js'

type Mutation = (text: string, random: Random) => string

const KEY = /[A-Za-z-]+(?=:)/g
const VALUE = /(?<=: )[^\n,{}[\]]+/g

const MUTATIONS: readonly Mutation[] = [
  flipBits,
  deleteLine,
  duplicateLine,
  swapLines,
  swapKeys,
  swapValues,
  swapValues,
  replaceValue,
  replaceValue,
  truncate,
  insertText,
  copySlice,
  indentLine,
  nestDeeply,
]

/** The text with a few random changes. */
export function mutate(text: string, random: Random): string {
  let mutated = text
  for (let left = random.pick([1, 1, 1, 2, 3, 6]); left > 0; left--) mutated = random.pick(MUTATIONS)(mutated, random)
  return mutated
}

function flipBits(text: string, random: Random): string {
  const at = random.below(text.length)
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << random.below(random.pick([7, 8, 16]))))
  return text.slice(0, at) + flipped + text.slice(at + 1)
}

function onLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split('\n')
  change(lines)
  return lines.join('\n')
}

function deleteLine(text: string, random: Random): string {
  return onLines(text, (lines) => lines.splice(random.below(lines.length), random.between(1, 3)))
}

function duplicateLine(text: string, random: Random): string {
  return onLines(text, (lines) => lines.splice(random.below(lines.length), 0, random.pick(lines)))
}

function swapLines(text: string, random: Random): string {
  return onLines(text, (lines) => {
    const [a, b] = [random.below(lines.length), random.below(lines.length)]
    const first = lines[a]!
    lines[a] = lines[b]!
    lines[b] = first
  })
}

function indentLine(text: string, random: Random): string {
  return onLines(text, (lines) => {
    const at = random.below(lines.length)
    lines[at] = random.chance(0.5) ? random.pick([' ', '  ', '\t']) + lines[at] : lines[at]!.replace(/^ {1,2}/, '')
  })
}

/** Replaces one match by another of the same text, or by what `write` makes. */
function swapMatches(text: string, pattern: RegExp, random: Random, write?: () => string): string {
  const matches = [...text.matchAll(pattern)]
  if (matches.length === 0) return text
  const { 0: found, index } = random.pick(matches)
  const replacement = write ? write() : random.pick(matches)[0]
  return text.slice(0, index) + replacement + text.slice(index + found.length)
}

function swapKeys(text: string, random: Random): string {
  return swapMatches(text, KEY, random)
}

function swapValues(text: string, random: Random): string {
  return swapMatches(text, VALUE, random)
}

function replaceValue(text: string, random: Random): string {
  return swapMatches(text, VALUE, random, () =>
    random.chance(0.5) ? random.pick(NASTY_TEXTS) : JSON.stringify(random.pick(NASTY_VALUES)),
  )
}

function truncate(text: string, random: Random): string {
  return text.slice(0, random.below(text.length))
}

function insertText(text: string, random: Random): string {
  const at = random.below(text.length)
  const unicode = String.fromCodePoint(
    random.pick([random.below(0x20), random.below(0xd800), random.between(0xe000, 0x10ffff)]),
  )
  return text.slice(0, at) + random.pick([unicode, random.pick(NASTY_TEXTS)]) + text.slice(at)
}

function copySlice(text: string, random: Random): string {
  const [from, at] = [random.below(text.length), random.below(text.length)]
  return text.slice(0, at) + text.slice(from, from + random.below(200)) + text.slice(at)
}

function nestDeeply(text: string, random: Random): string {
  const depth = random.pick([10, 100, 1000, 5000])
  const [open, close] = random.pick([
    ['[', ']'] as const,
    ['{ a: ', ' }'] as const,
    ['- ', ''] as const,
    ['? ', ''] as const,
  ])
  const nest = open.repeat(depth) + (random.chance(0.7) ? close.repeat(depth) : '')
  return swapMatches(text, VALUE, random, () => nest)
}
