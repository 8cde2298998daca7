import type { WorkspaceEvent } from '../../../api/client.js'
import type { MomentState, TimedChangeAnswer } from '../../../domain/questions/timed-changes.js'
import { line, type Text } from '../line.js'
import { formatAsTold } from '../local-time.js'
import type { Style } from '../style.js'

/** More people than this are counted, not named. */
const MAX_NAMED = 3

/** What a person who watches is told of an event, in a line; undefined for what the screen shows anyway. */
export function eventLine(event: WorkspaceEvent, style: Style): Text | undefined {
  switch (event.type) {
    case 'restored':
      return style.warn('The workspace was replaced by another copy: this is what it is now.')
    case 'change': {
      const words = changeWords(event.change)
      return words.length === 0 ? undefined : line`${momentOf(event.change, style)}: ${words.join('; ')}`
    }
    case 'nobody-there':
      return style.warn(line`${momentOf(event.change, style)}: open, and nobody is there`)
    case 'nobody-there-ended':
      return line`${momentOf(event.change, style)}: ${event.change.staffed ? 'somebody is there again' : 'no longer open with nobody there'}`
    default:
      return undefined
  }
}

function momentOf({ at }: TimedChangeAnswer, style: Style): string {
  return formatAsTold(at, style)
}

function changeWords({ before, agents, isShortened, because, ...after }: TimedChangeAnswer): readonly string[] {
  const named = agents.slice(0, MAX_NAMED).map(({ name, status }) => `${name} is ${status}`)
  const more = agents.length - named.length
  return [
    ...(because.includes('clock') ? ['the clock was set, or stood still'] : []),
    ...overrideWords(before, after),
    ...(before.open === after.open ? [] : [after.open ? 'the hours opened' : 'the hours closed']),
    ...named,
    ...(more > 0 ? [`${more} more changed`] : []),
    ...(isShortened ? ['many statuses changed'] : []),
    ...(before.mode === after.mode ? [] : [`the widget is ${after.mode}`]),
  ]
}

function overrideWords(before: MomentState, after: MomentState): readonly string[] {
  const [was, is] = [before, after].map(({ source }) => source === 'override')
  return was === is ? [] : [is ? 'an override began' : 'the override ended']
}
