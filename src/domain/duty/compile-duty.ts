import type { CoverDocument, DutyDocument, ShiftDocument } from '../document/duty-schema.js'
import { DAY_MS, parseDate, WEEKDAYS } from '../time/calendar-date.js'
import { parseDayHours } from '../time/time-range.js'
import { parseDays } from '../time/weekdays.js'
import { resolveMoment } from '../time/written-moment.js'
import { type Instant, Zone } from '../time/zone.js'
import type { Cover } from './covers.js'
import { Duty } from './duty.js'
import { namesInShift, People, resolveNames } from './duty-names.js'
import type { Place } from './place.js'
import { Rotation } from './rotation.js'
import type { Shift } from './shift.js'
import { ShiftDays } from './shift-days.js'

/** The parts of a workspace that say who is on duty when. */
export interface DutyInputs {
  readonly duty?: DutyDocument | undefined
  readonly timeZone: string
  readonly agents: readonly { readonly id: string; readonly email?: string | undefined }[]
}

/** The duty of a workspace, and the agents who follow it where nothing else is written of them (R32). */
export interface CompiledDuty {
  readonly duty: Duty
  /** The ids of those whom a shift names; a cover alone makes nobody follow the duty. */
  readonly rota: ReadonlySet<string>
}

interface Known extends CompiledDuty {
  /** What else than the section itself it was made of. */
  readonly key: string
}

const known = new WeakMap<DutyDocument, Known>()

/**
 * The duty of a valid document; undefined where it has none. A section that is the same object as in another document,
 * whose weeks may be compiled already, is compiled once.
 */
export function dutyOf({ duty: document, timeZone, agents }: DutyInputs): CompiledDuty | undefined {
  if (document === undefined || document.shifts.length === 0) return undefined
  const ids = resolveNames(document, agents)
  const key = JSON.stringify([timeZone, ...ids])
  const earlier = known.get(document)
  if (earlier?.key === key) return earlier
  const compiled = { ...compileDuty(document, timeZone, ids), key }
  known.set(document, compiled)
  return compiled
}

function compileDuty(document: DutyDocument, timeZone: string, ids: ReadonlyMap<string, string>): CompiledDuty {
  const people = new People(ids)
  const covers = new Map<string, CoverDocument[]>(document.shifts.map(({ id }) => [id, []]))
  for (const cover of document.covers) covers.get(cover.shift)?.push(cover)
  const shifts = document.shifts.map((shift) => compileShift(shift, covers.get(shift.id) ?? [], timeZone, people))
  const rota = document.shifts.flatMap(namesInShift).map((name) => people.named(name).id)
  const dated = [...document.shifts.flatMap((shift) => rotationStart(shift, timeZone)), ...shifts.flatMap(coverBorders)]
  return { duty: new Duty(shifts, people.all, dated), rota: new Set(rota) }
}

export function compileShift(
  document: ShiftDocument,
  covers: readonly CoverDocument[],
  timeZone: string,
  people: People,
): Shift {
  const { id, name = id, days, hours, rotate } = document
  const zone = Zone.of(document.timeZone ?? timeZone)
  const planned = new Set([days].flat().flatMap(parseDays))
  const shiftDays = new ShiftDays(
    zone,
    parseDayHours(hours),
    WEEKDAYS.map((day) => planned.has(day)),
  )
  const places = namesInShift(document).map((text): Place => {
    const person = people.named(text)
    return { agent: person, planned: person, note: undefined }
  })
  const compiled = covers.map((cover) => compileCover(cover, zone, people))
  const members = new Set([...places, ...compiled].map(({ agent }) => agent))
  const shared = { id, name, days: shiftDays, covers: compiled, members }
  if (rotate === undefined) return { ...shared, crewOn: () => places }
  const rotation = new Rotation(shiftDays, places, rotate.every, parseDate(rotate.from), rotate.count ?? 1)
  return { ...shared, crewOn: (day) => rotation.crewOn(day) }
}

/** R33: times of a cover without an offset are those of the shift's clock. */
export function compileCover({ from, to, agent, instead, note }: CoverDocument, zone: Zone, people: People): Cover {
  return {
    from: resolveMoment(from, zone),
    to: resolveMoment(to, zone),
    agent: people.named(agent),
    instead: people.named(instead),
    note,
  }
}

function rotationStart({ rotate, timeZone }: ShiftDocument, defaultZone: string): readonly Instant[] {
  return rotate ? [Zone.of(timeZone ?? defaultZone).toInstant(parseDate(rotate.from) * DAY_MS)] : []
}

function coverBorders({ covers }: Shift): readonly Instant[] {
  return covers.flatMap(({ from, to }) => [from, to])
}
