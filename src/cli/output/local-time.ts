import { formatLocalMoment } from '../../domain/moment.js'
import type { LocalTime } from '../../domain/schedule/zone.js'

/** The wall clock that an answer's time shows: `2026-11-23T17:30:00.000-05:00` is 17:30. */
export function localTimeOf(iso: string): LocalTime {
  return Date.parse(`${iso.slice(0, 23)}Z`)
}

/** An answer's time as people say it near another: `Tue 09:00`. */
export function formatNear(iso: string, reference: string): string {
  return formatLocalMoment(localTimeOf(iso), localTimeOf(reference))
}
