import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { isEqual, isFields, itemName, own } from './items.js'
import { parseYaml, printFlow, printLines, type Quotes } from './yaml.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * A text of YAML or JSON in which a value is changed and nothing else: comments, layout, quotes and the order of keys stay.
 * Only what differs between the two values is written; what the text says beside them stays as it is.
 *
 * @param before what the text says
 * @param after what it is to say
 */
export function editYaml(text: string, before: unknown, after: unknown): string {
  return new YamlEdit(text).edit(before, after)
}

/** A text in which every alias is written out: what it names can then be changed alone. */
export function withoutAliases(text: string): string {
  const edit = new YamlEdit(text)
  const aliases: Node[] = []
  visit(edit.document, { Alias: (_, alias) => void aliases.push(alias) })
  let written = text
  for (const alias of aliases.toReversed()) {
    const [start, end] = alias.range!
    const value = isAlias(alias) ? alias.resolve(edit.document)?.toJS(edit.document) : undefined
    written = `${written.slice(0, start)}${printFlow(value)}${written.slice(end)}`
  }
  return written
}

/** An item of a collection in the text: what is before it belongs to it, as comments do. */
interface Chunk {
  readonly lead: string
  /** Where it begins, at its key or dash, and where the line of its end does. */
  readonly start: number
  readonly end: number
}

class YamlEdit {
  readonly document: Document
  readonly #text: string
  readonly #lineEnd: string

  constructor(text: string) {
    this.#text = text
    this.#lineEnd = /\r\n/.test(text) ? '\r\n' : '\n'
    this.document = parseYaml(text)
  }

  edit(before: unknown, after: unknown): string {
    const { contents } = this.document
    if (!contents?.range || isEqual(before, after)) return this.#text
    const start = contents.range[0]
    const edited = this.#render(contents as Node, before, after)
    const whole = this.#text.slice(0, start) + edited + this.#text.slice(this.#endOf(contents as Node))
    return /\n$/.test(this.#text) ? whole : whole.replace(/\r?\n$/, '')
  }

  /** The text of a node as it is to be, from where it begins to `#endOf` it. */
  #render(node: Node, before: unknown, after: unknown): string {
    if (isEqual(before, after)) return this.#text.slice(node.range![0], this.#endOf(node))
    if (isMap(node) && isFields(before) && isFields(after) && Object.keys(after).length > 0) {
      return node.flow
        ? this.#renderFlow(node, ...this.#pairs(node, before, after))
        : this.#renderBlockMap(node, before, after)
    }
    if (isSeq(node) && Array.isArray(before) && Array.isArray(after) && after.length > 0) {
      const items = this.#items(node, before, after)
      if (items) return node.flow ? this.#renderFlow(node, ...items) : this.#renderBlockSeq(node, items[0])
    }
    return this.#fresh(node, after)
  }

