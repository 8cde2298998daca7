import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, stringify, visit } from 'yaml'
import * as z from 'zod/mini'
import { isJsonTooDeep, isTooDeep, MAX_DEPTH } from '../nesting.js'
import { DocumentError, type Finding, formatPath, type Path, type Problem } from './problem.js'
import { referenceFindings } from './references.js'
import { type WorkspaceDocument, workspaceSchema } from './schema.js'
import { schemaFindings } from './schema-findings.js'

/** An alias expands to what it names: more uses of one than this are an attack, not a document. */
const MAX_ALIASES = 100

/**
 * Reads a workspace document, YAML 1.2 or JSON.
 *
 * @param text the document
 * @param file the name that errors give it
 * @throws DocumentError with every problem, each with line, column, path and the rule broken.
 * @example parseWorkspace('version: 1\ntimeZone: Europe/Berlin\n', 'acme.yaml').plan // 'premium'
 */
export function parseWorkspace(text: string, file: string): WorkspaceDocument {
  const lines = new LineCounter()
  const whole = (message: string, hint?: string) =>
    new DocumentError(file, [{ file, line: 1, column: 1, path: '', message, hint }])
  if (text.includes('\0')) throw whole('is not text', 'a workspace document is YAML or JSON in UTF-8')
  // Reading YAML takes longer the deeper it is.
  if (/^\s*[[{]/.test(text) && isJsonTooDeep(text)) throw tooDeep(whole)
  const document = readYaml(text, lines, whole)
  const syntax = [...document.errors, ...document.warnings].map((error) =>
    problemAt(error.pos[0], { path: [], message: syntaxMessage(error.message) }),
  )
  if (syntax.some(({ message }) => /maximum call stack/i.test(message))) throw tooDeep(whole)
  if (syntax.length > 0) throw new DocumentError(file, syntax.sort(byPlace))

  const unusable = unusableNodes(document).map(({ offset, message }) => problemAt(offset, { path: [], message }))
  if (unusable.length > 0) throw new DocumentError(file, unusable)
  const value = toValue(document, whole)
  if (isTooDeep(value)) throw tooDeep(whole)
  if (value === null || value === undefined) {
    throw whole('is empty', 'start from the sample workspace: docs/sample/acme.yaml')
  }
  const parsed = z.safeParse(workspaceSchema(), value)
  const findings = [...schemaFindings(parsed.error?.issues ?? [], value), ...referenceFindings(value)]
  if (findings.length > 0 || !parsed.success) {
    const placed = findings.map((finding) => problemAt(offsetOf(document, finding), finding))
    throw new DocumentError(
      file,
      placed.sort((a, b) => a.line - b.line || a.column - b.column),
    )
  }
  return parsed.data

  function problemAt(offset: number, { path, message, hint, rule }: Finding): Problem {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path: formatPath(path), message, hint, rule }
  }
}

/**
 * Prints a document as YAML. Reading it again gives an equal document.
 * @example await writeFile('workspace.yaml', printWorkspace(await client.getWorkspace({})))
 */
export function printWorkspace(document: WorkspaceDocument): string {
  return stringify(document, { version: '1.2', lineWidth: 120 })
}

type Whole = (message: string, hint?: string) => DocumentError

function tooDeep(whole: Whole): DocumentError {
  return whole(`is nested deeper than ${MAX_DEPTH} levels`, 'start from the sample workspace: docs/sample/acme.yaml')
}

function readYaml(text: string, lineCounter: LineCounter, whole: Whole): Document {
  try {
    return parseDocument(text, { version: '1.2', prettyErrors: false, lineCounter, logLevel: 'error' })
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(whole)
    throw error
  }
}

function toValue(document: Document, whole: Whole): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    if (error instanceof ReferenceError)
      throw whole(`uses an alias more than ${MAX_ALIASES} times, or one that is unknown`)
    if (error instanceof RangeError) throw tooDeep(whole)
    throw error
  }
}

/** What would be lost or unknown as a value: a key that every object is born with, an alias of nothing. */
function unusableNodes(document: Document): { readonly offset: number; readonly message: string }[] {
  const found: { offset: number; message: string }[] = []
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return
      found.push({ offset: alias.range?.[0] ?? 0, message: `*${alias.source} names no anchor before it` })
    },
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return
      found.push({ offset: key.range?.[0] ?? 0, message: '"__proto__" cannot be a key' })
    },
  })
  return found
}

function byPlace(a: Problem, b: Problem): number {
  return a.line - b.line || a.column - b.column
}

/** The library explains its own options in some messages: keep what helps the author of the document. */
function syntaxMessage(message: string): string {
  if (message.startsWith('Source contains multiple documents')) return 'holds more than one document'
  if (message.startsWith('Map keys must be unique')) return 'the same key twice in one mapping'
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
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
