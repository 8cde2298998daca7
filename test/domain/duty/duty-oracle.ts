import { Zone } from '../../../src/domain/time/zone.js'
import type { RandomRota, RandomShift } from './rota-arbitrary.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

const weekdayOf = (day: number) => WEEKDAYS[(((day + 3) % 7) + 7) % 7]!
const mondayOf = (day: number) => day - WEEKDAYS.indexOf(weekdayOf(day))

/** When a shift that starts on a local date runs, clock changes and all. */
function runsOf({ days, hours }: RandomShift, day: number, zone: Zone): (readonly [start: number, end: number])[] {
  if (!days.includes(weekdayOf(day))) return []
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
  return hours
    .map((range) => {
      const [start, end] = range.split('-').map(minutes) as [number, number]
      const instant = (minute: number) => zone.toInstant(day * DAY + minute * MINUTE)
      return [instant(start), instant(end > start ? end : end + 1440)] as const
    })
    .filter(([start, end]) => start < end)
}

/**
 * Who holds which places of a shift, asked minute by minute in the plainest way there is: every date from the first
 * one of a rotation on is looked at, and every cover at every minute.
 */
export class DutyOracle {
  readonly #rota: RandomRota
  readonly #zone: Zone
  readonly #turns = new Map<RandomShift, ReadonlyMap<number, number>>()

  constructor(rota: RandomRota) {
    this.#rota = rota
    this.#zone = Zone.of(rota.timeZone)
  }

  /** For each shift that runs, who is on duty in it, sorted. */
  onDutyAt(at: number): Map<string, string[]> {
    const crews = new Map<string, string[]>()
    const today = Math.floor(this.#zone.toLocal(at) / DAY)
    for (const shift of this.#rota.shifts) {
      const held = [today - 2, today - 1, today, today + 1].flatMap((day) => {
        const isRunning = runsOf(shift, day, this.#zone).some(([start, end]) => start <= at && at < end)
        return isRunning ? this.#covered(shift, this.#planned(shift, day), at) : []
      })
      if (held.length > 0) crews.set(shift.id, [...new Set(held)].sort())
    }
    return crews
  }

  #planned(shift: RandomShift, day: number): readonly string[] {
    const { agents = [], rotate } = shift
    if (!rotate) return agents
    const turn = this.#turnsOf(shift).get(day)
    if (turn === undefined) return []
    const ring = Array.from({ length: rotate.count }, (_, index) => turn * rotate.count + index)
    return ring.map((place) => rotate.agents[place % rotate.agents.length]!)
  }

  /** The turn of each date, counted one date after the other. */
  #turnsOf(shift: RandomShift): ReadonlyMap<number, number> {
    const known = this.#turns.get(shift)
    if (known) return known
    const turns = new Map<number, number>()
    const { every, from } = shift.rotate!
    let period: number | undefined
    let turn = -1
    for (let day = Date.parse(from) / DAY; day <= this.#rota.to / DAY + 2; day++) {
      if (runsOf(shift, day, this.#zone).length === 0) continue
      const here = every === 'day' ? day : mondayOf(day)
      if (here !== period) turn++
      period = here
      turns.set(day, turn)
    }
    this.#turns.set(shift, turns)
    return turns
  }

  #covered(shift: RandomShift, planned: readonly string[], at: number): readonly string[] {
    const holders = [...planned]
    for (const cover of this.#rota.covers) {
      if (cover.shift !== shift.id || at < Date.parse(cover.from) || at >= Date.parse(cover.to)) continue
      const isHeld = holders.includes(cover.instead)
      holders.forEach((holder, place) => {
        if ((isHeld ? holder : planned[place]) === cover.instead) holders[place] = cover.agent
      })
    }
    return holders
  }
}