  /** Another value in the place of a node. */
  #fresh(node: Node, after: unknown): string {
    const printed = printFlow(after, new Map(), isScalar(node) ? quoteIn(node) : undefined)
    const isLines = this.#text[this.#endOf(node) - 1] === '\n'
    return isLines ? `${printed}${this.#lineEnd}` : printed
  }

  #renderBlockMap(map: YAMLMap, before: Fields, after: Fields): string {
    const column = this.#column(map.range![0])
    const chunks = this.#chunks(
      map,
      map.items.map((pair) => startOf(pair)),
    )
    let text = ''
    const known = new Set<string>()
    for (const [index, pair] of map.items.entries()) {
      const key = keyOf(pair)
      const { lead, start, end } = chunks[index]!
      known.add(key)
      const [was, is] = [own(before, key), own(after, key)]
      if (isEqual(was, is)) text += lead + this.#text.slice(start, end)
      else if (is === undefined) text += withoutIndent(lead)
      else text += lead + this.#renderPair(pair, was, is, { start, end, column })
    }
    for (const [key, value] of Object.entries(after)) {
      if (known.has(key) || isEqual(own(before, key), value)) continue
      text = this.#ended(text) + ' '.repeat(column) + this.#newPair(key, value, map, column)
    }
    // What begins behind a dash keeps its place when its first key goes.
    return text.replace(/^ +/, '')
  }

  /** A pair with another value, from its key to the end of its line. */
  #renderPair(
    pair: Pair,
    before: unknown,
    after: unknown,
    { start, end, column }: { readonly start: number; readonly end: number; readonly column: number },
  ): string {
    const value = pair.value as Node | null
    const isKept = value?.range && !(isScalar(value) && value.source === '') && isSameKind(value, after)
    if (isKept) {
      const edited = this.#render(value, before, after)
      return this.#text.slice(start, value.range![0]) + edited + this.#text.slice(this.#endOf(value), end)
    }
    const key = this.#text.slice(start, (pair.key as Node).range![1])
    const comment = value?.range && !isBlockCollection(value) ? this.#text.slice(value.range[1], end).trimEnd() : ''
    return `${this.#indented(`${key}: ${printFlow(after)}`, column)}${comment}${this.#lineEnd}`
  }

  #newPair(key: string, value: unknown, siblings: YAMLMap, column: number): string {
    return this.#indented(printLines({ [key]: value }, quotesIn([siblings])), column) + this.#lineEnd
  }

  #renderBlockSeq(seq: YAMLSeq, entries: readonly Entry[]): string {
    const column = this.#column(seq.range![0])
    const chunks = this.#chunks(
      seq,
      seq.items.map((item, index) => this.#dashOf(item as Node, index, seq, column)),
    )
    const kept = new Set(entries.map(({ index }) => index))
    // The comments before an item that goes stay before the next one that does not.
    let orphaned = ''
    const leads = chunks.map(({ lead }, index) => {
      orphaned += kept.has(index) ? lead : withoutIndent(lead)
      if (!kept.has(index)) return ''
      const all = orphaned
      orphaned = ''
      return all
    })
    const indent = ' '.repeat(column)
    const parts = entries.map((entry, place) => {
      const isFirst = place === 0
      if (entry.index === undefined) {
        return `${isFirst ? '' : indent}- ${this.#newItem(entry.after, seq, column + 2)}`
      }
      const { start, end } = chunks[entry.index]!
      const lead = leads[entry.index]!
      const item = seq.items[entry.index] as Node
      const own = isEqual(entry.before, entry.after)
        ? this.#text.slice(start, end)
        : this.#text.slice(start, item.range![0]) +
          this.#render(item, entry.before, entry.after) +
          this.#text.slice(this.#endOf(item), end)
      if (isFirst) return lead.trimStart() + own
      return (entry.index === 0 ? indent : '') + lead + own
    })
    if (orphaned !== '') parts.push(orphaned)
    return parts.map((part, place) => (place === parts.length - 1 ? part : this.#ended(part))).join('')
  }

  #newItem(value: unknown, seq: YAMLSeq, column: number): string {
    const isFlow = !isFields(value) || seq.items.length === 0 || seq.items.some((item) => isMap(item) && item.flow)
    const quotes = quotesIn(seq.items)
    const printed = isFlow ? printFlow(value, quotes) : printLines(value, quotes)
    return this.#indented(printed, column) + this.#lineEnd
  }

  #renderFlow(node: YAMLMap | YAMLSeq, entries: readonly Entry[], isSame: boolean): string {
    const [start, end] = node.range!
    const pieces = node.items.map((item) =>
      isPair(item) ? [startOf(item), endOfPair(item)] : [(item as Node).range![0], (item as Node).range![1]],
    ) as readonly (readonly [number, number])[]
    const quotes = quotesIn(isSeq(node) ? node.items : [node])
    const texts = entries.map((entry) => this.#flowText(entry, node, quotes))
    const gap = (index: number) => this.#text.slice(pieces[index - 1]![1], pieces[index]![0])
    if (isSame) {
      const parts = texts.map((text, index) => (index === 0 ? '' : gap(index)) + text)
      const [first, last] = [pieces[0]!, pieces.at(-1)!]
      return this.#text.slice(start, first[0]) + parts.join('') + this.#text.slice(last[1], end)
    }
    const padding = isMap(node) ? ' ' : ''
    const open = pieces[0] ? this.#text.slice(start, pieces[0][0]) : this.#text[start]! + padding
    const close = pieces[0] ? this.#text.slice(pieces.at(-1)![1], end) : padding + this.#text[end - 1]!
    const between = pieces.length > 1 ? gap(1) : open.includes('\n') ? `,${open.slice(1)}` : ', '
    const joined = texts.map((text, place) => {
      const [last, own] = [entries[place - 1]?.index, entries[place]!.index]
      if (place === 0) return text
      return (last !== undefined && own === last + 1 ? gap(own) : between) + text
    })
    return open + joined.join('') + close
  }

  #flowText({ key, index, before, after }: Entry, node: YAMLMap | YAMLSeq, quotes: Quotes): string {
    if (index === undefined) {
      const printed = printFlow(key === undefined ? after : { [key]: after }, quotes)
      return key === undefined ? printed : printed.slice(1, -1).trim()
    }
    const item = node.items[index]!
    if (!isPair(item)) return this.#render(item as Node, before, after)
    const value = item.value as Node | null
    const [keyStart, keyEnd] = (item.key as Node).range!
    if (isEqual(before, after)) return this.#text.slice(keyStart, endOfPair(item))
    if (!value?.range) return `${this.#text.slice(keyStart, keyEnd)}: ${printFlow(after)}`
    return this.#text.slice(keyStart, value.range[0]) + this.#render(value, before, after)
  }

  /** The pairs of a mapping as they are to be, and whether they are those that are there. */
  #pairs(map: YAMLMap, before: Fields, after: Fields): readonly [readonly Entry[], boolean] {
    const kept = map.items.flatMap((pair, index): Entry[] => {
      const key = keyOf(pair)
      const [was, is] = [own(before, key), own(after, key)]
      return is === undefined && was !== undefined ? [] : [{ key, index, before: was, after: is }]
    })
    const known = new Set(map.items.map((pair) => keyOf(pair)))
    const added = Object.entries(after).flatMap(([key, value]): Entry[] =>
      known.has(key) || isEqual(own(before, key), value)
        ? []
        : [{ key, index: undefined, before: undefined, after: value }],
    )
    return [[...kept, ...added], kept.length === map.items.length && added.length === 0]
  }

  /** The items of a list as they are to be, each with its place in the text; undefined where they have no names. */
  #items(
    seq: YAMLSeq,
    before: readonly unknown[],
    after: readonly unknown[],
  ): readonly [readonly Entry[], boolean] | undefined {
    const places = placesOf(seq.items.map((item) => (item as Node).toJS(this.document)))
    const was = placesOf(before)
    if (!places || !was || !placesOf(after)) return undefined
    if (places.size !== was.size || [...places.keys()].some((name) => !was.has(name))) return undefined
    const entries = after.map((item): Entry => {
      const name = nameOf(item)!
      return { index: places.get(name), before: was.has(name) ? before[was.get(name)!] : undefined, after: item }
    })
    return [entries, entries.length === places.size && entries.every(({ index }, place) => index === place)]
  }

  /** Each item with what is before it, from the first one's start to the end of the last one's line. */
  #chunks(node: YAMLMap | YAMLSeq, starts: readonly number[]): readonly Chunk[] {
    let last = node.range![0]
    return node.items.map((item, index) => {
      const start = starts[index]!
      const end = this.#lineEndAfter(
        isPair(item) ? endOfPair(item, (inner) => this.#endOf(inner)) : this.#endOf(item as Node),
      )
      const chunk = { lead: this.#text.slice(last, start), start, end }
      last = end
      return chunk
    })
  }

  /** Where the text of a node ends: that of a collection of lines ends with the line. */
  #endOf(node: Node): number {
    if (!isBlockCollection(node)) return node.range![1]
    const last = node.items.at(-1)
    const end = isPair(last) ? endOfPair(last, (inner) => this.#endOf(inner)) : this.#endOf(last as Node)
    return this.#lineEndAfter(end)
  }

  /** The start of the line after an offset, unless that is one already. */
  #lineEndAfter(offset: number): number {
    if (this.#text[offset - 1] === '\n') return offset
    const end = this.#text.indexOf('\n', offset)
    return end === -1 ? this.#text.length : end + 1
  }

  #dashOf(item: Node, index: number, seq: YAMLSeq, column: number): number {
    if (index === 0) return seq.range![0]
    let line = this.#text.lastIndexOf('\n', item.range![0] - 1) + 1
    while (this.#text[line + column] !== '-') line = this.#text.lastIndexOf('\n', line - 2) + 1
    return line + column
  }

  #column(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1)
  }

  /** Lines below the first, moved in; with the line ends of the text. */
  #indented(printed: string, column: number): string {
    return printed.replaceAll('\n', `${this.#lineEnd}${' '.repeat(column)}`)
  }

  /** The last line of a text may have no end. */
  #ended(text: string): string {
    return text === '' || text.endsWith('\n') ? text : text + this.#lineEnd
  }
}

