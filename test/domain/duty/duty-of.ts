import { dutyOf } from '../../../src/domain/duty/compile-duty.js'
import type { Duty } from '../../../src/domain/duty/duty.js'
import type { DutyStretch } from '../../../src/domain/duty/shift.js'
import type { Zone } from '../../../src/domain/time/zone.js'
import { documentOf } from '../workspace-builder.js'

const PEOPLE = [...'abcdefgh'].map((id) => ({ id }))

/** The duty of shifts and covers as a document writes them; without agents those of the letters a to h. */
export function dutyFrom(duty: object, timeZone = 'Europe/Berlin', agents: readonly object[] = PEOPLE): Duty {
  return dutyOf(documentOf({ timeZone, agents, duty }))!.duty
}

/** Who is on duty at an instant: the ids of each shift, `front: a b`, a cover as `c for a`. */
export function crewsAt(duty: Duty, at: number): string[] {
  return duty.onDutyAt(at).map(({ shift, crew }) => `${shift.id}: ${crewText({ crew })}`)
}

function crewText({ crew }: Pick<DutyStretch, 'crew'>): string {
  return crew.map(({ agent, planned }) => (agent === planned ? agent.id : `${agent.id} for ${planned.id}`)).join(', ')
}

/** The stretches of a window in the wall clock of a zone: `2026-12-01 09:00+01:00 to 13:00+01:00 front: a`. */
export function rota(duty: Duty, from: string, to: string, zone: Zone): string[] {
  const local = (at: number) => {
    const minutes = zone.offsetAt(at) / 60_000
    const two = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0')
    const clock = new Date(at + minutes * 60_000).toISOString()
    return [
      clock.slice(0, 10),
      `${clock.slice(11, 16)}${minutes < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`,
    ]
  }
  return duty.stretches(Date.parse(from), Date.parse(to)).map((stretch) => {
    const [[day, start], [lastDay, end]] = [local(stretch.start), local(stretch.end)]
    return `${day} ${start} to ${day === lastDay ? '' : `${lastDay} `}${end} ${stretch.shift.id}: ${crewText(stretch)}`
  })
}
