import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { questionsOf } from '../../src/api/workspace-questions.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const iso = (ms: number) => new Date(ms).toISOString()
/** OPEN is a Monday, 12:00 in New York. */
const FRONT = { id: 'front', name: 'Front desk', days: 'mon-fri', hours: ['09:00-13:00'], agents: ['1', '2'] }
const LATE = {
  id: 'late',
  days: 'mon-fri',
  hours: ['13:00-22:00'],
  rotate: { agents: ['1', '2', '3'], every: 'week' as const, from: '2026-11-23' },
}
const DUTY = { shifts: [FRONT, LATE], covers: [] }
const COVER = { shift: 'front', from: '2026-11-24 09:00', to: '2026-11-24 13:00', agent: '3', instead: '1' }

function withDuty(parts: object = {}) {
  return liveWorkspace({
    agents: [{ id: '1', role: 'admin' }, { id: '2' }, { id: '3' }],
    duty: DUTY,
    ...parts,
  })
}

describe('R32: statuses follow the duty without a write', () => {
  test('those whom a shift names follow it in a new workspace, and resolve as time goes on', async () => {
    const { owner, clock } = await withDuty()
    const { revision } = await owner.getStatus({})
    const seen = []
    for (const hours of [0, 1, 10, 21]) {
      clock(OPEN + hours * HOUR)
      const { agents, available, away } = await owner.listAgents({})
      const listed = (await owner.listAgents({ status: 'available' })).agents.map(({ id }) => id)
      seen.push([agents.map(({ status, resolved }) => `${status} ${resolved}`), listed, available, away])
    }
    expect(seen).toEqual([
      [['automatic available', 'automatic available', 'automatic away'], ['1', '2'], 2, 1],
      [['automatic available', 'automatic away', 'automatic away'], ['1'], 1, 2],
      [['automatic away', 'automatic away', 'automatic away'], [], 0, 3],
      [['automatic available', 'automatic available', 'automatic away'], ['1', '2'], 2, 1],
    ])
    expect((await owner.getStatus({})).revision).toBe(revision)
  })

  test('a status by hand goes before the duty; with an end it only covers it; auto follows it again', async () => {
    const { owner, as, clock } = await withDuty()
    const ana = await as('1')
    const { agent } = await ana.putStatus({ id: 'me', status: 'away', until: iso(OPEN + 30 * 60_000) })
    expect(agent).toMatchObject({ status: 'away' })
    clock(OPEN + 30 * 60_000)
    expect((await owner.getAgent({ id: '1' })).value).toMatchObject({ status: 'automatic', resolved: 'available' })
    await ana.putStatus({ id: 'me', status: 'away' })
    clock(OPEN + 7 * DAY)
    expect((await owner.getAgent({ id: '1' })).value.status).toBe('away')
    await ana.putStatus({ id: 'me', status: 'automatic' })
    expect((await owner.getAgent({ id: '1' })).value).toMatchObject({ status: 'automatic', resolved: 'available' })
    await expect(ana.putStatus({ id: 'me', status: 'automatic', until: iso(OPEN + 8 * DAY) })).rejects.toThrow(
      'following the duty has no end',
    )
  })

  test('a new shift changes nobody: whoever was available by hand stays so, also after a timed status', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1 admin', '2', '3') })
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + HOUR) })
    await owner.putDuty({ duty: DUTY })
    clock(OPEN + 12 * HOUR)
    const { value } = await owner.getAgent({ id: '1' })
    expect(value.status).toBe('available')
    const exported = await owner.getWorkspace({})
    expect(exported.agents[0]).toMatchObject({ afterwards: [{ status: 'available' }] })
    expect(questionsOf(exported).simulate({ at: OPEN + 12 * HOUR }).agents[0]).toMatchObject({ status: 'available' })
  })

  test('an exported document put back changes nothing', async () => {
    const { owner } = await withDuty()
    await owner.putStatus({ id: '1', status: 'away', until: iso(OPEN + HOUR) })
    await owner.putStatus({ id: '2', status: 'away', from: iso(OPEN + HOUR), until: iso(OPEN + 2 * HOUR) })
    const { changes } = await owner.putWorkspace({ document: (await owner.getWorkspace({})) as never })
    expect(changes).toEqual([])
  })

  test('one added by a document follows the duty that names them; one who was there keeps the status', async () => {
    const { owner } = await liveWorkspace({ agents: people('1 admin', '2 away') })
    const document = await owner.getWorkspace({})
    await owner.putWorkspace({
      document: { ...document, duty: DUTY, agents: [...document.agents, { id: '3' }] } as never,
    })
    const { agents } = await owner.listAgents({})
    expect(agents.map(({ status }) => status)).toEqual(['available', 'away', 'automatic'])
  })
})

