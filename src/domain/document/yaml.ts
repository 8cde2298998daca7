import {
  Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { $ZodType } from 'zod/v4/core'
import { isJsonTooDeep, isTooDeep, MAX_DEPTH } from '../nesting.js'
import { DocumentError, type Finding, formatPath, type Path, type Problem } from './problem.js'
import { scalarTypesAt } from './scalar-types.js'
import { workspaceSchema } from './schema.js'

/** An alias expands to what it names: more uses of one than this are an attack, not a document. */
const MAX_ALIASES = 100

/** A text read as YAML, and where everything in it stands. */
export interface YamlText {
  readonly value: unknown
  /** Findings about the value with their places, in the order of the text. */
  readonly place: (findings: readonly Finding[]) => readonly Problem[]
}

/** What a text is read as. */
export interface YamlKind {
  readonly schema: () => $ZodType
  /** What it is called, and where one to start from is. */
  readonly what: string
  readonly sample: string
}

const WORKSPACE: YamlKind = {
  schema: () => workspaceSchema(),
  what: 'workspace document',
  sample: 'start from the sample workspace: docs/sample/acme.yaml',
}

/**
 * Reads a workspace document or some of its sections, or a text of another kind, YAML 1.2 or JSON. A number is kept as it is written
 * wherever a text may stand: as a number `02142`, `1.10` and what is beyond 2^53 would lose some of it.
 *
 * @param file the name that errors give it
 * @throws DocumentError for what is not YAML, or what would be lost as a value
 */
export function readYaml(text: string, file: string, kind: YamlKind = WORKSPACE): YamlText {
  const json = readPlainJson(text, kind.schema())
  // Where something is, is asked of few texts: reading one with its places takes far longer.
  return json
    ? { value: json.value, place: (findings) => readPlaced(text, file, kind).place(findings) }
    : readPlaced(text, file, kind)
}

/** A text and the places in it. */
function readPlaced(text: string, file: string, kind: YamlKind): YamlText {
  const lineCounter = new LineCounter()
  const whole = (message: string, hint?: string) =>
    new DocumentError(file, [{ file, line: 1, column: 1, path: '', message, hint }])
  const problemAt = (offset: number, { path, message, hint, rule }: Finding): Problem => {
    const { line, col } = lineCounter.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: formatPath(path), message, hint, rule }
  }
  if (text.includes('\0')) throw whole('is not text', `a ${kind.what} is YAML or JSON in UTF-8`)
  const tooDeep = () => whole(`is nested deeper than ${MAX_DEPTH} levels`, kind.sample)
  // Reading YAML takes longer the deeper it is.
  if (/^\s*[[{]/.test(text) && isJsonTooDeep(text)) throw tooDeep()
  try {
    const document = parseDocument(text, { ...YAML, lineCounter })
    const lost = [...versionFindings(document, text, kind), ...settle(document, lineCounter, kind.schema())]
    const problems = [...syntaxFindings(document), ...lost].map(({ offset, ...finding }) =>
      problemAt(offset, { path: [], ...finding }),
    )
    if (problems.some(({ message }) => /maximum call stack/i.test(message))) throw tooDeep()
    if (problems.length > 0) throw new DocumentError(file, problems.sort(byPlace))
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    if (isTooDeep(value)) throw tooDeep()
    return {
      value,
      place: (findings) => findings.map((finding) => problemAt(offsetOf(document, finding), finding)).sort(byPlace),
    }
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    if (!(error instanceof ReferenceError)) throw error
    throw whole(`uses an alias more than ${MAX_ALIASES} times`)
  }
}

/**
 * A text that is JSON as a program writes it, read: it says no key twice and no number that would lose digits, as it is then
 * written in the same way again. Undefined for any other text.
 */
function readPlainJson(text: string, schema: $ZodType): { readonly value: unknown } | undefined {
  if (!/^\s*\{/.test(text) || text.includes('"__proto__"') || isJsonTooDeep(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    const indent = /^\s*\{\r?\n([ \t]*)/.exec(text)?.[1] ?? ''
    const isPlain = JSON.stringify(value, null, indent) === text.trim()
    return isPlain ? { value: settleJson(value, schema, []) } : undefined
  } catch {
    return undefined
  }
}

/** The value of JSON with each number or truth as a text where it may be one only. */
function settleJson(value: unknown, schema: $ZodType, path: Path): unknown {
  if (Array.isArray(value)) return value.map((item) => settleJson(item, schema, [...path, 0]))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, held]) => [key, settleJson(held, schema, [...path, key])]),
    )
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') return value
  const types = scalarTypesAt(schema, path)
  const isBeyondDigits = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
  return types.has('string') && (isBeyondDigits || !types.has(typeof value)) ? String(value) : value
}

/** Prints a value as YAML that reads as the same value, in YAML 1.1 too. */
export function printYaml(value: unknown): string {
  const document = new Document(value, { version: '1.2', compat: 'yaml-1.1', aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_, scalar) {
      // Within quotes it can be escaped, and is then the same text.
      if (typeof scalar.value === 'string' && UNSEEN.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  return document.toString({ lineWidth: 120 })
}

/** What cannot be seen, but for line ends. */
const UNSEEN = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** How scalars are quoted where they may be: by the key that holds them. */
export type Quotes = ReadonlyMap<string, Scalar.Type>

/** Prints a mapping or a list as lines, without the last line end; it reads as the same value, in YAML 1.1 too. */
export function printLines(value: unknown, quotes: Quotes = new Map()): string {
  const document = new Document(value, { version: '1.2', aliasDuplicateObjects: false })
  visit(document, {
    Seq(_, list) {
      if (list.items.every(isScalar)) list.flow = true
    },
    Pair(_, { key, value: held }) {
      if (!isScalar(held) || typeof held.value !== 'string') return
      held.type = quoteOf(held.value, quotes.get(String(isScalar(key) ? key.value : key)))
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).replace(/\n$/, '')
}

/** Prints a value on one line: `{ mon: "09:00-17:00", tue: [a, b] }`. */
export function printFlow(value: unknown, quotes: Quotes = new Map(), quote?: Scalar.Type): string {
  if (Array.isArray(value)) return `[${value.map((item) => printFlow(item, quotes)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(([key, held]) => {
      return `${printFlow(key)}: ${printFlow(held, quotes, quotes.get(key))}`
    })
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`
  }
  const document = new Document([value], { version: '1.2' })
  const scalar = document.get(0, true) as Scalar
  if (typeof value === 'string')
    scalar.type = quoteOf(value, quote)
    // Within brackets, more has to be quoted.
  ;(document.contents as unknown as YAMLSeq).flow = true
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim().slice(1, -1)
}

/**
 * YAML 1.1 reads some plain words as something else than a text, and a time such as 9:30 as a number.
 * @param wanted how its siblings are quoted
 */
function quoteOf(text: string, wanted?: Scalar.Type): Scalar.Type {
  // So is what cannot be seen.
  if (/^\d+:/.test(text) || /\n/.test(text) || UNSEEN.test(text))
    return wanted === 'QUOTE_SINGLE' ? wanted : 'QUOTE_DOUBLE'
  return wanted ?? (printYaml(text).startsWith('"') ? 'QUOTE_DOUBLE' : 'PLAIN')
}

/** A text as a document of the library, with the place of everything in it; what is wrong with it, `readYaml` says. */
export function parseYaml(text: string): Document.Parsed {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { ...YAML, lineCounter })
  settle(document, lineCounter, WORKSPACE.schema())
  return document
}

/** Keys that are the same are found by what they become: the library compares what they are. */
const YAML = {
  version: '1.2',
  schema: 'core',
  resolveKnownTags: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'error',
} as const

interface PlacedFinding extends Omit<Finding, 'path'> {
  readonly offset: number
}

function syntaxFindings({ errors, warnings }: Document): PlacedFinding[] {
  return [...errors, ...warnings].map(({ message, pos }) => ({ offset: pos[0], message: syntaxMessage(message) }))
}

/** The library explains its own options in some messages: keep what helps the author of the document. */
function syntaxMessage(message: string): string {
  if (message.startsWith('Source contains multiple documents')) return 'holds more than one document'
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

/** YAML 1.1 reads NO as false, and a date as something else than a text. */
function versionFindings({ directives }: Document, text: string, { what }: YamlKind): PlacedFinding[] {
  if (directives?.yaml.version !== '1.1') return []
  return [{ offset: text.search(/^%YAML/m), message: `${what}s are YAML 1.2, not 1.1`, hint: 'remove the line' }]
}

/** Makes every key the text it is written as, and every number that may be a text; says what would be lost. */
function settle(document: Document, lineCounter: LineCounter, schema: $ZodType): PlacedFinding[] {
  const found: PlacedFinding[] = []
  const anchored = new Map<string, Node>()
  const remember = (node: YAMLMap | YAMLSeq | Scalar) => {
    if (node.anchor !== undefined) anchored.set(node.anchor, node)
  }
  visit(document, {
    Alias(_, alias) {
      if (anchored.has(alias.source)) return
      found.push({ offset: offsetOfNode(alias), message: `*${alias.source} names no anchor before it` })
    },
    Seq: (_, list) => remember(list),
    Map(_, map) {
      remember(map)
      for (const { key } of map.items) if (isScalar(key) && key.type === 'PLAIN') key.value = key.source ?? ''
      found.push(...keyFindings(map, anchored, lineCounter))
    },
    Scalar(position, scalar, ancestors) {
      remember(scalar)
      const { type, tag, value } = scalar
      const isRead = position !== 'key' && type === 'PLAIN' && tag === undefined
      if (!isRead || (typeof value !== 'number' && typeof value !== 'boolean')) return
      const message = settleScalar(scalar, scalarTypesAt(schema, pathOf(ancestors)))
      if (message !== undefined) found.push({ offset: offsetOfNode(scalar), message })
    },
  })
  return found
}

/** Keeps a number or a truth as the text that it is written as, where it may be one; says which digits are lost. */
function settleScalar(scalar: Scalar, types: ReadonlySet<string>): string | undefined {
  const { value, source = '' } = scalar
  const mayBeText = types.has('string')
  if (mayBeText && !types.has(typeof value)) scalar.value = source
  if (typeof value !== 'number') return undefined
  const isLost = String(value) !== source
  const isBeyondDigits = Number.isInteger(value) && !Number.isSafeInteger(value)
  if (mayBeText && (isLost || isBeyondDigits)) scalar.value = source
  return !mayBeText && isLost && isBeyondDigits && /^-?\d+$/.test(source)
    ? `${source} has more digits than a number keeps`
    : undefined
}

/** Two keys that are the same text would be one, and the first of them lost. */
function keyFindings(
  { items }: YAMLMap,
  anchored: ReadonlyMap<string, Node>,
  lineCounter: LineCounter,
): PlacedFinding[] {
  const first = new Map<string, number>()
  return items.flatMap(({ key }) => {
    const offset = isNode(key) ? offsetOfNode(key) : 0
    const scalar = isAlias(key) ? anchored.get(key.source) : key
    // An alias of nothing has a finding of its own.
    if (scalar === undefined) return []
    if (!isScalar(scalar)) return [{ offset, message: 'a key is a text, not a list or a mapping' }]
    const text = String(scalar.value ?? '')
    if (text === '__proto__') return [{ offset, message: '"__proto__" cannot be a key' }]
    const earlier = first.get(text)
    if (earlier === undefined) {
      first.set(text, offset)
      return []
    }
    const { line, col } = lineCounter.linePos(earlier)
    return [{ offset, message: `the same key twice in one mapping: "${text}" is at ${line}:${col} already` }]
  })
}

/** The keys that lead to a node; which item of a list it is in does not matter for its type. */
function pathOf(ancestors: readonly (Document | Node | Pair)[]): Path {
  return ancestors.flatMap((ancestor): Path => {
    if (isPair(ancestor)) return [String((ancestor.key as Scalar | null)?.value ?? '')]
    return isSeq(ancestor) ? [0] : []
  })
}

function offsetOfNode({ range }: Node): number {
  return range?.[0] ?? 0
}

function byPlace(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column
}

/** Where in the text a finding is: its key, its value, or the nearest thing around it that exists. */
function offsetOf(document: Document, { path, atKey }: Finding): number {
  if (atKey) {
    const parent = nodeAt(document, path.slice(0, -1))
    const key = String(path.at(-1))
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
      : undefined
    if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0]
  }
  for (let length = path.length; length >= 0; length--) {
    const node = nodeAt(document, path.slice(0, length))
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function nodeAt(document: Document, path: Path): unknown {
  if (path.length === 0) return document.contents
  try {
    return document.getIn(path, true)
  } catch {
    // A path through a scalar: the document has something else there.
    return undefined
  }
}
