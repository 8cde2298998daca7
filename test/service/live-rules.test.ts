import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const HOUR = 3_600_000
const at = (ms: number) => new Date(ms).toISOString()

/** What a visitor meets now, and why. */
async function modeOf({ getStatus }: Client): Promise<string> {
  const { mode, source } = (await getStatus({})).widget
  return `${mode} (${source})`
}

async function statusOf({ getAgent }: Client, id: string): Promise<string | undefined> {
  return (await getAgent({ id })).value.status
}

describe('R8: the mode', () => {
  test('an override holds until its end, and then the policy decides again with nothing written', async () => {
    const { owner, clock } = await liveWorkspace()
    const { revision } = await owner.putWidget({ override: { mode: 'offline', until: at(OPEN + HOUR) } })
    for (const [ms, mode] of [
      [OPEN, 'offline (override)'],
      [OPEN + HOUR - 1, 'offline (override)'],
      [OPEN + HOUR, 'online (hours)'],
    ] as const) {
      clock(ms)
      expect(await modeOf(owner)).toBe(mode)
    }
    expect((await owner.getStatus({})).revision).toBe(revision)
  })

  test('a clock that jumps back finds the override again: its end is an instant, not a timer', async () => {
    const { owner, clock } = await liveWorkspace()
    await owner.putWidget({ override: { mode: 'offline', until: at(OPEN + HOUR) } })
    clock(OPEN + 2 * HOUR)
    expect(await modeOf(owner)).toBe('online (hours)')
    clock(OPEN + HOUR / 2)
    expect(await modeOf(owner)).toBe('offline (override)')
  })

  test('a mode set for good ends the override that would hide it', async () => {
    const { owner } = await liveWorkspace()
    await owner.putWidget({ override: { mode: 'offline', until: at(OPEN + HOUR) } })
    await owner.putWidget({ mode: 'automatic' })
    expect(await modeOf(owner)).toBe('online (hours)')
    expect((await owner.getWidget({})).value.override).toBeUndefined()
  })

  test('an override keeps the policy beneath it', async () => {
    const { owner, clock } = await liveWorkspace()
    await owner.putWidget({ mode: 'offline' })
    await owner.putWidget({ override: { mode: 'online', until: at(OPEN + HOUR) } })
    expect(await modeOf(owner)).toBe('online (override)')
    clock(OPEN + HOUR)
    expect(await modeOf(owner)).toBe('offline (manual)')
  })

  test('an override that would end before it starts is refused', async () => {
    const { owner } = await liveWorkspace()
    const write = owner.putWidget({ override: { mode: 'online', until: at(OPEN) } })
    await expect(write).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('a glance names today and tomorrow also around a clock change', async () => {
    const { owner, clock } = await liveWorkspace()
    for (const [now, today, tomorrow] of [
      ['2026-11-01T00:30:00-04:00', '2026-11-01', '2026-11-02'],
      ['2026-03-07T23:30:00-05:00', '2026-03-07', '2026-03-08'],
    ] as const) {
      clock(now)
      const status = await owner.getStatus({})
      expect([status.today.date, status.tomorrow.date]).toEqual([today, tomorrow])
    }
  })
})

describe('R9 and R10: auto-offline is computed, never stored', () => {
  test('everyone away turns the widget offline and the first back turns it online, and no status writes the mode', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2'), widget: { autoOffline: true } })
    const before = await owner.getWidget({})
    await owner.putStatus({ id: '1', status: 'away' })
    expect(await modeOf(owner)).toBe('online (hours)')
    const last = await owner.putStatus({ id: '2', status: 'away' })
    expect(last.effect).toMatchObject({ after: { mode: 'offline', source: 'auto-offline' }, available: 0 })
    expect(last.changes.map(({ path }) => path)).toEqual(['agents[2].status'])
    expect(await modeOf(owner)).toBe('offline (auto-offline)')
    await owner.putStatus({ id: '1', status: 'available' })
    expect(await modeOf(owner)).toBe('online (hours)')
    expect(await owner.getWidget({})).toEqual(before)
  })

  test('a mode never writes a status', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2 away') })
    const before = await owner.listAgents({})
    for (const mode of ['offline', 'online', 'automatic'] as const) await owner.putWidget({ mode })
    await owner.putAutoOffline({ enabled: true })
    expect(await owner.listAgents({})).toEqual(before)
  })

  test.each([
    { title: 'a manual mode', request: { mode: 'online' } as const },
    { title: 'an override', request: { override: { mode: 'online', until: at(OPEN + HOUR) } } as const },
  ])('it acts under $title as well', async ({ request }) => {
    const { owner } = await liveWorkspace({ agents: people('1 away'), widget: { autoOffline: true } })
    await owner.putWidget(request)
    expect(await modeOf(owner)).toBe('offline (auto-offline)')
  })

  test.each([
    { agents: [], mode: 'offline (auto-offline)' },
    { agents: people('1 bot', '2 disabled'), mode: 'offline (auto-offline)' },
    { agents: people('1 away', '2'), mode: 'online (hours)' },
  ])('with agents $agents it is $mode', async ({ agents, mode }) => {
    const { owner } = await liveWorkspace({ agents, widget: { autoOffline: true } })
    expect(await modeOf(owner)).toBe(mode)
  })

  test('it never opens a closed widget', async () => {
    const { owner } = await liveWorkspace({ widget: { mode: 'offline', autoOffline: true } })
    expect(await modeOf(owner)).toBe('offline (manual)')
  })

  test('R12: setting the mode online with nobody available succeeds, and the answer says that nobody is', async () => {
    const { owner } = await liveWorkspace({ agents: people('1 away'), widget: { mode: 'offline' } })
    const answer = await owner.putWidget({ mode: 'online' })
    expect(answer.effect).toEqual({
      before: { mode: 'offline', source: 'manual' },
      after: { mode: 'online', source: 'manual' },
      available: 0,
    })
    expect((await owner.getStatus({})).findings.map(({ code }) => code)).toContain('online-unstaffed')
  })
})