describe('R34: what begins later', () => {
  test('a planned absence begins and ends by itself, nests, and what holds comes back', async () => {
    const { owner, clock } = await withDuty()
    await owner.putStatus({ id: '1', status: 'away', from: iso(OPEN + DAY), until: iso(OPEN + 3 * DAY), note: 'leave' })
    await owner.putStatus({ id: '1', status: 'available', from: iso(OPEN + 2 * DAY), until: iso(OPEN + 2.5 * DAY) })
    const seen = []
    for (const days of [0, 1, 2, 2.5, 3]) {
      clock(OPEN + days * DAY)
      const { value } = await owner.getAgent({ id: '1' })
      seen.push(`${value.status} ${value.note ?? '-'} ${value.planned?.length ?? 0}`)
      const { agents } = await owner.listAgents({ status: 'away' })
      expect(agents.some(({ id }) => id === '1')).toBe(value.status === 'away')
    }
    expect(seen).toEqual(['automatic - 2', 'away leave 1', 'available - 0', 'away leave 0', 'automatic - 0'])
  })

  test('it is taken back by when it begins, or by undoing what planned it', async () => {
    const { owner } = await withDuty()
    const planned = { id: '1', status: 'away', from: iso(OPEN + DAY), until: iso(OPEN + 2 * DAY) } as const
    const { revision } = await owner.putStatus(planned)
    await owner.revert({ number: revision })
    expect((await owner.getAgent({ id: '1' })).value.planned).toBeUndefined()
    await owner.putStatus(planned)
    await expect(owner.deletePlanned({ id: '1', from: iso(OPEN + HOUR) })).rejects.toThrow('nothing planned begins at')
    const { agent } = await owner.deletePlanned({ id: '1', from: planned.from })
    expect(agent.planned).toBeUndefined()
  })

  test.each([
    { title: 'without an end', times: { from: iso(OPEN + DAY) }, error: 'needs an end' },
    { title: 'that is past', times: { from: iso(OPEN - 1), until: iso(OPEN + DAY) }, error: 'begin before now' },
    {
      title: 'that ends first',
      times: { from: iso(OPEN + DAY), until: iso(OPEN + DAY) },
      error: 'would end before it starts',
    },
  ])('a beginning $title is refused', async ({ times, error }) => {
    const { owner } = await withDuty()
    await expect(owner.putStatus({ id: '1', status: 'away', ...times })).rejects.toThrow(error)
    if (!('until' in times)) return
    const override = { mode: 'offline', ...(times as { from: string; until: string }) } as const
    await expect(owner.putWidget({ override })).rejects.toThrow(error)
  })

  test('a mode that begins later goes with a display that is set at once', async () => {
    const { owner } = await liveWorkspace()
    const override = { mode: 'offline', from: iso(OPEN + HOUR), until: iso(OPEN + 2 * HOUR) } as const
    await owner.putWidget({ override, display: 'hidden' })
    expect((await owner.getWidget({})).value).toMatchObject({ display: 'hidden', planned: [{ mode: 'offline' }] })
  })

  test('a mode that begins later does, and can be taken back', async () => {
    const { owner, clock } = await liveWorkspace()
    const override = { mode: 'offline', from: iso(OPEN + HOUR), until: iso(OPEN + 2 * HOUR) } as const
    await owner.putWidget({ override })
    expect((await owner.getStatus({})).widget).toMatchObject({ mode: 'online', nextChange: { mode: 'offline' } })
    clock(OPEN + HOUR)
    expect((await owner.getStatus({})).widget).toMatchObject({ mode: 'offline', source: 'override' })
    clock(OPEN)
    await owner.deletePlannedMode({ from: override.from })
    expect((await owner.getStatus({})).widget.nextChange).not.toMatchObject({ at: '2026-11-23T13:00:00.000-05:00' })
  })
})

