import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countsForStaffing, statusAt } from '../../../src/domain/decision/agent.js'
import { compileWorkspace, type Workspace } from '../../../src/domain/decision/compile-workspace.js'
import { type Decision, decide } from '../../../src/domain/decision/decide.js'
import { modeAt, nextModeChange } from '../../../src/domain/decision/widget.js'
import { timeline } from '../../../src/domain/questions/timeline.js'
import { busyDays, momentsOf } from '../workspace-arbitrary.js'

const MINUTE = 60_000

/** What of a decision a timeline shows. */
function shown({ mode, source, isVisible, proactive, routing }: Decision, available: number): object {
  return {
    mode,
    source,
    isVisible,
    playbook: proactive?.id,
    rule: routing.rule,
    assignee: routing.assignee?.id,
    calendar: routing.calendar?.id,
    available,
  }
}

/** How many are available, counted one by one. */
function countAvailable({ roster }: Workspace, at: number): number {
  return roster.agents.filter((agent) => countsForStaffing(agent) && statusAt(agent, at) === 'available').length
}

test('R8: a timeline agrees with deciding at every minute of it', () => {
  fc.assert(
    fc.property(busyDays, (days) => {
      const workspace = compileWorkspace(days.document)
      const stretches = [...timeline(workspace, days.from, days.to)]
      expect(stretches[0]?.decision.at).toBe(days.from)
      let current = 0
      for (const at of momentsOf(days)) {
        while (stretches[current + 1] && stretches[current + 1]!.decision.at <= at) current++
        const { decision, available } = stretches[current]!
        const here = shown(decide(workspace, at), countAvailable(workspace, at))
        expect({ at: new Date(at).toISOString(), ...shown(decision, available) }).toEqual({
          at: new Date(at).toISOString(),
          ...here,
        })
      }
    }),
    { numRuns: 25 },
  )
})

test('R8: a timeline tells changes only', () => {
  fc.assert(
    fc.property(busyDays, ({ document, from, to }) => {
      const told = [...timeline(compileWorkspace(document), from, to)].map(({ decision, available }) =>
        JSON.stringify(shown(decision, available)),
      )
      expect(told.filter((text, index) => text === told[index - 1])).toEqual([])
    }),
  )
})

test('R8: the next change of mode is the first instant at which it differs', () => {
  fc.assert(
    fc.property(busyDays, fc.nat(2879), (days, minute) => {
      const workspace = compileWorkspace(days.document)
      const at = days.from + minute * MINUTE
      const mode = modeAt(workspace, at)
      const first = momentsOf(days).find((moment) => moment > at && modeAt(workspace, moment) !== mode)
      const next = nextModeChange(workspace, at)
      const within = next && next.at < days.to ? next : undefined
      expect(within).toEqual(first === undefined ? undefined : { at: first, mode: modeAt(workspace, first) })
    }),
    { numRuns: 200 },
  )
})

test('R8, R9: the mode at every minute is that of override, policy, hours and auto-offline in turn', () => {
  fc.assert(
    fc.property(busyDays, (days) => {
      const workspace = compileWorkspace(days.document)
      const { mode: policy, override, planned = [], autoOffline } = days.document.widget
      for (const at of momentsOf(days)) {
        // R34: what began last covers the rest; of those that began together the later written does.
        const [begun] = planned
          .filter(({ from, until }) => Date.parse(from) <= at && at < Date.parse(until))
          .toReversed()
          .toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from))
        const chain = override ? [override, ...(override.afterwards ?? [])] : []
        const held = begun ?? chain.find(({ until }) => at < Date.parse(until ?? '9999-12-31'))
        const byHours = workspace.schedule.isOpen(at) ? 'online' : 'offline'
        const promised = held ? held.mode : policy === 'automatic' ? byHours : policy
        const { agents } = workspace.roster
        const isStaffed = agents.some((agent) => countsForStaffing(agent) && statusAt(agent, at) === 'available')
        expect(modeAt(workspace, at)).toBe(autoOffline && !isStaffed ? 'offline' : promised)
      }
    }),
    { numRuns: 25 },
  )
})
