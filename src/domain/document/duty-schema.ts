import * as z from 'zod/mini'
import { DriftStatusError, invalid } from '../errors.js'
import { lazy } from '../lazy.js'
import { parseDays } from '../time/weekdays.js'
import { ROTATIONS } from '../words.js'
import { type DeepReadonly, date, describe, id, moment, name, note, parsedBy, strict, zone } from './fields.js'
import { dayHours } from './hours-schema.js'

const DAYS_HINT = 'write mon, mon-fri, sat,sun, weekdays or all'
const days = lazy(() => {
  const text = () => parsedBy(z.string(), parseDays)
  return describe(z.union([text(), z.array(text()).check(z.minLength(1))]), {
    description: `The days on which the shift starts: ${DAYS_HINT.slice('write '.length)}, or a list of these`,
    examples: ['mon-fri'],
  })
})

const shiftHours = lazy(() =>
  parsedBy(dayHours(), (hours) => {
    if (hours === 'closed' || hours.length === 0) {
      throw invalid('R31', 'a shift runs at some time', 'write a range, e.g. "09:00-13:00"')
    }
  }),
)

const people = lazy(() => z.array(id()).check(z.minLength(1)))
const rotation = lazy(() =>
  parsedBy(
    strict({
      agents: describe(people(), { description: 'Who takes turns, in this order' }),
      every: describe(z.enum(ROTATIONS), { description: 'How long a turn is; a week starts on Monday' }),
      from: describe(date(), { description: 'The date from which turns are counted; before it nobody is on duty' }),
      count: z.optional(describe(z.int().check(z.positive()), { description: 'People a turn; without it one' })),
    }),
    ({ agents, count = 1 }) => {
      if (agents.length === 0 || count <= agents.length) return
      throw invalid(
        'R31',
        `a turn of ${count} people needs as many agents, and there ${agents.length === 1 ? 'is 1' : `are ${agents.length}`}`,
        `write a count of 1 to ${agents.length}, or add agents`,
      )
    },
  ),
)

const shift = lazy(() =>
  parsedBy(
    strict({
      id: id(),
      name: z.optional(name()),
      days: days(),
      hours: shiftHours(),
      timeZone: z.optional(zone()),
      agents: z.optional(describe(people(), { description: 'All of them are on duty' })),
      rotate: z.optional(rotation()),
    }),
    ({ agents, rotate }) => {
      if ((agents === undefined) !== (rotate === undefined)) return
      throw invalid(
        'R31',
        agents === undefined ? 'a shift has no people' : 'a shift has either "agents" or "rotate"',
        'write "agents" for all of them, or "rotate" for turns',
      )
    },
  ),
)

export const cover = lazy(() =>
  parsedBy(
    strict({
      shift: id(),
      from: moment(),
      to: moment(),
      agent: describe(id(), { description: 'Who takes the place' }),
      instead: describe(id(), { description: 'Whose place it is' }),
      note: z.optional(note()),
    }),
    ({ agent, instead }) => {
      if (agent !== instead) return
      throw new DriftStatusError('invalid-input', `"${agent}" cannot cover for themselves`, { rule: 'R33' })
    },
  ),
)

/** R31, R33: who is expected behind the counter, and who stands in for whom. */
export const duty = lazy(() =>
  describe(
    strict({
      shifts: z._default(z.array(shift()), []),
      covers: z._default(
        describe(z.array(cover()), { description: 'Of two covers of the same place the later written holds' }),
        [],
      ),
    }),
    { description: 'Who is on duty when' },
  ),
)

/** A shift of a document that may have other errors; undefined for one that cannot be read. */
export function readShift(raw: unknown): ShiftDocument | undefined {
  return z.safeParse(shift(), raw).data
}

/** A cover of a document that may have other errors; undefined for one that cannot be read. */
export function readCover(raw: unknown): CoverDocument | undefined {
  return z.safeParse(cover(), raw).data
}

export type DutyDocument = DeepReadonly<z.output<ReturnType<typeof duty>>>
export type ShiftDocument = DutyDocument['shifts'][number]
export type RotationDocument = NonNullable<ShiftDocument['rotate']>
export type CoverDocument = DutyDocument['covers'][number]
