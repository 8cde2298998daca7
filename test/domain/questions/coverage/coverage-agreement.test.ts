import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Agent, countsForStaffing, isAvailable } from '../../../../src/domain/decision/agent.js'
import { compiledOnce, type Workspace } from '../../../../src/domain/decision/compile-workspace.js'
import { ANYONE } from '../../../../src/domain/decision/conditions/facts.js'
import { decide } from '../../../../src/domain/decision/decide.js'
import { parseEntry } from '../../../../src/domain/decision/routing/entry.js'
import type { RoutingState } from '../../../../src/domain/decision/routing/routing.js'
import type { WorkspaceDocument } from '../../../../src/domain/document/schema.js'
import {
  type CoverageRequest,
  type CoverageSpan,
  coverage,
} from '../../../../src/domain/questions/coverage/coverage.js'
import { PEOPLE, randomRota } from '../../duty/rota-arbitrary.js'
import { busyDays, momentsOf } from '../../workspace-arbitrary.js'
import { documentOf } from '../../workspace-builder.js'

const MINUTE = 60_000

/** The state and the people of one instant, from a decision and from everyone's status. */
function decided(workspace: Workspace, at: number, people: readonly Agent[], min: number): object {
  const { mode, source } = decide(workspace, at)
  const isOpen = mode === 'online' || source === 'auto-offline'
  if (!isOpen) return { state: 'closed', people: null }
  const there = people.filter((agent) => isAvailable(agent, at)).length
  const state = there >= min ? 'staffed' : there > 0 ? 'short' : mode === 'offline' ? 'masked' : 'nobody'
  return { state, people: there }
}

/** Fails where the spans say something else of any of the moments, do not follow one another, or are two for one. */
function expectAgreement(
  document: WorkspaceDocument,
  request: CoverageRequest,
  people: (workspace: Workspace) => readonly Agent[],
  moments: readonly number[],
): void {
  const workspace = compiledOnce(document)
  const { spans } = coverage(document, request)
  expect(spans.map(({ to }) => Date.parse(to))).toEqual([
    ...spans.slice(1).map(({ from }) => Date.parse(from)),
    request.to,
  ])
  expect(Date.parse(spans[0]!.from)).toBe(request.from)
  const isAlike = (a: CoverageSpan, b: CoverageSpan | undefined) => a.state === b?.state && a.people === b.people
  expect(spans.filter((span, index) => isAlike(span, spans[index - 1]))).toEqual([])
  const starts = spans.map(({ from }) => Date.parse(from))
  const counted = people(workspace)
  let current = 0
  for (const at of moments) {
    while (starts[current + 1]! <= at) current++
    const { state, people: there } = spans[current]!
    const told = { at: new Date(at).toISOString(), state, people: there }
    expect(told).toEqual({ at: told.at, ...decided(workspace, at, counted, request.min ?? 1) })
  }
}

const everyone = ({ roster }: Workspace) => roster.agents.filter(countsForStaffing)

describe('R35, R36: coverage equals deciding minute by minute', () => {
  test('where hours, modes and statuses change, over clock changes', () => {
    fc.assert(
      fc.property(busyDays, fc.integer({ min: 1, max: 3 }), (days, min) => {
        const { document, from, to } = days
        expectAgreement(document, { from, to, min }, everyone, momentsOf(days))
      }),
      { numRuns: 40 },
    )
  })

  test('over two weeks of a rota with turns and covers, in any zone', () => {
    const hours = fc.constantFrom('09:00-17:00', '00:00-24:00', '22:00-06:00')
    const settings = fc.record({ hours, autoOffline: fc.boolean(), min: fc.integer({ min: 1, max: 2 }) })
    fc.assert(
      fc.property(randomRota, settings, ({ timeZone, from, to, shifts, covers }, { min, autoOffline, ...made }) => {
        const weekly = Object.fromEntries(['mon', 'tue', 'wed', 'fri', 'sun'].map((day) => [day, made.hours]))
        const agents = PEOPLE.map((id) => ({ id, ...(id === 'e' && { disabled: true }) }))
        const plain = documentOf({ timeZone, agents, hours: { weekly }, widget: { autoOffline } })
        // As it is: covers that cover nothing, which a document may not have, change nothing.
        const document = { ...plain, duty: structuredClone({ shifts, covers }) as never }
        const moments = Array.from({ length: (to - from) / (5 * MINUTE) }, (_, index) => from + index * 5 * MINUTE)
        expectAgreement(document, { from, to, min }, everyone, moments)
      }),
      { numRuns: 30 },
    )
  })
})

/** Nobody has a chat: those of now say nothing of another time. */
const NO_CHATS: RoutingState = {
  cursorOf: () => -1,
  openChatsOf: () => 0,
  lastRoutedAtOf: () => 0,
  nextRandom: () => 0,
}

test('R18-R22: with a route, staffed is when a decision sends the chat to someone who is there', () => {
  const routes = fc.constantFrom('rules', 'agent:1', 'agent:2', 'round-robin:1,2', 'account-owner')
  fc.assert(
    fc.property(busyDays, routes, (days, route) => {
      const { document, from, to } = days
      fc.pre(document.agents.length >= 2)
      const workspace = compiledOnce(document)
      const entry = parseEntry(route, workspace)
      const { spans } = coverage(document, { from, to, route })
      let current = 0
      for (const at of momentsOf(days)) {
        while (spans[current + 1] && Date.parse(spans[current + 1]!.from) <= at) current++
        const { state } = spans[current]!
        if (state === 'closed') continue
        const { assignee } = decide(workspace, at, ANYONE, { entry, state: NO_CHATS }).routing
        const isThere = assignee !== undefined && isAvailable(assignee, at)
        expect([new Date(at).toISOString(), state === 'staffed']).toEqual([new Date(at).toISOString(), isThere])
      }
    }),
    { numRuns: 60 },
  )
})

test('R36: the totals are those of the spans, and open is all that is not closed', () => {
  fc.assert(
    fc.property(busyDays, fc.integer({ min: 1, max: 3 }), ({ document, from, to }, min) => {
      const { spans, gaps, totals } = coverage(document, { from, to, min })
      const { openMinutes, closedMinutes, staffedMinutes, ...missing } = totals
      const sum = (minutes: readonly number[]) => minutes.reduce((all, one) => all + one, 0)
      expect(openMinutes + closedMinutes).toBeCloseTo((to - from) / MINUTE)
      expect(openMinutes - staffedMinutes).toBeCloseTo(sum(Object.values(missing)))
      expect(sum(gaps.map(({ minutes }) => minutes))).toBeCloseTo(sum(Object.values(missing)))
      expect(gaps).toEqual(spans.filter(({ people }) => people !== null && people < min))
    }),
    { numRuns: 100 },
  )
})
