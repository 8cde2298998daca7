import { compileCover, compileShift } from '../duty/compile-duty.js'
import { applyCover, type Cover, MAX_COVER_DAYS } from '../duty/covers.js'
import { People, resolveNames } from '../duty/duty-names.js'
import type { Person } from '../duty/place.js'
import { type Shift, stretchesOf } from '../duty/shift.js'
import { WEEK_MS } from '../duty/week-tables.js'
import { DAY_MS } from '../time/calendar-date.js'
import { formatFullMoment } from '../time/moment.js'
import { Zone } from '../time/zone.js'
import { type CoverDocument, readCover, readShift } from './duty-schema.js'
import { isReadable } from './fields.js'
import { type Entry, entriesOf, fieldsOf, idOf } from './ids.js'
import type { Finding, Path } from './problem.js'

/** How many of those on duty are told in a hint. */
const MAX_TOLD = 5
/** A shift runs again within it, a clock change and all. */
const NEXT_RUN_WEEKS = 3

/**
 * What is wrong with the duty beyond its form: people named twice in one shift (R31), and covers that cover nothing (R33).
 * Works on a raw value, so that it reports beside whatever else is wrong; what cannot be read has findings of its own.
 */
export function dutyFindings(root: unknown): Finding[] {
  const { duty, timeZone, agents } = fieldsOf(root)
  const { shifts: rawShifts, covers: rawCovers } = fieldsOf(duty)
  const read = <Value>(entries: readonly Entry[], reader: (raw: unknown) => Value | undefined) =>
    entries.flatMap(({ value, index }) => {
      const document = reader(value)
      return document === undefined ? [] : [{ document, index }]
    })
  const shifts = read(entriesOf(rawShifts), readShift)
  const covers = read(entriesOf(rawCovers), readCover)
  const people = entriesOf(agents).flatMap(({ value }) => {
    const id = idOf(value.id)
    return id === undefined ? [] : [{ id, email: idOf(value.email) }]
  })
  const documents = { shifts: shifts.map(({ document }) => document), covers: covers.map(({ document }) => document) }
  const ids = resolveNames(documents, people)
  const named = new People(ids)
  const findings = shifts.flatMap(({ document: { agents: all, rotate }, index }) => {
    const path = ['duty', 'shifts', index]
    return rotate
      ? namedTwice(rotate.agents, named, [...path, 'rotate', 'agents'])
      : namedTwice(all ?? [], named, [...path, 'agents'])
  })
  if (typeof timeZone !== 'string' || !isReadable(timeZone, Zone.of)) return findings
  const byId = new Map(
    shifts.map(({ document }) => {
      const shift = compileShift(document, [], timeZone, named)
      return [document.id, { shift, earlier: [] as Cover[], members: new Set(shift.members) }]
    }),
  )
  for (const { document, index } of covers) {
    const found = byId.get(document.shift)
    if (!found || !ids.has(document.agent) || !ids.has(document.instead)) continue
    const { shift, earlier, members } = found
    const cover = compileCover(document, shift.days.zone, named)
    const finding = findNothingCovered({ ...shift, members, covers: earlier }, cover, document)
    if (finding) {
      findings.push({ rule: 'R33', ...finding, path: ['duty', 'covers', index, ...finding.path] })
      continue
    }
    earlier.push(cover)
    members.add(cover.agent)
  }
  return findings
}

function namedTwice(names: readonly string[], people: People, path: Path): Finding[] {
  const first = new Map<Person, string>()
  return names.flatMap((name, index) => {
    const person = people.named(name)
    const earlier = first.get(person)
    if (earlier === undefined) {
      first.set(person, name)
      return []
    }
    const as = earlier === name ? '' : `, as "${earlier}"`
    return [{ path: [...path, index], message: `"${name}" is in this list already${as}`, rule: 'R31' }]
  })
}

/** Why a cover covers nothing; undefined for one that does. */
function findNothingCovered(
  shift: Shift,
  cover: Cover,
  { from, to, agent, instead }: CoverDocument,
): Finding | undefined {
  if (cover.from >= cover.to) {
    return {
      path: ['to'],
      message: `the cover ends at ${to}, no later than it begins`,
      hint: 'write "from" before "to"',
    }
  }
  if (cover.agent === cover.instead) {
    return { path: ['agent'], message: `"${agent}" and "${instead}" are the same person` }
  }
  if (cover.to - cover.from > MAX_COVER_DAYS * DAY_MS) {
    const message = `the cover is longer than ${MAX_COVER_DAYS} days`
    return { path: ['to'], message, hint: 'change the people of the shift instead' }
  }
  let onDuty: readonly string[] = []
  if (!shift.members.has(cover.instead)) {
    const message = `"${instead}" has no part in shift "${shift.id}"`
    return { path: ['instead'], message, hint: 'name whom the agent stands in for' }
  }
  for (const { crew } of stretchesOf(shift, cover.from, cover.to)) {
    if (applyCover(crew, cover) !== crew) return undefined
    if (onDuty.length === 0) onDuty = crew.slice(0, MAX_TOLD).map(({ agent }) => agent.id)
  }
  const stretch = `between ${from} and ${to}`
  if (onDuty.length > 0) {
    const message = `"${instead}" is not on duty in shift "${shift.id}" ${stretch}`
    return { path: ['instead'], message, hint: `on duty then: ${onDuty.join(', ')}` }
  }
  const [next] = stretchesOf(shift, cover.to, cover.to + NEXT_RUN_WEEKS * WEEK_MS)
  const hint = next && `it runs next from ${formatFullMoment(next.start, shift.days.zone)}`
  return { path: [], message: `shift "${shift.id}" does not run ${stretch}`, hint }
}
