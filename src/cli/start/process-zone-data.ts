import { intlZoneData, type ZoneData } from '../../domain/time/zone-data.js'

/** Before there were zones, every place had a mean time of its own, and none had that of Greenwich. */
const BEFORE_ZONES = Date.UTC(1780, 0, 1)

let zoneNames: ReadonlySet<string> | undefined

/**
 * The same zone data read through the process's own clock. The first use of `Intl` costs up to half a start of
 * Node; setting `TZ` costs nothing. Names that the clock does not know (`PST`) still go through `Intl`.
 */
export const processZoneData: ZoneData = {
  has: (name) => isOfClock(name) || intlZoneData.has(name),
  read: (name, reader) => (isOfClock(name) ? inZone(name, () => reader(localTimeAt)) : intlZoneData.read(name, reader)),
}

/** Whether the process's clock has a zone: one that it does not know it takes for UTC, and says nothing. */
function isOfClock(name: string): boolean {
  return name === 'UTC' || inZone(name, () => localTimeAt(BEFORE_ZONES) !== BEFORE_ZONES) || isListed(name)
}

/** Whether the engine lists a zone name. A few places, in the Antarctic say, had nobody there to keep a mean time. */
function isListed(name: string): boolean {
  zoneNames ??= new Set(Intl.supportedValuesOf('timeZone'))
  return zoneNames.has(name)
}

function inZone<Result>(name: string, read: () => Result): Result {
  const { TZ } = process.env
  process.env.TZ = name
  try {
    return read()
  } finally {
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  }
}

/** What the process's wall clock shows. */
function localTimeAt(instant: number): number {
  const date = new Date(instant)
  return Date.UTC(
    date.getFullYear(),
    date.getMonth(),
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  )
}
