import { expect, test } from 'vitest'
import { processZoneData } from '../../../src/cli/start/process-zone-data.js'
import { intlZoneData } from '../../../src/domain/time/zone-data.js'

const LISTED = ['UTC', ...Intl.supportedValuesOf('timeZone')]
const OLD_NAMES = ['US/Eastern', 'Asia/Calcutta', 'Etc/UTC', 'Etc/GMT+5', 'Europe/Kiev', 'GB', 'EST5EDT', 'PST']
const NO_ZONES = ['Foo/Bar', 'Foo3/Bar', 'Europe/Berln', 'EST5EDT/X', 'Etc/GMT+15', 'America/New_Yorkx', 'Etc/Unknown']

test('R6: knows the zones that Intl knows, and no others', () => {
  const names = [...LISTED, ...OLD_NAMES, ...NO_ZONES]
  const known = (has: (name: string) => boolean) => names.filter((name) => has(name))
  expect(known(processZoneData.has)).toEqual(known(intlZoneData.has))
  expect(NO_ZONES.filter(processZoneData.has)).toEqual([])
})

test.each([...OLD_NAMES, ...LISTED.filter((_, index) => index % 20 === 0), 'Antarctica/Troll'])(
  'R4: %s shows the same time as through Intl',
  (name) => {
    const instants = [0, Date.UTC(1974, 5, 1), Date.UTC(2026, 0, 1), Date.UTC(2026, 6, 1)]
    const read = (data: typeof intlZoneData) => data.read(name, (clock) => instants.map(clock))
    expect(read(processZoneData)).toEqual(read(intlZoneData))
  },
)

test('the zone of the process stays as it was', () => {
  const { TZ } = process.env
  processZoneData.has('Asia/Tokyo')
  expect(process.env.TZ).toBe(TZ)
})