/** A part of a collection as it is to be. */
interface Entry {
  /** Of a pair. */
  readonly key?: string
  /** Its place in the text; undefined for a new one. */
  readonly index: number | undefined
  readonly before: unknown
  readonly after: unknown
}

/** How siblings quote the values of their keys. */
function quotesIn(nodes: readonly unknown[]): Quotes {
  const quotes = new Map<string, Scalar.Type>()
  for (const node of nodes) {
    if (!isMap(node)) continue
    for (const pair of node.items) {
      const quote = isScalar(pair.value) ? quoteIn(pair.value) : undefined
      if (quote) quotes.set(keyOf(pair), quote)
    }
  }
  return quotes
}

/** How a scalar is quoted, unless it stands on lines of its own. */
function quoteIn({ type }: Scalar): Scalar.Type | undefined {
  return type?.startsWith('BLOCK') ? undefined : (type as Scalar.Type | undefined)
}

/** Where in a list the item of a name is; undefined where one has no name, or two have the same. */
function placesOf(items: readonly unknown[]): ReadonlyMap<string, number> | undefined {
  const places = new Map<string, number>()
  for (const [place, item] of items.entries()) {
    const name = nameOf(item)
    if (name === undefined || places.has(name)) return undefined
    places.set(name, place)
  }
  return places
}

/** A name, or a scalar that stands for itself. */
function nameOf(item: unknown): string | undefined {
  if (typeof item === 'object') return itemName(item)
  return `${typeof item} ${item}`
}

function keyOf({ key }: Pair): string {
  return String((key as Scalar).value)
}

function startOf({ key }: Pair): number {
  return (key as Node).range![0]
}

function endOfPair({ key, value }: Pair, endOf = (node: Node) => node.range![1]): number {
  return (value as Node | null)?.range ? endOf(value as Node) : (key as Node).range![1]
}

function isBlockCollection(node: unknown): node is YAMLMap | YAMLSeq {
  return (isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0
}

function isSameKind(node: Node, value: unknown): boolean {
  if (isMap(node)) return isFields(value) && (!isBlockCollection(node) || Object.keys(value).length > 0)
  if (isSeq(node)) return Array.isArray(value) && (!isBlockCollection(node) || value.length > 0)
  return typeof value !== 'object'
}

/** What stands before an item that goes: its comments stay, its indentation goes with it. */
function withoutIndent(lead: string): string {
  return lead.replace(/[ \t]+$/, '')
}
