import { formatFullMoment, formatMoment } from '../../domain/time/moment.js'
import { Zone } from '../../domain/time/zone.js'
import type { Style } from './style.js'

/** An answer's time as people say it near another, in the zone of the answer: `Tue 09:00`. */
export function formatNear(iso: string, reference: string, timeZone: string): string {
  return formatMoment(Date.parse(iso), Zone.of(timeZone), Date.parse(reference))
}

/** An answer's time near now, in the zone that its offset tells. */
export function formatAsTold(iso: string, { now, isUtc }: Pick<Style, 'now' | 'isUtc'>): string {
  const utc = Date.parse(iso)
  const local = isUtc ? utc : Date.parse(`${iso.slice(0, 19)}Z`)
  return formatMoment(local, Zone.of('UTC'), now + local - utc)
}

/** The zone in which the times of an answer are shown: that of the workspace, unless the person asks for UTC. */
export function shownZone(timeZone: string, { isUtc }: Pick<Style, 'isUtc'>): string {
  return isUtc ? 'UTC' : timeZone
}

/** An answer's time with its offset, which any zone can be compared with: `2026-11-27 17:30 -05:00`. */
export function formatWithOffset(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} ${iso.endsWith('Z') ? 'UTC' : iso.slice(-6)}`
}

/** An answer's time with its date: `Fri 27 Nov 2026, 17:30`. */
export function formatInFull(iso: string, timeZone: string): string {
  return formatFullMoment(Date.parse(iso), Zone.of(timeZone))
}
