import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessHoursOf } from '../../src/domain/decision/compile-hours.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import type { BusinessHours } from '../../src/domain/time/business-hours.js'
import { DAY_MS } from '../../src/domain/time/calendar-date.js'
import { Schedule } from '../../src/domain/time/schedule.js'
import {
  exportHours,
  formatOf,
  type HoursFormatName,
  importHours,
  READABLE_FORMATS,
} from '../../src/formats/hours-format.js'
import { businessHours, TODAY } from './hours-arbitrary.js'

const encode = (text: string) => new TextEncoder().encode(text)

/** What comes back, in the zone that it was written in. */
function thereAndBack(format: HoursFormatName, hours: BusinessHours): BusinessHours {
  const { text } = exportHours(format, hours, { name: 'Acme', today: TODAY })
  const { hours: read } = importHours(format, encode(text), 'x', TODAY)
  // It is a document like any other.
  const document = { version: 1, timeZone: hours.zone, hours: read }
  const parsed = parseWorkspace(JSON.stringify(document), 'back.json')
  return businessHoursOf(parsed.hours, parsed)
}

/** From the second day on: the night before the first day belongs to a date that is over. */
const [FROM, TO] = [(TODAY + 2) * DAY_MS, (TODAY + 700) * DAY_MS]
const openIn = (hours: BusinessHours) => [...new Schedule(hours).intervals(FROM, TO)]

describe.each(READABLE_FORMATS)('R5: %s', (format) => {
  test('what is written comes back open at the same instants', () => {
    fc.assert(
      fc.property(businessHours, (hours) => {
        expect(openIn(thereAndBack(format, hours))).toEqual(openIn(hours))
      }),
      { numRuns: 60 },
    )
  })

  // Where nights are, opening_hours writes dates around an exception that were none before.
  test.skipIf(format === 'osm')('what came back once is written the same again', () => {
    fc.assert(
      fc.property(businessHours, (hours) => {
        const once = thereAndBack(format, hours)
        const options = { name: 'Acme', today: TODAY }
        const again = exportHours(format, thereAndBack(format, once), options).text
        expect(again).toBe(exportHours(format, once, options).text)
      }),
      { numRuns: 30 },
    )
  })

  test('it is known by what it begins with', () => {
    fc.assert(
      fc.property(businessHours, (hours) => {
        fc.pre(hours.weekly.some((ranges) => ranges.length > 0))
        const { text } = exportHours(format, hours, { name: 'Acme', today: TODAY })
        expect(formatOf(encode(text), 'x')).toBe(format)
      }),
      { numRuns: 20 },
    )
  })
})

test('R5: names come back where the format has them', () => {
  fc.assert(
    fc.property(businessHours, (hours) => {
      const namesOf = ({ exceptions }: BusinessHours) => exceptions.map(({ name }) => name ?? null)
      const plain = { ...hours, holidays: [] }
      expect(namesOf(thereAndBack('csv', plain))).toEqual(namesOf(plain))
    }),
    { numRuns: 60 },
  )
})
