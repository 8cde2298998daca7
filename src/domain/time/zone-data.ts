/** Wall-clock time as the milliseconds since 1970-01-01T00:00 that the wall clock shows. */
export type LocalTime = number
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** What the wall clock of one zone shows at an instant, to the second. */
export type ZoneClock = (instant: Instant) => LocalTime

/** Where the offsets of zones come from. */
export interface ZoneData {
  /** Whether a name is one of a zone. */
  has(name: string): boolean
  /** Hands the clock of a known zone to a reader; the clock is good during the call only. */
  read<Result>(name: string, reader: (clock: ZoneClock) => Result): Result
}

/** The zone data of the JavaScript engine, through `Intl`. */
export const intlZoneData: ZoneData = {
  has: (name) => canonicalZoneName(name) !== undefined,
  read(name, reader) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    return reader((instant) => {
      const [month, day, year, hour, minute, second] = format.format(instant).match(/\d+/g)!.map(Number)
      return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!)
    })
  },
}

let current = intlZoneData

/** The zone data in use. */
export function zoneData(): ZoneData {
  return current
}

/** Replaces the zone data, before the first zone is read. A command line starts faster without `Intl`. */
export function useZoneData(data: ZoneData): void {
  current = data
}

/** The engine's own spelling of a zone name (`europe/berlin`, `PST`), or undefined for no zone. */
export function canonicalZoneName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
