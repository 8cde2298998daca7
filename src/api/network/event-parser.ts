import { DriftStatusError } from '../../domain/errors.js'

/** As long as any other answer may be: an import of a hundred thousand agents is one revision. */
const MAX_EVENT_LENGTH = 64 * 1024 * 1024

/** One server-sent event. */
export interface ServerEvent {
  /** `message` when the server gave none. */
  readonly type: string
  readonly data: string
  readonly id: string | undefined
}

/**
 * Reads server-sent events from text that comes in pieces, as the HTML standard says: a piece may end anywhere,
 * lines end in CR, LF or both, several `data` lines are one value, a line that begins with a colon is a comment.
 * The reader throws a DriftStatusError (unreachable) for an event that is longer than any of ours.
 *
 * @example
 * const read = createEventParser()
 * read('id: 12\nda') // []
 * read('ta: {}\n\n') // [{ type: 'message', data: '{}', id: '12' }]
 */
export function createEventParser(maxLength = MAX_EVENT_LENGTH): (piece: string) => readonly ServerEvent[] {
  let rest = ''
  // A CR that ended a piece ended its line; a LF that begins the next one is its second half.
  let endedInCr = false
  let event = emptyEvent()
  // What the data of the event has by now.
  let held = 0

  return (piece) => {
    if (piece === '') return []
    const text = endedInCr && piece.startsWith('\n') ? piece.slice(1) : piece
    endedInCr = piece.endsWith('\r')
    const lines = text.split(/\r\n|\n|\r/)
    // What has come of a long line is not searched again with each piece.
    lines[0] = rest + lines[0]
    rest = lines.pop()!
    const events: ServerEvent[] = []
    for (const line of lines) {
      if (line !== '') {
        readField(line, event)
        held += line.length
      } else {
        const { data, type, id } = event
        // An event without data is left out.
        if (data.length > 0) events.push({ type: type || 'message', data: data.join('\n'), id })
        event = emptyEvent()
        held = 0
      }
    }
    if (held + rest.length > maxLength) {
      throw new DriftStatusError('unreachable', `the service sent an event longer than ${maxLength / 2 ** 20} MB`)
    }
    return events
  }
}

interface UnfinishedEvent {
  type: string
  data: string[]
  id: string | undefined
}

function emptyEvent(): UnfinishedEvent {
  return { type: '', data: [], id: undefined }
}

function readField(line: string, event: UnfinishedEvent): void {
  const colon = line.indexOf(':')
  const name = colon < 0 ? line : line.slice(0, colon)
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
  if (name === 'event') event.type = value
  else if (name === 'data') event.data.push(value)
  else if (name === 'id') event.id = value
}
