import { intlZoneData, type ZoneData } from '../../domain/time/zone-data.js'

let zoneNames: ReadonlySet<string> | undefined

/** Whether the engine lists a zone name; read when first asked. */
function isListed(name: string): boolean {
  zoneNames ??= new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return zoneNames.has(name)
}

/**
 * The same zone data read through the process's own clock. The first use of a locale in `Intl`
 * costs half a start of Node; setting `TZ` costs nothing. Names that the engine does not list
 * (`US/Eastern`) still go through `Intl`.
 */
export const processZoneData: ZoneData = {
  has: (name) => isListed(name) || intlZoneData.has(name),
  read(name, reader) {
    if (!isListed(name)) return intlZoneData.read(name, reader)
    const { TZ } = process.env
    process.env.TZ = name
    try {
      return reader(localTimeAt)
    } finally {
      if (TZ === undefined) delete process.env.TZ
      else process.env.TZ = TZ
    }
  },
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