describe('R33: covers', () => {
  test('a cover moves who is available, and is undone alone after another was added', async () => {
    const { owner, clock } = await withDuty()
    const { revision } = await owner.addCovers({ covers: [COVER] })
    await owner.addCovers({
      covers: [{ ...COVER, agent: '3', instead: '2', from: '2026-11-25 09:00', to: '2026-11-25 13:00' }],
    })
    clock(OPEN + 22 * HOUR)
    expect((await owner.listAgents({ status: 'available' })).agents.map(({ id }) => id)).toEqual(['2', '3'])
    await owner.revert({ number: revision })
    expect((await owner.listAgents({ status: 'available' })).agents.map(({ id }) => id)).toEqual(['1', '2'])
    expect((await owner.getDuty({})).value.covers).toHaveLength(1)
  })

  test.each([
    { title: 'a place of their own that comes', who: '1', cover: COVER, isAllowed: true },
    { title: 'a place of another that comes', who: '3', cover: COVER, isAllowed: false },
    {
      title: 'a running place, themselves',
      who: '3',
      cover: { ...COVER, from: '2026-11-23 12:00', to: '2026-11-23 13:00' },
      isAllowed: true,
    },
    {
      title: 'a running place, themselves, and more days',
      who: '3',
      cover: { ...COVER, from: '2026-11-23 12:00', to: '2026-11-24 13:00' },
      isAllowed: false,
    },
    {
      title: 'a running place, for another',
      who: '2',
      cover: { ...COVER, from: '2026-11-23 12:00', to: '2026-11-23 13:00' },
      isAllowed: false,
    },
  ])('who is no admin gives or takes $title: $isAllowed', async ({ who, cover, isAllowed }) => {
    const { as, owner } = await withDuty({
      agents: [{ id: '1' }, { id: '2' }, { id: '3' }, { id: '9', role: 'admin' }],
    })
    const adding = (await as(who)).addCovers({ covers: [cover] })
    if (isAllowed) await expect(adding).resolves.toMatchObject({ changed: true })
    else await expect(adding).rejects.toThrow('may not change who is on duty')
    expect((await owner.getDuty({})).value.covers).toHaveLength(isAllowed ? 1 : 0)
  })

  test('one takes back the place that another took over', async () => {
    const { as, owner } = await withDuty({
      agents: [{ id: '1' }, { id: '2' }, { id: '3' }, { id: '9', role: 'admin' }],
    })
    await owner.addCovers({ covers: [COVER] })
    await (await as('1')).addCovers({ covers: [{ ...COVER, agent: 'me', instead: '3' }] })
    const { turns } = await owner.listTurns({ agent: '3' })
    expect(turns[0]).toMatchObject({ shift: 'late' })
  })

  test.each([
    {
      title: 'a time in which the shift does not run',
      cover: { ...COVER, from: '2026-11-28 09:00', to: '2026-11-28 13:00' },
    },
    { title: 'one who has no part in it', cover: { ...COVER, instead: '3', agent: '1' } },
    { title: 'an unknown shift', cover: { ...COVER, shift: 'night' } },
    { title: 'an end before the beginning', cover: { ...COVER, to: '2026-11-24 09:00' } },
  ])('a cover of $title is refused', async ({ cover }) => {
    const { owner } = await withDuty()
    await expect(owner.addCovers({ covers: [cover] })).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test('a cover goes with the turn that it covered, and the changes say so', async () => {
    const { owner } = await withDuty()
    await owner.addCovers({ covers: [COVER] })
    const { changes } = await owner.putDuty({
      duty: { shifts: [{ ...FRONT, days: 'wed' }, LATE], covers: (await owner.getDuty({})).value.covers } as never,
    })
    expect(changes.map(({ path }) => path)).toEqual([
      'duty.shifts[front].days',
      'duty.covers[front 1 2026-11-24 09:00..2026-11-24 13:00]',
    ])
  })

  test('parallel writers of one duty: the second is told of the first', async () => {
    const { owner } = await withDuty()
    const { revision } = await owner.getDuty({})
    await owner.putDuty({ duty: { shifts: [FRONT], covers: [] } }, { ifMatch: revision })
    await expect(owner.putDuty({ duty: DUTY }, { ifMatch: revision })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('R31: agents of a shift', () => {
  test('one with coming shifts is not removed: the error lists them', async () => {
    const { owner } = await withDuty()
    await expect(owner.deleteAgent({ id: '2' })).rejects.toThrow(
      /the agent is still named by duty.shifts\[0\].agents\[1\], duty.shifts\[1\].rotate.agents\[1\]; on duty next: .*Front desk/,
    )
  })

  test('past covers go with the agent', async () => {
    const { owner, clock } = await withDuty({
      agents: [{ id: '1', role: 'admin' }, { id: '2' }, { id: '3' }, { id: '4' }],
    })
    await owner.addCovers({ covers: [{ ...COVER, agent: '4' }] })
    await expect(owner.deleteAgent({ id: '4' })).rejects.toThrow('duty.covers[0].agent')
    clock(OPEN + 2 * DAY)
    const { changes } = await owner.deleteAgent({ id: '4' })
    expect(changes.map(({ path }) => path)).toContain('duty.covers[front 1 2026-11-24 09:00..2026-11-24 13:00]')
  })

  test('an unknown agent, shift or day is refused', async () => {
    const { owner } = await withDuty()
    const put = (shift: object) => owner.putDuty({ duty: { shifts: [{ ...FRONT, ...shift }], covers: [] } })
    await expect(put({ agents: ['8'] })).rejects.toThrow('"8" is not an agent of this workspace')
    await expect(put({ agents: ['1', '1'] })).rejects.toThrow('"1" is in this list already')
    await expect(put({ days: 'someday' })).rejects.toThrow('duty')
  })
})

const hourOf = fc.integer({ min: 0, max: 23 })
const shift = fc.record({
  days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 1 }),
  start: hourOf,
  length: fc.integer({ min: 1, max: 12 }),
  isRotating: fc.boolean(),
  members: fc.subarray(['1', '2', '3', '4', '5'], { minLength: 1 }),
})

test('R32: live counts, lists and decisions equal those of the exported document, at any time', async () => {
  const two = (hour: number) => String(hour % 24).padStart(2, '0')
  await fc.assert(
    fc.asyncProperty(
      fc.array(shift, { minLength: 1, maxLength: 3 }),
      fc.array(fc.constantFrom('automatic', 'available', 'away', 'until', 'planned'), { minLength: 6, maxLength: 6 }),
      fc.array(fc.integer({ min: 0, max: 21 * 24 }), { minLength: 1, maxLength: 4 }),
      async (shifts, states, hours) => {
        const duty = {
          shifts: shifts.map(({ days, start, length, isRotating, members }, index) => ({
            id: `s${index}`,
            days,
            hours: [`${two(start)}:00-${two(start + length)}:00`],
            ...(isRotating ? { rotate: { agents: members, every: 'day', from: '2026-11-20' } } : { agents: members }),
          })),
          covers: [],
        }
        const agents = states.map((state, index) => ({
          id: `${index + 1}`,
          role: index === 0 ? 'admin' : 'agent',
          ...(state === 'until' && { status: 'away', until: iso(OPEN + 30 * HOUR) }),
          ...(state === 'planned' && {
            planned: [{ status: 'available', from: iso(OPEN + 20 * HOUR), until: iso(OPEN + 50 * HOUR) }],
          }),
          ...(!['until', 'planned'].includes(state) && { status: state }),
        }))
        const { owner, clock } = await liveWorkspace({ agents, duty, widget: { autoOffline: true } })
        const document = parseWorkspace(JSON.stringify(await owner.getWorkspace({})), 'exported.json')
        for (const hour of hours) {
          const at = OPEN + hour * HOUR
          clock(at)
          const expected = questionsOf(document).simulate({ at })
          const { agents: listed, available } = await owner.listAgents({})
          const now = listed.map(({ id, status, resolved }) => ({ id, status: resolved ?? status }))
          expect(now).toEqual(expected.agents.map(({ id, status }) => ({ id, status })))
          expect(available).toBe(expected.agents.filter(({ status }) => status === 'available').length)
          const away = (await owner.listAgents({ status: 'away' })).agents.map(({ id }) => id)
          expect(away).toEqual(expected.agents.flatMap(({ id, status }) => (status === 'away' ? [id] : [])))
          const { widget } = await owner.getStatus({})
          expect([widget.mode, widget.source]).toEqual([expected.widget.mode, expected.widget.source])
        }
      },
    ),
    { numRuns: 25 },
  )
})
