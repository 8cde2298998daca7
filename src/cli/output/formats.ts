import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import {
  type CommandSpec,
  type Format,
  type GlobalOptions,
  knownFields,
  type ListFormat,
  type ListSpec,
} from '../command.js'
import type { OutputStream } from '../context.js'
import { escapeUnsafe, toSafeJson } from './safe-text.js'

/** What a script asked for instead of the lines a person reads. */
export interface Shape {
  readonly format: Exclude<Format, 'table'>
  /** The parts of the answer, or of each item of a list; all where undefined. */
  readonly fields?: readonly string[] | undefined
  /** Set where nobody asked for it: the answer of a command that lists at times only stays as a person reads it. */
  readonly isDefault?: boolean
}

/** A shape of text; a picture is the command's own. */
type TextShape = Shape & { readonly format: Exclude<ListFormat, 'table'> }

/**
 * The shape that the flags ask for: `--json`, `--json=FIELDS`, or `--format`; a list goes into a pipe as tab-separated values.
 * @returns undefined for what a person reads
 * @throws DriftStatusError (usage) for a field that the command does not answer, or two flags that differ
 */
export function shapeOf(
  spec: CommandSpec,
  { json, jsonFields, quiet, ...options }: GlobalOptions,
  { isTTY }: OutputStream,
): Shape | undefined {
  // A command without a list may have formats of its own.
  const format = spec.list && options.format
  if (json) {
    if (format !== undefined && format !== 'json') {
      throw new DriftStatusError('usage', `--json and --format ${format} are two shapes for one answer`, {
        hint: 'leave one of them out',
      })
    }
    return { format: 'json', fields: jsonFields === undefined ? undefined : readFields(jsonFields, spec) }
  }
  if (format !== undefined) return format === 'table' ? undefined : { format }
  return spec.list && !isTTY && !quiet ? { format: 'tsv', isDefault: true } : undefined
}

function readFields(text: string, spec: CommandSpec): readonly string[] {
  const known = knownFields(spec)
  const fields = text.split(',').map((field) => field.trim())
  const unknown = fields.find((field) => !known.includes(field))
  if (unknown === undefined) return fields
  const what = unknown === '' ? '--json= without a field' : `"${unknown}" is not a field of ${spec.name}`
  throw new DriftStatusError('usage', what, {
    hint: [didYouMean(unknown, known), known.length > 0 ? `its fields: ${known.join(', ')}` : 'use --json alone']
      .filter(Boolean)
      .join(' '),
  })
}

/**
 * An answer in a shape, ended by a line feed; undefined where the shape is the default and the answer is not a list.
 * @throws DriftStatusError (usage) for columns of what is not a list
 */
export async function inShape(
  answer: unknown,
  { format, fields, isDefault }: TextShape,
  list: ListSpec | undefined,
): Promise<string | undefined> {
  const items = list && itemsOf(answer, list)
  if (format === 'json') return `${toSafeJson(fields ? selected(items ?? answer, fields) : answer, 2)}\n`
  if (format === 'yaml') return escapeUnsafe((await import('../../domain/document/yaml.js')).printYaml(answer))
  if (!list || !items) {
    if (isDefault) return undefined
    throw new DriftStatusError('usage', `--format ${format} is for a list, and this answer is not one`, {
      hint: 'use --format json or yaml',
    })
  }
  const cellOf = format === 'csv' ? inertCell : cell
  const rows = [list.fields, ...items.map((item) => list.fields.map((field) => cellOf(item[field])))]
  return ROW_WRITERS[format](rows)
}

type Item = Readonly<Record<string, unknown>>

/** The items of a list answer; undefined where the answer holds none. */
function itemsOf(answer: unknown, { key, last }: ListSpec): readonly Item[] | undefined {
  const items = key === undefined ? answer : (answer as Item)[key]
  if (!Array.isArray(items)) return undefined
  const one = last?.(answer as Item)
  return one ? [...items, one] : items
}

function selected(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => selected(item, fields))
  const item = value as Item
  return Object.fromEntries(fields.map((field) => [field, item[field] ?? null]))
}

/** A value as one cell: texts as they are, a list of texts parted by commas, anything deeper as JSON; nothing for null. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  const isFlat = Array.isArray(value) && value.every((part) => typeof part === 'string' && !part.includes(','))
  return isFlat ? value.join(',') : JSON.stringify(value)
}

/**
 * A cell that a spreadsheet takes for text: what begins like a formula would be run, and anyone may set a note. Scripts take
 * tab-separated values, in which texts are as they are.
 */
function inertCell(value: unknown): string {
  const text = cell(value)
  return typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

type Rows = readonly (readonly string[])[]

const ROW_WRITERS: Readonly<Record<Exclude<ListFormat, 'table' | 'json' | 'yaml'>, (rows: Rows) => string>> = {
  csv: (rows) => lines(rows.map((row) => row.map(csvCell).join(','))),
  tsv: (rows) => lines(rows.map((row) => row.map(tsvCell).join('\t'))),
  markdown: ([header = [], ...rows]) =>
    lines([header, header.map(() => '---'), ...rows].map((row) => `| ${row.map(markdownText).join(' | ')} |`)),
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('')
}

/** RFC 4180: quoted where a comma, a quote or a line end is inside. */
function csvCell(text: string): string {
  const safe = escapeUnsafe(text)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const TSV_ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' }

/** One line and one column whatever is inside: tabs, line ends and backslashes are escaped. */
function tsvCell(text: string): string {
  return escapeUnsafe(text.replaceAll(/[\t\n\r\\]/g, (found) => TSV_ESCAPES[found]!))
}

/** A text of anyone's on one line of Markdown, where it dresses nothing and ends no cell. */
export function markdownText(text: string): string {
  return escapeUnsafe(text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|`*_<>[\]]/g, '\\$&'))
}
