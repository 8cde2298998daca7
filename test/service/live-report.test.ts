import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { people } from '../domain/workspace-builder.js'
import { type LiveWorkspace, liveWorkspace } from './live-workspace.js'
import { counted, look, reportOf } from './report-oracle.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const iso = (at: number) => new Date(at).toISOString()

/** One write, with numbers that choose; whatever the workspace refuses is nothing. */
type Write = (client: Client, at: number, step: number, a: number, b: number) => Promise<unknown>

const IDS = ['1', '2', '3', '4', '5', '6']
const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!
const rangeOf = (a: number, b: number) =>
  `${String(a % 24).padStart(2, '0')}:00-${String((a + 1 + (b % 14)) % 24).padStart(2, '0')}:00`

const WRITES: readonly Write[] = [
  (client, at, step, a, b) =>
    client.putStatus({
      id: pick(IDS, a),
      status: pick(['away', 'available'], b),
      until: iso(at + (1 + (b % 40)) * step),
    }),
  (client, at, step, a, b) =>
    client.putStatus({
      id: pick(IDS, b),
      status: pick(['away', 'available'], a),
      until: iso(at + (1 + (a % 9)) * step),
    }),
  (client, _, __, a, b) => client.putStatus({ id: pick(IDS, a), status: pick(['away', 'available'], b) }),
  (client, at, step, a, b) =>
    client.putWidget({ override: { mode: pick(['online', 'offline'], a), until: iso(at + (1 + (b % 60)) * step) } }),
  (client, _, __, a) => client.putWidget({ mode: pick(['automatic', 'automatic', 'online', 'offline'], a) }),
  (client) => client.putWidget({ override: null }),
  (client, _, __, a) => client.putAutoOffline({ enabled: a % 2 === 0 }),
  async (client, _, __, a, b) => {
    const { value } = await client.getHours({})
    const day = pick(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], a)
    return client.putHours({
      hours: { ...value, weekly: { ...value.weekly, [day]: b % 5 === 0 ? 'closed' : rangeOf(a, b) } },
    })
  },
  (client, at, _, a, b) => client.putException({ date: iso(at + (a % 3) * DAY).slice(0, 10), hours: rangeOf(a, b) }),
  (client, _, __, a, b) => client.patchAgent({ id: pick(IDS, a), settings: { name: `name ${b}` } }),
  (client, _, __, a, b) =>
    client.patchAgent({ id: pick(IDS, a), settings: { [pick(['bot', 'disabled'], b)]: b % 3 === 0 } }),
  (client, at, step, a, b) =>
    client.addAgent({
      agent: { id: pick(IDS, a), status: 'away', ...(b % 2 && { until: iso(at + (b % 20) * step) }) },
    }),
  (client, _, __, a) => client.deleteAgent({ id: pick(IDS, a) }),
  async (client, _, __, a) => {
    const { revisions } = await client.listRevisions({ limit: 8 })
    return client.revert({ number: pick(revisions, a).number, force: a % 3 === 0 })
  },
  (client, _, __, a) =>
    client.patchSettings({ settings: { timeZone: pick(['Europe/Berlin', 'America/New_York'], a) } }),
  async (client, _, __, a) => {
    const document = await client.getWorkspace({})
    return client.putWorkspace({
      document: { ...document, agents: document.agents.filter(({ id }) => id !== pick(IDS, a)) },
    })
  },
]

interface Move {
  readonly step: number
  readonly write: number
  readonly a: number
  readonly b: number
}

/** Lives through so many steps, each with its writes, looking after them; then the report is asked for. */
async function live(workspace: LiveWorkspace, start: number, stepMs: number, steps: number, moves: readonly Move[]) {
  const looks = []
  for (let step = 0; step < steps; step++) {
    const at = start + step * stepMs
    workspace.clock(at)
    for (const move of moves.filter((one) => one.step === step)) {
      await pick(WRITES, move.write)(workspace.owner, at, stepMs, move.a, move.b).catch(() => undefined)
    }
    looks.push(await look(workspace.owner, at))
  }
  workspace.clock(start + steps * stepMs)
  return looks
}

const START_DOCUMENT = { agents: people('1', '2 away', '3', '4 bot'), widget: { autoOffline: true } }

/** From the workspace's beginning on, with an end of its own. */
async function expectAgreement(parts: object, start: number, stepMs: number, steps: number, moves: readonly Move[]) {
  const workspace = await liveWorkspace({ ...START_DOCUMENT, ...parts }, start)
  const looks = await live(workspace, start, stepMs, steps, moves)
  const end = start + steps * stepMs
  for (const [from, to] of [
    [start, end],
    [start + Math.floor(steps / 3) * stepMs, start + Math.floor((2 * steps) / 3) * stepMs],
    [start + Math.floor(steps / 2) * stepMs, end],
  ] as const) {
    const { last: _, ...expected } = reportOf(looks, from, to, stepMs / MINUTE)
    expect(counted(await workspace.owner.getReport({ from: iso(from), to: iso(to) }))).toEqual(expected)
  }
}

describe('R15, R35: a report equals what was answered, looked at again and again', () => {
  const moves = (steps: number, count: number) =>
    fc.array(fc.record({ step: fc.nat(steps - 1), write: fc.nat(), a: fc.nat(1000), b: fc.nat(1000) }), {
      minLength: count / 2,
      maxLength: count,
    })

  test('over random writes and times', async () => {
    await fc.assert(
      fc.asyncProperty(moves(100, 50), (random) =>
        expectAgreement({}, Date.parse('2026-11-20T00:00:00Z'), 30 * MINUTE, 100, random),
      ),
      { numRuns: 12 },
    )
  }, 120_000)

  test.each([
    { title: 'the clock goes forward', zone: 'America/New_York', start: '2026-03-07T12:00:00Z' },
    { title: 'the clock goes back', zone: 'Europe/Berlin', start: '2026-10-24T12:00:00Z' },
    { title: 'half an hour is repeated', zone: 'Australia/Lord_Howe', start: '2026-04-03T12:00:00Z' },
  ])(
    '$title',
    async ({ zone, start }) => {
      await fc.assert(
        fc.asyncProperty(moves(96, 40), (random) =>
          expectAgreement(
            {
              timeZone: zone,
              hours: { weekly: { sat: '20:00-03:00', sun: ['02:30-10:00', '22:00-02:00'], mon: '09:00-17:00' } },
            },
            Date.parse(start),
            30 * MINUTE,
            96,
            random,
          ),
        ),
        { numRuns: 4 },
      )
    },
    60_000,
  )

  test('minute by minute', async () => {
    await fc.assert(
      fc.asyncProperty(moves(400, 40), (random) =>
        expectAgreement({}, Date.parse('2026-11-23T12:00:00Z'), MINUTE, 400, random),
      ),
      { numRuns: 2 },
    )
  }, 60_000)
})
