import type { Client } from '../../src/api/client.js'
import type { ReportAnswer } from '../../src/api/contract/answers.js'

/** What one look at a workspace says of the time until the next look. */
interface Look {
  readonly at: number
  readonly isOnline: boolean
  readonly isOpen: boolean
  readonly isMasked: boolean
  /** Whether each who counts for staffing is available, by id. */
  readonly people: ReadonlyMap<string, boolean>
  readonly names: ReadonlyMap<string, string>
}

/** What is answered now: by `simulate`, and by the list of agents for who counts. */
export async function look(client: Client, at: number): Promise<Look> {
  const { widget, agents } = await client.simulate({})
  const { agents: listed } = await client.listAgents({ limit: 1000 })
  const counted = new Set(listed.filter(({ bot, disabled }) => !bot && !disabled).map(({ id }) => id))
  const people = agents.filter(({ id }) => counted.has(id))
  return {
    at,
    isOnline: widget.mode === 'online',
    isOpen: widget.mode === 'online' || widget.source === 'auto-offline',
    isMasked: widget.source === 'auto-offline',
    people: new Map(people.map(({ id, status }) => [id, status === 'available'])),
    names: new Map(people.map(({ id, name }) => [id, name])),
  }
}

/** The report of what the looks saw between two times, each look holding for so many minutes. */
export function reportOf(looks: readonly Look[], from: number, to: number, minutes: number) {
  const seen = looks.filter(({ at }) => at >= from && at < to)
  const count = (holds: (look: Look) => boolean) => seen.filter(holds).length * minutes
  const isStaffed = ({ people }: Look) => [...people.values()].includes(true)
  const ids = [...new Set(seen.flatMap(({ people }) => [...people.keys()]))]
  return {
    totals: {
      closedMinutes: count(({ isOpen }) => !isOpen),
      openMinutes: count(({ isOpen }) => isOpen),
      staffedMinutes: count((one) => one.isOpen && isStaffed(one)),
      nobodyMinutes: count((one) => one.isOnline && !isStaffed(one)),
      maskedMinutes: count(({ isMasked }) => isMasked),
      onlineMinutes: count(({ isOnline }) => isOnline),
    },
    gaps: gapsIn(seen, isStaffed, minutes),
    people: Object.fromEntries(
      ids.map((id) => [
        id,
        {
          name: seen.findLast(({ names }) => names.has(id))!.names.get(id),
          availableMinutes: count(({ people }) => people.get(id) === true),
          openMinutes: count(({ people, isOpen }) => isOpen && people.get(id) === true),
        },
      ]),
    ),
  }
}

function gapsIn(seen: readonly Look[], isStaffed: (look: Look) => boolean, minutes: number) {
  const gaps: { from: number; to: number; state: string }[] = []
  for (const one of seen) {
    if (!one.isOpen || isStaffed(one)) continue
    const state = one.isMasked ? 'masked' : 'nobody'
    const [last, to] = [gaps.at(-1), one.at + minutes * 60_000]
    if (last?.to === one.at && last.state === state) last.to = to
    else gaps.push({ from: one.at, to, state })
  }
  return gaps
}

/** The same of an answer. */
export function counted({ totals, gaps, people }: ReportAnswer) {
  return {
    totals,
    gaps: gaps.map(({ from, to, state }) => ({ from: Date.parse(from), to: Date.parse(to), state })),
    people: Object.fromEntries(people.map(({ id, removed: _, ...person }) => [id, person])),
  }
}
