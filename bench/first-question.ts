import { processZoneData } from '../src/cli/start/process-zone-data.js'
import { businessHoursOf } from '../src/domain/decision/compile-hours.js'
import { Schedule } from '../src/domain/time/schedule.js'
import { Zone } from '../src/domain/time/zone.js'
import { intlZoneData, useZoneData } from '../src/domain/time/zone-data.js'
import { atMostMs, measure, printTable } from './measure.js'
import { readSample } from './workspaces.js'

const hours = businessHoursOf(readSample().hours, readSample())

export function benchFirstQuestion(): void {
  const next = unreadZoneYears()
  const figures = measure([
    {
      name: 'zone data read before',
      run: (times) => askFreshSchedules(times, () => [hours.zone, 2026]),
      aim: atMostMs(1),
    },
    {
      name: 'zone data unread, from Intl (the library)',
      run(times) {
        useZoneData(intlZoneData)
        return askFreshSchedules(times, next)
      },
      aim: atMostMs(5),
    },
    {
      name: 'zone data unread, from the process clock (the CLI)',
      run(times) {
        useZoneData(processZoneData)
        return askFreshSchedules(times, next)
      },
      aim: atMostMs(5),
    },
  ])
  useZoneData(intlZoneData)
  printTable('The first question to a fresh schedule: one zone-year compiled', figures)
}

function askFreshSchedules(times: number, next: () => readonly [zone: string, year: number]): number {
  let open = 0
  for (let index = 0; index < times; index++) {
    const [zone, year] = next()
    if (new Schedule({ ...hours, zone }).isOpen(Date.UTC(year, 5, 15, 15))) open++
  }
  return open
}

/** A zone is read a year at a time and once per process: every call names years that none has read. */
function unreadZoneYears(): () => readonly [zone: string, year: number] {
  const zones = Intl.supportedValuesOf('timeZone').filter((name) => name !== hours.zone)
  for (const zone of zones) Zone.of(zone)
  let calls = 0
  return () => {
    // A schedule's year reaches into the years before and after it.
    const year = 1972 + 4 * Math.floor(calls / zones.length)
    return [zones[calls++ % zones.length]!, year]
  }
}
