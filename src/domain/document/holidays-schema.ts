import * as z from 'zod/mini'
import { DriftStatusError } from '../errors.js'
import { lazy } from '../lazy.js'
import { type DeepReadonly, describe, id, name, parsedBy, strict, url } from './fields.js'
import { exception } from './hours-schema.js'

/** The address of an iCalendar feed; it is told to everyone who may read the workspace. */
const source = lazy(() =>
  describe(parsedBy(url(), checkSource), { description: 'The address of the iCalendar feed that the days come from' }),
)

/** A named list of dates that closes the hours which it applies to, or gives them hours of its own (R40). */
const holidayCalendar = lazy(() =>
  strict({
    id: id(),
    name: z.optional(name()),
    source: z.optional(source()),
    days: z._default(z.array(exception()), []),
  }),
)

export const holidays = lazy(() => z.array(holidayCalendar()))

/** The parts of a holiday calendar that are written each on its own. */
export const holidayFields = { source, days: lazy(() => z.array(exception())) }

export type HolidayCalendarDocument = DeepReadonly<z.output<ReturnType<typeof holidayCalendar>>>

/** @throws DriftStatusError for what is no address of a feed */
export function checkSource(address: string): void {
  let parsed: URL
  try {
    parsed = new URL(address)
  } catch {
    throw new DriftStatusError('invalid-input', `"${address}" is not an address`, {
      hint: 'write it whole, e.g. https://example.com/holidays.ics',
    })
  }
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') {
    throw new DriftStatusError('invalid-input', `an address that begins with "${parsed.protocol}" is not read`, {
      hint: parsed.protocol === 'webcal:' ? `write https:${address.slice('webcal:'.length)}` : 'write https://…',
    })
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new DriftStatusError('invalid-input', 'the address has a user name or a password in it', {
      hint: 'everyone who may read the workspace would see it: use an address without one',
    })
  }
}
