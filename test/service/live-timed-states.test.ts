import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { documentOf, OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const iso = (ms: number) => new Date(ms).toISOString()

/** `away (dentist)`, as the agent, the list and the counts say it. */
async function statusOf(client: Client, id = '1'): Promise<string> {
  const { value } = await client.getAgent({ id })
  const { agents, available, away } = await client.listAgents({
    status: value.status === 'away' ? 'away' : 'available',
  })
  expect(agents.map((agent) => agent.id)).toContain(id)
  const total = (await client.listAgents({})).agents.length
  expect(available + away).toBe(total)
  return value.note === undefined ? `${value.status}` : `${value.status} (${value.note})`
}

async function modeOf(client: Client): Promise<string> {
  const { mode, source } = (await client.getStatus({})).widget
  return `${mode} (${source})`
}

describe('R15: timed statuses in one another', () => {
  test('a short one inside another gives it back, and nothing is written for it', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 5 * HOUR), note: 'dentist' })
    const { revision } = await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + 30 * MINUTE) })
    const seen = []
    for (const ms of [0, 30 * MINUTE - 1, 30 * MINUTE, 5 * HOUR - 1, 5 * HOUR]) {
      clock(OPEN + ms)
      seen.push(await statusOf(owner))
    }
    expect(seen).toEqual(['available', 'available', 'away (dentist)', 'away (dentist)', 'available'])
    expect((await owner.getStatus({})).revision).toBe(revision)
  })

  test('a note over a lasting note gives it back', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus({ id: '1', status: 'away', note: 'vacation' })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 45 * MINUTE), note: 'lunch' })
    expect(await statusOf(owner)).toBe('away (lunch)')
    clock(OPEN + 45 * MINUTE)
    expect(await statusOf(owner)).toBe('away (vacation)')
    clock(OPEN + 999 * HOUR)
    expect(await statusOf(owner)).toBe('away (vacation)')
  })

  test('three deep come back one by one, also after another agent has written in between', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    for (const [status, hours, note] of [
      ['away', 6, 'travel'],
      ['available', 4, 'train'],
      ['away', 2, 'call'],
    ] as const) {
      await owner.putStatus({ id: '1', status, until: iso(OPEN + hours * HOUR), note })
    }
    const seen = []
    for (const hour of [1, 2, 4, 6]) {
      clock(OPEN + hour * HOUR)
      await owner.putStatus({ id: '2', status: hour % 4 === 0 ? 'away' : 'available' })
      seen.push(await statusOf(owner))
    }
    expect(seen).toEqual(['away (call)', 'available (train)', 'away (travel)', 'available'])
  })

  test('a status without an end replaces all that it covers', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 5 * HOUR) })
    await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    await owner.putStatus({ id: '1', status: 'away' })
    clock(OPEN + 99 * HOUR)
    expect(await statusOf(owner)).toBe('away')
  })

  test('they survive a document that is put, and settings that are', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 5 * HOUR), note: 'dentist' })
    await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    const { afterwards } = (await owner.getAgent({ id: '1' })).value
    await owner.putWorkspace({ document: documentOf({ name: 'New', agents: people('1', '2') }) })
    await owner.patchAgent({ id: '1', settings: { name: 'Sam' } })
    expect((await owner.getAgent({ id: '1' })).value).toMatchObject({ name: 'Sam', afterwards })
    clock(OPEN + HOUR)
    expect(await statusOf(owner)).toBe('away (dentist)')
  })

  test('an auto-offline widget follows each of the ends, and foretells them', async () => {
    const { owner, clock } = await liveWorkspace({ widget: { mode: 'online', autoOffline: true } })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 2 * HOUR) })
    const { preview } = await owner.putStatus(
      { id: '1', status: 'available', until: iso(OPEN + HOUR) },
      { dryRun: true },
    )
    expect(preview!.map(({ from, to }) => [from, to].map(Date.parse))).toEqual([[OPEN, OPEN + HOUR]])
    await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    expect((await owner.getStatus({})).widget.nextChange?.mode).toBe('offline')
    clock(OPEN + HOUR)
    expect(await modeOf(owner)).toBe('offline (auto-offline)')
    clock(OPEN + 2 * HOUR)
    expect(await modeOf(owner)).toBe('online (manual)')
  })
})

