import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actorOf } from '../../src/service/actor.js'
import { createService } from '../../src/service/service.js'
import { loadDriver } from '../../src/service/store/sqlite/sqlite-driver.js'
import { people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'
import { pick, WRITES } from './random-writes.js'
import { counted, look, reportOf } from './report-oracle.js'

const MINUTE = 60_000
/** 09:00 in New York, as the hours open. */
const MONDAY = Date.parse('2026-11-23T14:00:00Z')
const iso = (at: number) => new Date(at).toISOString()

/** Ranges about the hour in which the clock changes. */
const NIGHTS = {
  weekly: { sat: '20:00-03:00', sun: ['02:30-10:00', '22:00-02:00'], mon: '09:00-17:00', tue: '01:30-02:30' },
}

async function execute(path: string, sql: string): Promise<void> {
  const database = new (await loadDriver())(path)
  database.exec(sql)
  database.close()
}

interface Move {
  readonly step: number
  readonly write: number
  readonly a: number
  readonly b: number
}

interface Story {
  readonly parts?: object
  readonly writes?: (typeof WRITES)[keyof typeof WRITES]
  readonly start: string
  readonly stepMinutes: number
  readonly steps: number
}

const EMAILED = (texts: readonly string[]) =>
  people(...texts).map((agent, index) => ({ ...agent, email: `${index + 1}@acme.example` }))

const WITHOUT_DUTY = { agents: EMAILED(['1', '2 away', '3', '4 bot']), widget: { autoOffline: true } }
const WITH_DUTY = {
  agents: EMAILED(['1', '2 away', '3', '4 bot', '5', '6']),
  widget: { autoOffline: true },
  duty: {
    shifts: [
      {
        id: 'desk',
        days: 'all',
        hours: '08:00-18:00',
        rotate: { agents: ['1', '2@acme.example'], every: 'day', from: '2026-01-01' },
      },
      { id: 'phone', days: 'mon-fri', hours: '20:00-02:00', agents: ['3', '5@acme.example'] },
    ],
  },
}

/** Lives through the steps, each with its writes, and looks after them; then the report is asked for. */
async function expectAgreement(story: Story, moves: readonly Move[]): Promise<void> {
  const { parts = WITH_DUTY, writes = WRITES.withDuty, stepMinutes, steps } = story
  const [start, stepMs] = [Date.parse(story.start), stepMinutes * MINUTE]
  const workspace = await liveWorkspace(parts, start)
  const looks = []
  for (let step = 0; step < steps; step++) {
    const at = start + step * stepMs
    workspace.clock(at)
    for (const { write, a, b } of moves.filter((move) => move.step === step)) {
      // What the workspace refuses is no write.
      await pick(writes, write)(workspace.owner, at, stepMs, a, b).catch(() => undefined)
    }
    looks.push(await look(workspace.owner, at))
  }
  workspace.clock(start + steps * stepMs)
  for (const [first, last] of [
    [0, steps],
    [Math.floor(steps / 3), Math.floor((2 * steps) / 3)],
    [Math.floor(steps / 2), steps],
  ] as const) {
    const [from, to] = [start + first * stepMs, start + last * stepMs]
    const answer = await workspace.owner.getReport({ from: iso(from), to: iso(to) })
    expect(answer).toMatchObject({ knownFrom: answer.from })
    expect(counted(answer)).toEqual(reportOf(looks, from, to, stepMinutes))
  }
}

describe('R15, R32-R34: a report equals what was answered, looked at again and again', () => {
  test.each<Story & { readonly title: string; readonly runs: number; readonly moves: number }>([
    { title: 'with a duty', start: '2026-11-20T00:00:00Z', stepMinutes: 30, steps: 100, moves: 60, runs: 4 },
    {
      title: 'agents come and go',
      parts: WITHOUT_DUTY,
      writes: WRITES.withoutDuty,
      start: '2026-11-20T00:00:00Z',
      stepMinutes: 30,
      steps: 100,
      moves: 60,
      runs: 2,
    },
    {
      title: 'the clock goes forward in New York',
      start: '2026-03-07T12:00:00Z',
      stepMinutes: 30,
      steps: 96,
      moves: 40,
      runs: 2,
    },
    {
      title: 'the clock goes back in Berlin',
      parts: { ...WITH_DUTY, timeZone: 'Europe/Berlin', hours: NIGHTS },
      start: '2026-10-24T12:00:00Z',
      stepMinutes: 30,
      steps: 96,
      moves: 40,
      runs: 2,
    },
    {
      title: 'half an hour is repeated on Lord Howe',
      parts: { ...WITH_DUTY, timeZone: 'Australia/Lord_Howe', hours: NIGHTS },
      start: '2026-04-03T12:00:00Z',
      stepMinutes: 30,
      steps: 96,
      moves: 40,
      runs: 2,
    },
    { title: 'minute by minute', start: '2026-11-23T12:00:00Z', stepMinutes: 1, steps: 400, moves: 40, runs: 1 },
  ])(
    '$title',
    async ({ moves, runs, ...story }) => {
      const move = fc.record({ step: fc.nat(story.steps - 1), write: fc.nat(), a: fc.nat(1000), b: fc.nat(1000) })
      await fc.assert(
        fc.asyncProperty(fc.array(move, { minLength: moves / 2, maxLength: moves }), (random) =>
          expectAgreement(story, random),
        ),
        { numRuns: runs },
      )
    },
    120_000,
  )
})

describe('what a report says', () => {
  const HOUR = 60 * MINUTE

  test('R34: who was removed is there with their hours, and who is renamed by the last name', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') }, MONDAY)
    clock(MONDAY + 2 * HOUR)
    await owner.deleteAgent({ id: '2' })
    await owner.patchAgent({ id: '1', settings: { name: 'Ana' } })
    clock(MONDAY + 3 * HOUR)
    expect((await owner.getReport({ from: iso(MONDAY), to: iso(MONDAY + 3 * HOUR) })).people).toEqual([
      { id: '1', name: 'Ana', availableMinutes: 180, openMinutes: 180, removed: false },
      { id: '2', name: '2', availableMinutes: 120, openMinutes: 120, removed: true },
    ])
  })

  test('R15: a status and an override that ended before anything was written again', async () => {
    const { owner, clock } = await liveWorkspace({}, MONDAY)
    await owner.putStatus({ id: '1', status: 'away', until: iso(MONDAY + HOUR) })
    await owner.putWidget({ override: { mode: 'offline', until: iso(MONDAY + 2 * HOUR) } })
    clock(MONDAY + 4 * HOUR)
    await owner.putStatus({ id: '1', status: 'away' })
    await owner.putWidget({ display: 'hidden' })
    clock(MONDAY + 5 * HOUR)
    expect(await owner.getReport({})).toMatchObject({
      totals: { openMinutes: 180, staffedMinutes: 120, nobodyMinutes: 60, maskedMinutes: 0, onlineMinutes: 180 },
      gaps: [
        { from: '2026-11-23T13:00:00.000-05:00', to: '2026-11-23T14:00:00.000-05:00', state: 'nobody', minutes: 60 },
      ],
      people: [{ id: '1', availableMinutes: 180, openMinutes: 120 }],
    })
  })

  test('the week up to now, and nothing before the workspace was made', async () => {
    const { owner, clock } = await liveWorkspace({}, MONDAY)
    clock(MONDAY + HOUR)
    expect(await owner.getReport({})).toMatchObject({
      from: '2026-11-23T00:00:00.000-05:00',
      to: '2026-11-23T10:00:00.000-05:00',
      knownFrom: '2026-11-23T09:00:00.000-05:00',
      totals: { closedMinutes: 0, openMinutes: 60 },
    })
    const before = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }
    expect(await owner.getReport(before)).toMatchObject({ totals: { openMinutes: 0 }, gaps: [], people: [] })
  })

  test.each([
    { title: 'revisions are missing', harm: 'DELETE FROM revision WHERE number = 3', known: 3 },
    { title: 'older revisions are gone', harm: 'DELETE FROM revision WHERE number <= 3', known: 3 },
    { title: 'the log is gone', harm: 'DELETE FROM revision', known: 5 },
    { title: 'an earlier version wrote them', harm: 'UPDATE revision SET ended = NULL WHERE number <= 3', known: 2 },
  ])('where $title, it is known from the last one that tells how it was before', async ({ harm, known }) => {
    const { owner, clock, path } = await liveWorkspace({}, MONDAY)
    for (const hour of [1, 2, 3, 4]) {
      clock(MONDAY + hour * HOUR)
      await owner.putStatus({ id: '1', status: hour % 2 ? 'away' : 'available' })
    }
    clock(MONDAY + 5 * HOUR)
    await execute(path, harm)
    const { knownFrom } = await owner.getReport({ from: iso(MONDAY) })
    expect(Date.parse(knownFrom)).toBe(MONDAY + known * HOUR)
  })

  test('a clock that was set back: what was written before holds from when the next was written', async () => {
    const { owner, clock } = await liveWorkspace({}, MONDAY)
    clock(MONDAY + 4 * HOUR)
    await owner.putStatus({ id: '1', status: 'away' })
    clock(MONDAY + HOUR)
    await owner.patchAgent({ id: '1', settings: { name: 'Ana' } })
    clock(MONDAY + 2 * HOUR)
    expect(await owner.getReport({ from: iso(MONDAY) })).toMatchObject({ people: [{ availableMinutes: 60 }] })
  })

  test.each([
    { request: { from: '2026-11-24T00:00:00Z' }, message: 'a report looks back, and "from" is not past' },
    { request: { from: '2026-11-23T10:00:00Z', to: '2026-11-23T10:00:00Z' }, message: '"to" is not after "from"' },
    { request: { from: '2025-01-01T00:00:00Z' }, message: '"to" is more than 366 days after "from"' },
  ])('$message', async ({ request, message }) => {
    const { owner } = await liveWorkspace({}, MONDAY)
    await expect(owner.getReport(request)).rejects.toMatchObject({ code: 'invalid-input', message })
  })

  test('a token without the scope "read" is refused', async () => {
    const { store } = await liveWorkspace({}, MONDAY)
    const service = createService({ store, now: () => MONDAY })
    const actor = { ...actorOf('1', '1', 'agent'), scopes: new Set(['status:self'] as const) }
    await expect(service.read('getReport', {}, actor)).rejects.toMatchObject({ code: 'not-allowed' })
  })
})
