import OpeningHours from 'opening_hours'
import { businessHoursOf } from '../src/domain/decision/compile-hours.js'
import { Schedule } from '../src/domain/time/schedule.js'
import { LuxonHours } from './luxon-hours.js'
import { atLeastTimesTheReference, atMostTimesTheReference, type Contender, measure, printTable } from './measure.js'
import { generateExceptions, randomInstants, readSample } from './workspaces.js'

const sample = readSample()
const hours = businessHoursOf(sample.hours, sample)
const instants = randomInstants(2026)

export function benchIsOpen(): void {
  // The package answers for the process's own zone.
  process.env.TZ = hours.zone
  const schedule = new Schedule(hours)
  const luxon = new LuxonHours(sample)
  const opening = new OpeningHours(
    'Mo 09:00-12:00,13:00-17:00; Tu-Th 09:00-17:00; Fr 09:00-17:00,22:00-02:00; ' +
      '2026 Dec 24 09:00-12:00; 2026 Dec 25-26 off; Jan 01 off',
  )
  const answers: readonly [string, (at: number) => boolean][] = [
    ['luxon', (at) => luxon.isOpen(at)],
    ['opening_hours', (at) => opening.getState(new Date(at))],
  ]
  const figures = measure([
    openContender('engine', schedule, instants),
    {
      name: 'luxon',
      run(times) {
        let open = 0
        for (let index = 0; index < times; index++) if (luxon.isOpen(instants[index % instants.length]!)) open++
        return open
      },
      aim: atLeastTimesTheReference(200),
    },
    {
      name: 'opening_hours',
      run(times) {
        let open = 0
        for (let index = 0; index < times; index++)
          if (opening.getState(new Date(instants[index % instants.length]!))) open++
        return open
      },
    },
  ])
  printTable('"Is it open" at random instants of a year, hours of the sample', figures)
  for (const [name, isOpen] of answers) {
    const asked = instants.subarray(0, 10_000)
    const different = asked.filter((at) => isOpen(at) !== schedule.isOpen(at)).length
    process.stdout.write(`  ${name} answers differently at ${different} of ${asked.length} instants\n`)
  }
}

export function benchExceptions(): void {
  const [few, many] = [10, 10_000].map((count) => {
    return new Schedule({ ...hours, exceptions: generateExceptions(count, '2020-01-01') })
  })
  const later = randomInstants(2190)
  const figures = measure([
    openContender('10 exceptions, in 2026', few!, instants),
    { ...openContender('10,000 exceptions, in 2026', many!, instants), aim: atMostTimesTheReference(1.25) },
    { ...openContender('10 exceptions, in 2190', few!, later), aim: atMostTimesTheReference(1.25) },
    { ...openContender('10,000 exceptions, in 2190', many!, later), aim: atMostTimesTheReference(1.25) },
  ])
  printTable('"Is it open" must not grow with exceptions or years', figures)
}

function openContender(name: string, schedule: Schedule, at: Float64Array): Contender {
  return {
    name,
    run(times) {
      let open = 0
      for (let index = 0; index < times; index++) if (schedule.isOpen(at[index % at.length]!)) open++
      return open
    },
  }
}
