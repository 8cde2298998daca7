import { MAX_NAME_LENGTH } from '../../domain/document/fields.js'
import { type Component, propertiesOf, propertyOf, textOf } from './components.js'
import type { ContentLine } from './content-lines.js'
import { mistake, readEach } from './mistakes.js'
import {
  type CalendarMoment,
  inZone,
  readDuration,
  readMoment,
  readMoments,
  SECONDS_PER_DAY,
  zoneOf,
} from './moments.js'
import { type Recurrence, readRecurrence } from './recurrence.js'

/** An event of a calendar, read. */
export interface Event {
  readonly uid: string
  readonly line: number
  /** Empty where it has none. */
  readonly name: string
  readonly component: Component
  readonly start: CalendarMoment
  /** How long it lasts by the wall clock. */
  readonly seconds: number
  /** How many whole days it lasts; in words where it lasts no whole days. */
  readonly length: number | string
  readonly rules: readonly Recurrence[]
  readonly added: readonly CalendarMoment[]
  readonly excluded: readonly CalendarMoment[]
  /** The occurrence that it stands for. */
  readonly replaces: CalendarMoment | undefined
}

/** The events of a calendar. @throws DocumentError with every mistake and its line */
export function readEvents(calendar: Component, file: string): readonly Event[] {
  const version = textOf(propertyOf(calendar, 'VERSION'))
  if (version === '1.0') {
    throw mistake(file, calendar.line, 'is vCalendar 1.0, which is not read', 'publish it as iCalendar 2.0')
  }
  const zones = zonesOf(calendar)
  const events = calendar.components.filter(({ name }) => name === 'VEVENT')
  // What stands for an occurrence of an event names it by the clock of that event.
  const clocks = new Map(
    events
      .filter((component) => !propertyOf(component, 'RECURRENCE-ID'))
      .map((component) => [textOf(propertyOf(component, 'UID')), clockOf(component, file)]),
  )
  return readEach(events, file, (component) => readEvent(component, file, { zones, clocks }))
}

/** The zone of an event's start, where it has one that can be read. */
function clockOf(component: Component, file: string): string | undefined {
  const started = propertyOf(component, 'DTSTART')
  if (!started) return undefined
  try {
    return readMoment(started.value, started, file).zone
  } catch {
    return undefined
  }
}

/** Whether an event was called off. */
export function isCancelled({ component }: Event): boolean {
  return /^cancelled$/i.test(textOf(propertyOf(component, 'STATUS')))
}

/** Zones by the names that a calendar gives them: it may describe its own, with the name of a place. */
export function zonesOf(calendar: Component): (name: string) => ReturnType<typeof zoneOf> {
  const located = new Map(
    calendar.components
      .filter(({ name }) => name === 'VTIMEZONE')
      .map((zone) => [textOf(propertyOf(zone, 'TZID')), textOf(propertyOf(zone, 'X-LIC-LOCATION')) || undefined]),
  )
  return (name) => zoneOf(name, located.get(name))
}

type FindZone = ReturnType<typeof zonesOf>

interface Clocks {
  readonly zones: FindZone
  /** The zones of the events that repeat, by their UID. */
  readonly clocks: ReadonlyMap<string, string | undefined>
}

function readEvent(component: Component, file: string, { zones, clocks }: Clocks): Event {
  const started = propertyOf(component, 'DTSTART')
  if (!started) throw mistake(file, component.line, 'the event has no DTSTART')
  const start = readMoment(started.value, started, file)
  const onClock = (property: ContentLine, moment: CalendarMoment, clock = start.zone): CalendarMoment => {
    const moved = inZone(moment, clock, zones)
    if (moved) return moved
    const zone = moment.zone === 'UTC' ? clock : moment.zone
    throw mistake(file, property.line, `"${zone}" is no zone that is known`, 'use an IANA name such as Europe/Berlin')
  }
  const moments = (what: string) =>
    propertiesOf(component, what).flatMap((property) =>
      readMoments(property, file).map((moment) => onClock(property, moment)),
    )
  const id = propertyOf(component, 'RECURRENCE-ID')
  if (id?.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE') {
    throw mistake(
      file,
      id.line,
      'RANGE=THISANDFUTURE is not understood',
      'end the rule with UNTIL, and begin another one',
    )
  }
  const exrule = propertyOf(component, 'EXRULE')
  if (exrule) throw mistake(file, exrule.line, 'EXRULE is not understood', 'write the dates with EXDATE')
  const { seconds, length } = lengthOf(component, start, file)
  const uid = textOf(propertyOf(component, 'UID'))
  const lastDate = (property: ContentLine) => (until: CalendarMoment) => {
    const { day, seconds: time } = onClock(property, until)
    const isBefore = start.seconds !== undefined && time !== undefined && time < start.seconds
    return isBefore ? day - 1 : day
  }
  return {
    uid,
    line: component.line,
    name: shortened(textOf(propertyOf(component, 'SUMMARY'))),
    component,
    start,
    seconds,
    length,
    rules: propertiesOf(component, 'RRULE').map((property) => readRecurrence(property, file, lastDate(property))),
    added: moments('RDATE'),
    excluded: moments('EXDATE'),
    replaces: id && onClock(id, readMoment(id.value, id, file), clocks.has(uid) ? clocks.get(uid) : start.zone),
  }
}

/** How long an event lasts. */
function lengthOf(component: Component, start: CalendarMoment, file: string): Pick<Event, 'seconds' | 'length'> {
  const [ended, lasting] = [propertyOf(component, 'DTEND'), propertyOf(component, 'DURATION')]
  const startsAt = start.day * SECONDS_PER_DAY + (start.seconds ?? 0)
  let endsAt = start.seconds === undefined ? startsAt + SECONDS_PER_DAY : startsAt
  if (ended) {
    const end = readMoment(ended.value, ended, file)
    // The end by another clock is not the end of a day here.
    if (end.zone !== start.zone) {
      return { seconds: 0, length: 'begins and ends in different zones, so that it is no whole day' }
    }
    endsAt = end.day * SECONDS_PER_DAY + (end.seconds ?? 0)
  } else if (lasting) endsAt = startsAt + readDuration(lasting, file)
  const line = (ended ?? lasting)?.line ?? component.line
  if (endsAt < startsAt) throw mistake(file, line, 'the event ends before it begins')
  const seconds = endsAt - startsAt
  return { seconds, length: wholeDays(start.seconds ?? 0, seconds) }
}

function wholeDays(start: number, seconds: number): number | string {
  // An end that equals the start is how some write one whole day.
  if (seconds === 0 && start === 0) return 1
  if (start !== 0) return 'begins within a day'
  // 23:59 and 23:59:59 are how some write the end of a day.
  const rest = seconds % SECONDS_PER_DAY
  const isWhole = rest === 0 || rest >= SECONDS_PER_DAY - 60
  return isWhole ? Math.ceil(seconds / SECONDS_PER_DAY) : 'lasts no whole days'
}

export function shortened(text: string): string {
  return text.length <= MAX_NAME_LENGTH ? text : `${text.slice(0, MAX_NAME_LENGTH - 1)}…`
}
