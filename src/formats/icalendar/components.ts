import { type ContentLine, readContentLines } from './content-lines.js'
import { mistake } from './mistakes.js'

/** What stands between BEGIN and END: its properties, and the components within it. */
export interface Component {
  /** In capitals: `VEVENT`. */
  readonly name: string
  readonly line: number
  readonly properties: readonly ContentLine[]
  readonly components: readonly Component[]
}

type Open = { name: string; line: number; properties: ContentLine[]; components: Component[] }

/** Nested this deep, a calendar is an attack: alarms of events are the third step. */
const MAX_DEPTH = 10

/** What stands nowhere but in this; an event within another would not be read. */
const WITHIN: Readonly<Record<string, string | null>> = { VEVENT: 'VCALENDAR', VCALENDAR: null }

/**
 * The calendars of a text: usually one.
 * @throws DocumentError for what is none, and for one that was cut off
 */
export function readCalendars(bytes: Uint8Array, file: string): readonly Component[] {
  const lines = readContentLines(bytes, file)
  const [first] = lines
  if (!first) throw mistake(file, 1, 'is empty', 'a calendar begins with BEGIN:VCALENDAR')
  const calendars: Component[] = []
  const open: Open[] = []
  for (const property of lines) {
    const { name, value, line } = property
    const current = open.at(-1)
    if (name === 'BEGIN') {
      const begun: Open = { name: value.trim().toUpperCase(), line, properties: [], components: [] }
      if (!current && begun.name !== 'VCALENDAR') throw noCalendar(line, file)
      const place = WITHIN[begun.name]
      if (current && place !== undefined && place !== current.name) {
        throw mistake(file, line, `${begun.name} begins within ${current.name}, which begins on line ${current.line}`)
      }
      if (open.length === MAX_DEPTH) throw mistake(file, line, 'is nested too deep')
      ;(current?.components ?? calendars).push(begun)
      open.push(begun)
    } else if (!current) throw noCalendar(line, file)
    else if (name === 'END') {
      const ended = value.trim().toUpperCase()
      if (ended !== current.name) {
        throw mistake(file, line, `END:${ended} ends ${current.name}, which begins on line ${current.line}`)
      }
      open.pop()
    } else current.properties.push(property)
  }
  const cut = open.at(-1)
  if (cut) {
    const last = lines.at(-1)!.line
    const message = `the calendar ends in the middle of ${cut.name}, which begins on line ${cut.line}`
    throw mistake(file, last, message, 'it was cut off: get it again')
  }
  return calendars
}

function noCalendar(line: number, file: string) {
  return mistake(file, line, 'this is not a calendar', 'a calendar begins with BEGIN:VCALENDAR')
}

/** The first property of a name. */
export function propertyOf({ properties }: Component, name: string): ContentLine | undefined {
  return properties.find((property) => property.name === name)
}

/** Every property of a name. */
export function propertiesOf({ properties }: Component, name: string): readonly ContentLine[] {
  return properties.filter((property) => property.name === name)
}

/** A text value with its escapes undone (RFC 5545, 3.3.11), on one line. */
export function textOf(property: ContentLine | undefined): string {
  if (!property) return ''
  const text = property.value.replace(/\\([nN\\;,])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign))
  // Signs that move the cursor or end a text are no part of a name.
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim()
}