describe('R8: overrides in one another', () => {
  test('a short one inside another gives it back, then the policy decides', async () => {
    const { owner, clock } = await liveWorkspace({ widget: { mode: 'offline' } })
    await owner.putWidget({ override: { mode: 'online', until: iso(OPEN + 90 * HOUR) } })
    await owner.putWidget({ override: { mode: 'offline', until: iso(OPEN + 2 * HOUR) } })
    const seen = []
    for (const hours of [1, 2, 89, 90]) {
      clock(OPEN + hours * HOUR)
      seen.push(await modeOf(owner))
    }
    expect(seen).toEqual(['offline (override)', 'online (override)', 'online (override)', 'offline (manual)'])
  })

  test.each([{ mode: 'automatic' }, { override: null }] as const)('%o ends them all', async (request) => {
    const { owner } = await liveWorkspace()
    await owner.putWidget({ override: { mode: 'online', until: iso(OPEN + 9 * HOUR) } })
    await owner.putWidget({ override: { mode: 'offline', until: iso(OPEN + 2 * HOUR) } })
    await owner.putWidget(request)
    expect((await owner.getWidget({})).value.override).toBeUndefined()
  })
})

describe('reverting across an end', () => {
  const lunch = { id: '1', status: 'away', until: iso(OPEN + HOUR), note: 'lunch' } as const

  test('a status that has ended is undone without a trace: nothing would differ', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    const { revision } = await owner.putStatus(lunch)
    clock(OPEN + 2 * HOUR)
    expect(await owner.revert({ number: revision })).toMatchObject({ changed: false, changes: [] })
    expect(await statusOf(owner)).toBe('available')
  })

  test('a change of settings after the end is undone alone, and does not bring the status back', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus(lunch)
    clock(OPEN + 2 * HOUR)
    const { revision, changes } = await owner.patchAgent({ id: '1', settings: { name: 'Sam' } })
    expect(changes).toEqual([{ path: 'agents[1].name', after: 'Sam' }])
    expect(await owner.revert({ number: revision })).toMatchObject({
      changes: [{ path: 'agents[1].name', before: 'Sam' }],
    })
    expect(await statusOf(owner)).toBe('available')
    expect(await owner.revert({ number: 2 })).toMatchObject({ changed: false })
  })

  test('an override that has ended is not part of a later change, and its revision can be undone', async () => {
    const { owner, clock } = await liveWorkspace()
    const { revision } = await owner.putWidget({ override: { mode: 'offline', until: iso(OPEN + HOUR) } })
    clock(OPEN + 2 * HOUR)
    const { changes } = await owner.putAutoOffline({ enabled: true })
    expect(changes.map(({ path }) => path)).toEqual(['widget.autoOffline'])
    expect(await owner.revert({ number: revision })).toMatchObject({ changed: false })
  })

  test('a status set after the end says what held since, and is given back to that', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus(lunch)
    clock(OPEN + 2 * HOUR)
    const { revision, changes } = await owner.putStatus({ id: '1', status: 'away', note: 'ill' })
    expect(changes).toEqual([
      { path: 'agents[1].status', before: 'available', after: 'away' },
      { path: 'agents[1].note', after: 'ill' },
    ])
    await expect(owner.revert({ number: 2 })).rejects.toMatchObject({
      code: 'conflict',
      message: `revision 2 wrote agents[1].note, and revision ${revision} changed it since`,
    })
    await owner.revert({ number: revision })
    expect(await statusOf(owner)).toBe('available')
  })

  test('what an inner status covers is undone once that has ended, and not before', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    const outer = await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 5 * HOUR), note: 'dentist' })
    await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    await expect(owner.revert({ number: outer.revision })).rejects.toMatchObject({ code: 'conflict' })
    clock(OPEN + HOUR)
    expect(await statusOf(owner)).toBe('away (dentist)')
    await owner.revert({ number: outer.revision })
    expect(await statusOf(owner)).toBe('available')
    clock(OPEN + 2 * HOUR)
    expect(await statusOf(owner)).toBe('available')
  })

  test('an inner status is undone while it holds, and again by undoing that', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 5 * HOUR), note: 'dentist' })
    const { revision } = await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    const undone = await owner.revert({ number: revision })
    expect(await statusOf(owner)).toBe('away (dentist)')
    await owner.revert({ number: undone.revision })
    expect(await statusOf(owner)).toBe('available')
    clock(OPEN + HOUR)
    expect(await statusOf(owner)).toBe('away (dentist)')
  })

  test('forced, it gives back what was before, whatever has been set in it since', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    const outer = await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 5 * HOUR), note: 'dentist' })
    await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    await owner.revert({ number: outer.revision, force: true })
    for (const hours of [0, 1, 6]) {
      clock(OPEN + hours * HOUR)
      expect(await statusOf(owner)).toBe('available')
    }
  })
})

