import { formatFullMoment, formatMoment } from '../../domain/time/moment.js'
import { Zone } from '../../domain/time/zone.js'

/** An answer's time as people say it near another, in the zone of the answer: `Tue 09:00`. */
export function formatNear(iso: string, reference: string, timeZone: string): string {
  return formatMoment(Date.parse(iso), Zone.of(timeZone), Date.parse(reference))
}

/** An answer's time with its offset, which any zone can be compared with: `2026-11-27 17:30 -05:00`. */
export function formatWithOffset(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} ${iso.endsWith('Z') ? 'UTC' : iso.slice(-6)}`
}

/** An answer's time with its date: `Fri 27 Nov 2026, 17:30`. */
export function formatInFull(iso: string, timeZone: string): string {
  return formatFullMoment(Date.parse(iso), Zone.of(timeZone))
}
