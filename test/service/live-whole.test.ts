import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileWorkspace } from '../../src/domain/decision/compile-workspace.js'
import type { VisitorFacts } from '../../src/domain/decision/conditions/facts.js'
import type { WorkspaceDocument } from '../../src/domain/document/schema.js'
import { askBasis } from '../../src/domain/questions/basis.js'
import { coverage } from '../../src/domain/questions/coverage/coverage.js'
import { lint } from '../../src/domain/questions/lint/lint.js'
import { reachable } from '../../src/domain/questions/reachable.js'
import { simulate } from '../../src/domain/questions/simulate.js'
import { simulateTimeline } from '../../src/domain/questions/simulate-timeline.js'
import { liveWorkspace } from './live-workspace.js'
import { crowdedWorkspaces } from './store/crowded-workspace.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (at: number) => new Date(at).toISOString()

interface Asked {
  readonly parts: object
  readonly visitor: VisitorFacts
  /** What the document was made at; it is `now` an hour later. */
  readonly start: number
  /** Hours after now; negative for the past. */
  readonly ahead: number
  readonly days: number
  readonly of: { readonly team?: string; readonly route?: string; readonly min?: number }
}

/** Crowded workspaces, some with a rota, some with a team that goes offline, some on a lower plan. */
const asked: fc.Arbitrary<Asked> = fc
  .record({
    crowded: crowdedWorkspaces,
    rota: fc.uniqueArray(fc.nat(24), { maxLength: 3 }),
    hasBigTeam: fc.boolean(),
    autoOffline: fc.boolean(),
    others: fc.record({ available: fc.constantFrom(0, 0, 12), away: fc.nat(12) }),
    plan: fc.constantFrom('premium', 'premium', 'premium', 'free'),
    ahead: fc.integer({ min: -30, max: 30 }),
    days: fc.integer({ min: 1, max: 9 }),
    of: fc.constantFrom<Asked['of']>(
      {},
      {},
      { min: 3 },
      { team: 'unnamed' },
      { team: 'named', min: 2 },
      { route: 'rules' },
    ),
  })
  .map(({ crowded, rota, hasBigTeam, autoOffline, others, plan, ahead, days, of }) => {
    const { agents, teams, ...rest } = crowded.document as WorkspaceDocument
    const followers = new Set(rota.map((index) => agents[index % agents.length]!.id))
    const members = agents.filter((_, index) => index % 3 === 0).map(({ id }) => id)
    const parts = {
      ...rest,
      plan,
      agents: [
        ...agents.map((agent) => {
          if (!followers.has(agent.id)) return agent
          const { status, until, afterwards, ...rest } = agent
          return rest
        }),
        ...people(others.available, 'available', 1000),
        ...people(others.away, 'away', 2000),
      ],
      teams: [...teams, ...(hasBigTeam ? [{ id: 'big', members, autoOffline }] : [])],
      ...(followers.size > 0 && {
        duty: { shifts: [{ id: 'late', days: 'mon-fri', hours: '12:00-18:00', agents: [...followers] }] },
      }),
    }
    return { parts, visitor: { attributes: crowded.visitor.attributes }, start: crowded.instants[0]!, ahead, days, of }
  })

/** People whom nothing names. */
function people(count: number, status: 'available' | 'away', first: number): object[] {
  return Array.from({ length: count }, (_, index) => ({ id: String(first + index), status, chatLimit: 3 }))
}

describe('a live workspace reads those who matter, and answers as on everyone', () => {
  test('of the past and the future, with a rota and without', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ parts, visitor, start, ahead, days, of }) => {
        const { owner, clock } = await liveWorkspace(parts, start)
        const now = start + HOUR
        clock(now)
        const document = await owner.getWorkspace({})
        const from = now + ahead * HOUR
        const to = from + days * DAY
        const covered = await owner.coverage({ from: iso(from), to: iso(to), ...of })
        expect(covered).toEqual(coverage(document, { from, to, now, ...of }))
        const workspace = compileWorkspace(document)
        expect(await owner.lint({ at: iso(from) })).toEqual(lint(workspace, from))
        const named = askBasis(workspace, from, to)
        expect(await owner.getBasis({ from: iso(from), to: iso(to) })).toEqual(named)
        const counted = await owner.getBasis({ from: iso(from), to: iso(to), names: false })
        expect(counted).toEqual({ ...named, people: [] })
        const timeline = await owner.simulateTimeline({ from: iso(from), to: iso(to), visitor })
        expect(timeline).toEqual(simulateTimeline(document, { from, to, now, visitor }))
        expect(await owner.reachable({ at: iso(from), visitor })).toEqual(reachable(document, { at: from, visitor }))
        const { at, widget, visitor: seen, reasons } = simulate(document, { at: now, now })
        const told = reasons.filter(({ code }) => code !== 'status.assumed')
        expect(await owner.getStatus({})).toMatchObject({ at, widget, visitor: seen, reasons: told })
      }),
      { numRuns: 100 },
    )
  })
})
