import fc from 'fast-check'
import OpeningHours from 'opening_hours'
import { expect, test } from 'vitest'
import { businessHoursOf } from '../../src/domain/decision/compile-hours.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import type { BusinessHours } from '../../src/domain/time/business-hours.js'
import { DAY_MS } from '../../src/domain/time/calendar-date.js'
import { Schedule } from '../../src/domain/time/schedule.js'
import { readOpeningHours } from '../../src/formats/opening-hours/read-opening-hours.js'
import { writeOpeningHours } from '../../src/formats/opening-hours/write-opening-hours.js'
import { businessHours, TODAY } from '../formats/hours-arbitrary.js'

/** The package reads and answers in the wall clock of the process. */
const PROCESS_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone
const INSTANTS = 10_000
const [FROM, TO] = [(TODAY + 2) * DAY_MS, (TODAY + 700) * DAY_MS]
/** The package adds wall-clock minutes over a clock change, where R4 resolves each end. */
const HAS_ONE_OFFSET = Array.from({ length: 720 }, (_, day) => new Date(FROM + day * DAY_MS).getTimezoneOffset()).every(
  (offset, _, all) => offset === all[0],
)

/** At how many of ten thousand instants the two differ, and the first of them. */
function differences(text: string, hours: BusinessHours): readonly string[] {
  const [schedule, theirs] = [new Schedule(hours), new OpeningHours(text, null)]
  const step = Math.floor((TO - FROM) / INSTANTS / 60_000) * 60_000
  return Array.from({ length: INSTANTS }, (_, index) => FROM + index * step + (index % 7) * 60_000)
    .filter((at) => schedule.isOpen(at) !== theirs.getState(new Date(at)))
    .map((at) => new Date(at).toISOString())
}

function compiled(text: string): BusinessHours {
  const { hours } = readOpeningHours(text, 'x')
  const document = parseWorkspace(JSON.stringify({ version: 1, timeZone: PROCESS_ZONE, hours }), 'x')
  return businessHoursOf(document.hours, document)
}

test.skipIf(!HAS_ONE_OFFSET)(
  'R5: what is written as opening_hours is open when the opening_hours package says so',
  () => {
    fc.assert(
      fc.property(businessHours, (made) => {
        const hours = { ...made, zone: PROCESS_ZONE }
        const { text } = writeOpeningHours(hours, { name: 'x', today: TODAY })
        expect(differences(text, hours)).toEqual([])
      }),
      { numRuns: 20 },
    )
  },
)

test
  .skipIf(!HAS_ONE_OFFSET)
  .each([
    '24/7',
    'Mo-Fr 09:00-17:00',
    'Mo-Fr 09:00-12:00,13:00-17:30; Sa 10:00-14:00; Su off',
    'Mo,We-Fr,Su 09:00-17:00',
    'Sa-Mo 10:00-16:00',
    '09:00-17:00',
    'Mo-Su 22:00-02:00',
    'Fr 22:00-02:00; Sa off',
    'Fr 22:00-02:00; Sa 10:00-12:00',
    'Fr 22:00-02:00, Sa 10:00-12:00',
    'Mo-Fr 09:00-12:00, We 14:00-18:00',
    'Mo 20:00-26:00',
    'Mo-Su 00:00-24:00; We off',
    'Mo-Fr 08:00-17:00; Dec 25 off; Jan 01 off',
    'Mo-Fr 08:00-17:00; Dec 24-26 off; 2026 Dec 28 09:00-12:00',
    'Mo-Fr 08:00-17:00; Dec 24-Jan 02 off "winter break"',
    'Mo-Fr 08:00-17:00; 2026 Dec 24-2027 Jan 02 off',
    'Mo-Fr 08:00-17:00; 2027 May 01 off; 2027 May 03 10:00-14:00 open "short day"',
    'Mo-Fr 08:00-17:00; Aug off',
    'Mo-Fr 08:00-17:00; Jul-Aug 10:00-12:00',
    'off',
  ])('R5: %s is read as the opening_hours package reads it', (text) => {
  expect(differences(text, compiled(text))).toEqual([])
})
