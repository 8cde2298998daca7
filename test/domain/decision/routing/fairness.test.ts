import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ANYONE } from '../../../../src/domain/decision/conditions/facts.js'
import { decide } from '../../../../src/domain/decision/decide.js'
import type { Group } from '../../../../src/domain/decision/routing/routing.js'
import { MemoryRoutingState } from '../../../../src/domain/decision/routing/routing-state.js'
import { OPEN, workspaceOf } from '../../workspace-builder.js'
import { turnsOf } from './routing-of.js'

const memberIds = fc.uniqueArray(fc.integer({ min: 1, max: 200 }).map(String), { minLength: 1, maxLength: 8 })

describe('R21: fairness', () => {
  test('R21: n members who are always available get k turns each of n × k visitors', () => {
    fc.assert(
      fc.property(memberIds, fc.integer({ min: 1, max: 6 }), fc.nat(), (ids, k, start) => {
        const request = { route: `round-robin:${ids.join(',')}`, after: ids[start % ids.length] }
        const turns = turnsOf({ agents: ids.map((id) => ({ id })) }, ids.length * k, request)
        expect(ids.map((id) => turns.filter((turn) => turn === id).length)).toEqual(ids.map(() => k))
      }),
    )
  })

  test("R21: one member's absence changes nobody else's order", () => {
    fc.assert(
      fc.property(memberIds, fc.nat(), fc.nat(), (ids, start, away) => {
        fc.pre(ids.length > 1)
        const absent = ids[away % ids.length]!
        const request = { route: `round-robin:${ids.join(',')}`, after: ids[start % ids.length] }
        const all = turnsOf({ agents: ids.map((id) => ({ id })) }, ids.length * 3, request)
        const rest = turnsOf(
          { agents: ids.map((id) => ({ id, status: id === absent ? 'away' : 'available' })) },
          (ids.length - 1) * 3,
          request,
        )
        expect(rest).toEqual(all.filter((id) => id !== absent))
      }),
    )
  })

  test('R21: whoever comes and goes, the turn passes along the full list', () => {
    const absences = fc.array(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(memberIds, absences, (ids, pattern) => {
        const workspaces = pattern.map((isAway) =>
          workspaceOf({
            agents: ids.map((id, index) => ({ id, status: isAway[index] ? 'away' : 'available' })),
            routing: { default: { to: { 'round-robin': ids } } },
          }),
        )
        const state = new MemoryRoutingState(workspaces[0]!.roster)
        const inOrder = [...ids].sort((a, b) => Number(a) - Number(b))
        let last = -1
        for (const [step, workspace] of workspaces.entries()) {
          const { assignee, target } = decide(workspace, OPEN, ANYONE, { state }).routing
          const turn = inOrder
            .map((_, ahead) => (last + 1 + ahead) % inOrder.length)
            .find((index) => !pattern[step]![ids.indexOf(inOrder[index]!)])
          expect(assignee?.id).toBe(turn === undefined ? undefined : inOrder[turn])
          if (assignee) state.record(assignee, target as Group, OPEN)
          last = turn ?? last
        }
      }),
    )
  })
})