/** Where the clock changes: a wall-clock time before it, how long a status is set for, and the wall-clock time at its end. */
const CLOCK_CHANGES: readonly { title: string; zone: string; start: string; hours: number; end: string }[] = [
  {
    title: 'spring, New York',
    zone: 'America/New_York',
    start: '2026-03-08T01:30:00-05:00',
    hours: 1,
    end: '2026-03-08T03:30:00.000-04:00',
  },
  {
    title: 'autumn, New York',
    zone: 'America/New_York',
    start: '2026-11-01T01:30:00-04:00',
    hours: 1,
    end: '2026-11-01T01:30:00.000-05:00',
  },
  {
    title: 'spring, Berlin',
    zone: 'Europe/Berlin',
    start: '2026-03-29T01:59:00+01:00',
    hours: 2,
    end: '2026-03-29T04:59:00.000+02:00',
  },
  {
    title: 'autumn, Berlin',
    zone: 'Europe/Berlin',
    start: '2026-10-25T02:59:00+02:00',
    hours: 1,
    end: '2026-10-25T02:59:00.000+01:00',
  },
  {
    title: 'half an hour, Lord Howe',
    zone: 'Australia/Lord_Howe',
    start: '2026-04-05T01:45:00+11:00',
    hours: 1,
    end: '2026-04-05T02:15:00.000+10:30',
  },
  {
    title: 'autumn on the southern side, Santiago',
    zone: 'America/Santiago',
    start: '2026-04-04T23:30:00-03:00',
    hours: 1,
    end: '2026-04-04T23:30:00.000-04:00',
  },
]

describe.each(CLOCK_CHANGES)('across a clock change: $title', ({ zone, start, hours, end }) => {
  const [from, to] = [Date.parse(start), Date.parse(start) + hours * HOUR]
  /** Every quarter of an hour around the change, the two edges included. */
  const moments = Array.from({ length: 4 * (hours + 2) }, (_, index) => from + index * 15 * MINUTE)
  const around = [...moments, to - 1, to].sort((a, b) => a - b)

  test('R15: a status lasts as long as was said, each way through the hours, and its end reads as the wall clock', async () => {
    const { owner, clock } = await liveWorkspace({ timeZone: zone, widget: { mode: 'online', autoOffline: true } })
    clock(from)
    await owner.putStatus({ id: '1', status: 'away', until: iso(to) })
    expect((await owner.getStatus({})).widget.nextChange).toEqual({ at: end, mode: 'online' })
    // The second way through, the clock runs backwards.
    for (const ms of [...around, ...around.toReversed()]) {
      clock(ms)
      expect([iso(ms), await statusOf(owner)]).toEqual([iso(ms), ms < to ? 'away' : 'available'])
    }
  })

  test('R8: an override lasts as long as was said, each way through the hours, with another inside it', async () => {
    const { owner, clock } = await liveWorkspace({ timeZone: zone, widget: { mode: 'offline' } })
    clock(from)
    await owner.putWidget({ override: { mode: 'online', until: iso(to) } })
    await owner.putWidget({ override: { mode: 'offline', until: iso(from + 15 * MINUTE) } })
    expect((await owner.getStatus({})).widget.nextChange?.mode).toBe('online')
    clock(from + 15 * MINUTE)
    expect((await owner.getStatus({})).widget.nextChange).toEqual({ at: end, mode: 'offline' })
    for (const ms of [...around, ...around.toReversed()]) {
      clock(ms)
      const expected = ms < to ? `${ms < from + 15 * MINUTE ? 'offline' : 'online'} (override)` : 'offline (manual)'
      expect([iso(ms), await modeOf(owner)]).toEqual([iso(ms), expected])
    }
  })
})

describe('under a clock that jumps backwards', () => {
  test('an end that passed is ahead again, also after others have written, and the log stays in order', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2'), widget: { autoOffline: true } })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + HOUR), note: 'lunch' })
    clock(OPEN + 2 * HOUR)
    await owner.putStatus({ id: '2', status: 'away' })
    expect([await statusOf(owner), await modeOf(owner)]).toEqual(['available', 'online (hours)'])
    clock(OPEN + HOUR / 2)
    expect([await statusOf(owner), await modeOf(owner)]).toEqual(['away (lunch)', 'offline (auto-offline)'])
    await owner.putStatus({ id: '2', status: 'available' })
    const { revisions } = await owner.listRevisions({})
    expect(revisions.map(({ number }) => number)).toEqual([4, 3, 2, 1])
  })

  test('the time before it is counted on: a status set then starts then', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2') })
    clock(OPEN + 2 * HOUR)
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + 3 * HOUR) })
    clock(OPEN)
    expect(await statusOf(owner)).toBe('away')
    await owner.putStatus({ id: '1', status: 'available', until: iso(OPEN + HOUR) })
    const seen = []
    for (const hours of [0, 1, 2, 3]) {
      clock(OPEN + hours * HOUR)
      seen.push(await statusOf(owner))
    }
    expect(seen).toEqual(['available', 'away', 'away', 'available'])
  })
})
