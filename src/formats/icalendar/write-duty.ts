import type { TurnsAnswer } from '../../domain/questions/duty-view.js'
import { parseInstant } from '../../domain/time/instant.js'
import type { Instant } from '../../domain/time/zone.js'
import { escapeText, instantValue, type Line, writeCalendar } from './write-lines.js'

export interface DutyCalendarOptions {
  /** Whose turns they are: their id and their name. */
  readonly agent: string
  readonly name: string
  /** When it is written: what is written at one time is the same to the byte. */
  readonly stamp: Instant
}

/** Writes the turns of one person as a calendar, each as an event of its own, with whom they stand in for. */
export function writeDuty({ turns, names }: TurnsAnswer, { agent, name, stamp }: DutyCalendarOptions): string {
  const events = turns.map(({ from, to, shift, name: called, places }): readonly Line[] => {
    const { instead, note } = places.find((place) => place.agent === agent) ?? { instead: null, note: null }
    const who = instead === null ? '' : `in place of ${names[instead] ?? instead}`
    const about = [who, note ?? ''].filter((text) => text !== '').join(': ')
    return [
      ['BEGIN', 'VEVENT'],
      ['UID', `${escapeText(shift)}-${instantValue(parseInstant(from))}-${escapeText(agent)}@drift-status`],
      ['DTSTAMP', instantValue(stamp)],
      ['DTSTART', instantValue(parseInstant(from))],
      ['DTEND', instantValue(parseInstant(to))],
      ['SUMMARY', escapeText(called)],
      ...(about === '' ? [] : [['DESCRIPTION', escapeText(about)] as const]),
      ['END', 'VEVENT'],
    ]
  })
  return writeCalendar(`Duty of ${name}`, events)
}