describe('R15: a timed status', () => {
  test('ends by itself: nothing is written, and every answer tells what holds', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1', '2 away') })
    const { revision } = await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + HOUR), note: 'lunch' })
    clock(OPEN + HOUR - 1)
    expect((await owner.getAgent({ id: '1' })).value).toMatchObject({ status: 'away', note: 'lunch' })
    clock(OPEN + HOUR)
    const { value } = await owner.getAgent({ id: '1' })
    expect(value.status).toBe('available')
    expect([value.until, value.note]).toEqual([undefined, undefined])
    const { agents, available } = await owner.listAgents({ status: 'available' })
    expect(agents.map(({ id, status }) => [id, status])).toEqual([['1', 'available']])
    expect(available).toBe(1)
    expect((await owner.getStatus({})).revision).toBe(revision)
  })

  test('opens and closes an auto-offline widget at its end, and is foretold', async () => {
    const { owner, clock } = await liveWorkspace({ widget: { autoOffline: true } })
    await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + HOUR) })
    const { widget } = await owner.getStatus({})
    expect(widget).toMatchObject({ mode: 'offline', source: 'auto-offline', nextChange: { mode: 'online' } })
    expect(Date.parse(widget.nextChange!.at)).toBe(OPEN + HOUR)
    clock(OPEN + HOUR)
    expect(await modeOf(owner)).toBe('online (hours)')
  })

  test.each([
    { title: 'longer', first: 1, second: 2 },
    { title: 'shorter', first: 2, second: 1 },
  ])('set again with a $title end, the new end counts and the lasting status is kept', async ({ first, second }) => {
    const { owner, clock } = await liveWorkspace()
    await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + first * HOUR) })
    await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + second * HOUR) })
    clock(OPEN + second * HOUR - 1)
    expect(await statusOf(owner, '1')).toBe('away')
    clock(OPEN + second * HOUR)
    expect(await statusOf(owner, '1')).toBe('available')
  })

  test('set again after its end starts from the status that held since', async () => {
    const { owner, clock } = await liveWorkspace()
    await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + HOUR) })
    clock(OPEN + 2 * HOUR)
    await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + 3 * HOUR) })
    clock(OPEN + 3 * HOUR)
    expect(await statusOf(owner, '1')).toBe('available')
  })

  test('a status without an end ends a timed one', async () => {
    const { owner, clock } = await liveWorkspace()
    await owner.putStatus({ id: '1', status: 'away', until: at(OPEN + HOUR) })
    await owner.putStatus({ id: '1', status: 'away' })
    clock(OPEN + 24 * HOUR)
    expect(await statusOf(owner, '1')).toBe('away')
  })

  test('lasts as long as was said across a clock change, and a clock that jumps back finds it again', async () => {
    const { owner, clock } = await liveWorkspace()
    const [start, end] = ['2026-10-31T23:00:00-04:00', '2026-11-01T02:00:00-05:00']
    clock(start)
    await owner.putStatus({ id: '1', status: 'away', until: end })
    expect(Date.parse(end) - Date.parse(start)).toBe(4 * HOUR)
    for (const [now, status] of [
      ['2026-11-01T01:59:59-04:00', 'away'],
      ['2026-11-01T01:59:59-05:00', 'away'],
      [end, 'available'],
      ['2026-11-01T01:30:00-05:00', 'away'],
    ] as const) {
      clock(now)
      expect(await statusOf(owner, '1')).toBe(status)
    }
  })

  test.each([at(OPEN), at(OPEN - HOUR)])('that would end before it starts is refused: %s', async (until) => {
    const { owner } = await liveWorkspace()
    await expect(owner.putStatus({ id: '1', status: 'away', until })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('R16: who may do what', () => {
  const AGENTS = [
    { id: '1', name: 'Sam', role: 'admin' },
    { id: '2', name: 'Ana' },
    { id: '3', name: 'Bo' },
  ]

  test.each(['me', '2', 'Ana'])('an agent sets the own status, as "%s"', async (id) => {
    const { as } = await liveWorkspace({ agents: AGENTS })
    const ana = await as('2')
    expect((await ana.putStatus({ id, status: 'away' })).changed).toBe(true)
    expect(await statusOf(ana, 'me')).toBe('away')
    expect((await ana.listRevisions({})).revisions[0]).toMatchObject({ actor: '2' })
  })

  test('an admin sets the status of another', async () => {
    const { as } = await liveWorkspace({ agents: AGENTS })
    const sam = await as('1')
    expect((await sam.putStatus({ id: 'Bo', status: 'away' })).changed).toBe(true)
  })

  test.each<{ title: string; call: (client: Client) => Promise<unknown> }>([
    { title: 'the status of another', call: (client) => client.putStatus({ id: '3', status: 'away' }) },
    { title: 'the widget', call: (client) => client.putWidget({ mode: 'offline' }) },
    { title: 'auto-offline', call: (client) => client.putAutoOffline({ enabled: true }) },
    { title: 'the hours', call: (client) => client.putHours({ hours: { weekly: {}, exceptions: [] } }) },
    { title: 'an exception', call: (client) => client.putException({ date: '2026-12-24', hours: 'closed' }) },
    { title: 'the routing', call: (client) => client.putRouting({ routing: { rules: [] } }) },
    { title: 'a team', call: (client) => client.putTeams({ teams: [{ id: 't', members: ['2'] }] }) },
    { title: 'a playbook', call: (client) => client.putPlaybooks({ playbooks: [] }) },
    { title: 'an agent', call: (client) => client.patchAgent({ id: '2', settings: { role: 'admin' } }) },
    { title: 'the whole workspace', call: (client) => client.putWorkspace({ document: {} }) },
    { title: 'what was', call: (client) => client.revert({ number: 1 }) },
    { title: 'a cursor', call: (client) => client.putCursor({ group: 'default', agent: '2' }) },
  ])('an agent may not change $title, and nothing is changed', async ({ call }) => {
    const { as, owner } = await liveWorkspace({ agents: AGENTS })
    const before = await owner.getWorkspace({})
    await expect(call(await as('2'))).rejects.toMatchObject({ code: 'not-allowed' })
    expect(await owner.getWorkspace({})).toEqual(before)
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test('who is no agent has no own status', async () => {
    const { owner } = await liveWorkspace({ agents: AGENTS })
    await expect(owner.putStatus({ id: 'me', status: 'away' })).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
