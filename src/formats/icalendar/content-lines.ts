import { gunzipSync } from 'node:zlib'
import { DriftStatusError } from '../../domain/errors.js'
import { mistake } from './mistakes.js'

/** A property of iCalendar, `DTSTART;VALUE=DATE:20261225`, with where it stands (RFC 5545, 3.1). */
export interface ContentLine {
  /** In capitals. */
  readonly name: string
  /** Names in capitals; values without their quotes. */
  readonly params: ReadonlyMap<string, string>
  readonly value: string
  /** The line of the text on which it begins, from 1. */
  readonly line: number
}

/** Of a calendar that was compressed: more than any that people read, and no more than a process has room for. */
const MAX_BYTES = 16 * 1024 * 1024

/** The properties of a calendar, folded lines joined. @throws DocumentError for what is no calendar at all */
export function readContentLines(bytes: Uint8Array, file: string): readonly ContentLine[] {
  return unfold(decompressed(bytes, file)).map(({ text, line }) => contentLine(text, line, file))
}

function decompressed(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES })
  } catch (cause) {
    const isTooLong = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    const what = isTooLong ? `holds more than ${MAX_BYTES / 1024 / 1024} MB` : 'is compressed, and broken'
    throw new DriftStatusError('invalid-input', `${file} ${what}`, { hint: 'get it again from where it is published' })
  }
}

interface Unfolded {
  readonly text: Uint8Array
  readonly line: number
}

const [LF, CR, SPACE, TAB] = [10, 13, 32, 9]

/** Joined as bytes: a line may be folded in the middle of a character. */
function unfold(bytes: Uint8Array): readonly Unfolded[] {
  const lines: { parts: Uint8Array[]; line: number }[] = []
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  for (let line = 1; start < bytes.length; line++) {
    let end = start
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++
    const isFolded = (bytes[start] === SPACE || bytes[start] === TAB) && lines.length > 0
    if (isFolded) lines.at(-1)!.parts.push(bytes.subarray(start + 1, end))
    else if (end > start) lines.push({ parts: [bytes.subarray(start, end)], line })
    start = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1)
  }
  return lines.map(({ parts, line }) => ({ text: parts.length === 1 ? parts[0]! : Buffer.concat(parts), line }))
}

const decoder = new TextDecoder('utf-8', { fatal: true })

const NAME = /^[A-Za-z0-9-]+/
const PARAMETER = /;([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)/y

function contentLine(bytes: Uint8Array, line: number, file: string): ContentLine {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    throw mistake(file, line, 'is not text in UTF-8', 'save the calendar as UTF-8')
  }
  const name = NAME.exec(text)?.[0]
  if (name === undefined) throw notAProperty(text, line, file)
  const params = new Map<string, string>()
  PARAMETER.lastIndex = name.length
  let end = name.length
  for (let match = PARAMETER.exec(text); match; match = PARAMETER.exec(text)) {
    params.set(match[1]!.toUpperCase(), match[2]!.replaceAll('"', ''))
    end = PARAMETER.lastIndex
  }
  if (text[end] !== ':') throw notAProperty(text, line, file)
  return { name: name.toUpperCase(), params, value: text.slice(end + 1), line }
}

function notAProperty(text: string, line: number, file: string): DriftStatusError {
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) {
    return mistake(
      file,
      line,
      'this is a web page, not a calendar',
      'use the address that calendar programs subscribe to',
    )
  }
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return mistake(file, line, `"${shown}" is not a property of iCalendar`, 'a property is NAME:VALUE')
}
