import { describe, expect, test } from 'vitest'
import { createClient } from '../../src/api/client.js'
import type { Scope } from '../../src/api/contract/operation.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createService } from '../../src/service/service.js'
import { OPEN } from '../domain/workspace-builder.js'
import { type LiveWorkspace, liveWorkspace } from './live-workspace.js'

/** OPEN is Monday 23 November 2026, 12:00 in New York: the first range of the front desk runs. */
const FRONT = { id: 'front', days: 'mon-fri', hours: ['09:00-13:00', '14:00-18:00'], agents: ['1', '2'] }
const NIGHT = {
  id: 'night',
  days: 'all',
  hours: '24h',
  rotate: { agents: ['1', '2'], every: 'week', from: '2026-11-23' },
}
const EARLY = { id: 'early', days: 'mon-fri', hours: ['06:00-07:00'], agents: ['1'] }
const ODD = {
  id: 'odd',
  days: 'mon-fri',
  hours: ['20:00-21:00'],
  rotate: { agents: ['3', '2'], every: 'day', from: '2026-11-23' },
}
const PEOPLE = [
  { id: '1', name: 'Ana' },
  { id: '2' },
  { id: '3', email: 'kofi@acme.example' },
  { id: '4' },
  { id: '9', role: 'admin' },
]

const withShifts = (covers: readonly object[] = []) =>
  liveWorkspace({ agents: PEOPLE, duty: { shifts: [FRONT, NIGHT, EARLY, ODD], covers } })

const cover = (text: string) => {
  const [, shift, from, to, agent, instead] = /^(\S+) (.+)\.\.(.+) (\S+) for (\S+)$/.exec(text)!
  const moment = (time: string) => (time.length > 11 ? time : `2026-11-${time}`)
  return { shift: shift!, from: moment(from!), to: moment(to!), agent: agent!, instead: instead! }
}

/** A client with a token's scopes and perhaps no agent. */
function withScopes({ store }: LiveWorkspace, agent: string | undefined, ...scopes: Scope[]) {
  const service = createService({ store, now: () => OPEN })
  return createClient(inProcessTransport(service, { name: 'token', agent, scopes: new Set(scopes) }))
}

describe('R33: what is past, and another’s place that comes, needs an admin', () => {
  test.each([
    { who: '3', title: 'a turn of last week', covers: ['front 20 09:00..20 13:00 3 for 1'] },
    { who: '3', title: 'days that end as the running turn does', covers: ['front 16 09:00..23 13:00 3 for 1'] },
    { who: '1', title: 'a turn of their own that is past', covers: ['front 20 09:00..20 13:00 3 for 1'] },
    {
      who: '1',
      title: 'a turn of their own that ended today',
      covers: ['early 23 06:00..24 07:00 3 for 1'],
    },
    { who: '3', title: 'the second range of the day', covers: ['front 23 12:00..23 18:00 3 for 1'] },
    {
      who: '3',
      title: 'a turn of a week and the next one',
      covers: ['night 23 12:00..2026-12-10 12:00 3 for 1'],
    },
    {
      who: '3',
      title: 'what another holds, beside a place of their own',
      stored: ['odd 23 20:00..23 21:00 2 for 3', 'odd 24 20:00..24 21:00 4 for 2'],
      covers: ['odd 23 20:00..24 21:00 3 for 2'],
    },
    {
      who: '3',
      title: 'what another holds, after giving their own away',
      stored: ['odd 24 20:00..24 21:00 4 for 2', 'odd 25 20:00..25 21:00 2 for 3'],
      covers: ['odd 25 20:00..25 21:00 4 for 3', 'odd 24 20:00..25 21:00 3 for 2'],
    },
    {
      who: '4',
      title: 'another cover than their own that is replaced',
      stored: ['front 24 09:00..24 13:00 2 for 1', 'front 24 09:00..24 13:00 3 for 2'],
      covers: ['front 24 09:00..24 13:00 4 for 2'],
    },
  ])('agent $who may not take or give $title', async ({ who, covers, stored = [] }) => {
    const { as, owner } = await withShifts(stored.map(cover))
    const adding = (await as(who)).addCovers({ covers: covers.map(cover) })
    await expect(adding).rejects.toThrow('may not change who is on duty')
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test.each([
    { who: '3', title: 'a running turn from its beginning', covers: ['front 23 09:00..23 13:00 3 for 1'] },
    { who: '3', title: 'a running turn of a week', covers: ['night 23 12:00..30 00:00 3 for 1'] },
    {
      who: '3',
      title: 'a running turn that another covers for a part',
      stored: ['front 23 12:30..23 13:00 4 for 1'],
      covers: ['front 23 12:00..23 13:00 3 for 1'],
    },
    { who: '1', title: 'own turns of three months', covers: ['front 24 00:00..2027-02-24 00:00 3 for 1'] },
    {
      who: '1',
      title: 'own turns of three months back',
      stored: ['front 24 00:00..2027-02-24 00:00 3 for 1'],
      covers: ['front 25 00:00..2027-02-24 00:00 1 for 3'],
    },
    {
      who: '2',
      title: 'a place that they took over',
      stored: ['odd 25 20:00..25 21:00 2 for 3'],
      covers: ['odd 25 20:00..25 21:00 4 for 2'],
    },
  ])('agent $who may take or give $title', async ({ who, covers, stored = [] }) => {
    const { as } = await withShifts(stored.map(cover))
    await expect((await as(who)).addCovers({ covers: covers.map(cover) })).resolves.toMatchObject({ changed: true })
  })

  test('a token with the scope "duty" alone changes any place, and no status', async () => {
    const workspace = await withShifts()
    const client = withScopes(workspace, undefined, 'duty')
    await client.addCovers({ covers: [cover('front 24 09:00..24 13:00 2 for 1')] })
    await expect(client.putStatus({ id: '3', status: 'away' })).rejects.toThrow('may not set a status')
    expect((await workspace.owner.getDuty({})).value.covers).toHaveLength(1)
  })

  test('who may not read is told the same of agents who exist and of those who do not', async () => {
    const workspace = await withShifts()
    const client = withScopes(workspace, '3', 'status:self')
    const refusals = ['1', 'Ana', '4', 'nobody', '__proto__'].map((instead) =>
      client
        .addCovers({ covers: [cover(`front 24 09:00..24 13:00 me for ${instead}`)] })
        .catch(({ code, message, hint }) => [code, message, hint]),
    )
    expect(new Set((await Promise.all(refusals)).map((refusal) => JSON.stringify(refusal))).size).toBe(1)
  })
})

describe('R33: a cover that cannot be is refused, however many there are', () => {
  test.each([
    {
      title: 'of oneself by another name',
      text: 'front 24 09:00..24 13:00 ana for 1',
      error: '"1" cannot cover for themselves',
    },
    {
      title: 'of oneself as "me"',
      text: 'front 24 09:00..24 13:00 me for 1',
      error: '"1" cannot cover for themselves',
    },
    { title: 'of more than a year', text: 'front 24 09:00..2027-11-27 09:00 3 for 1', error: 'longer than 366 days' },
  ])('$title', async ({ text, error }) => {
    const { as, owner } = await withShifts()
    await expect((await as('1')).addCovers({ covers: [cover(text)] })).rejects.toThrow(error)
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test('covers of centuries that cover nothing are refused at once', async () => {
    const { as } = await withShifts(['front 24 09:00..24 13:00 4 for 1'].map(cover))
    const covers = Array.from({ length: 100 }, (_, minute) => {
      return cover(`front 2026-12-02 00:${String(minute % 60).padStart(2, '0')}..2199-11-30 00:00 3 for 4`)
    })
    const started = performance.now()
    await expect((await as('4')).addCovers({ covers })).rejects.toThrow('longer than 366 days')
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

test('R33: the later of two covers of one place and time holds, and is alone; each is undone by itself', async () => {
  const { owner } = await withShifts()
  const twice = [cover('front 24 09:00..24 13:00 3 for 1'), cover('front 24 09:00..24 13:00 4 for 1')]
  const { revision } = await owner.addCovers({ covers: twice })
  expect((await owner.getDuty({})).value.covers).toEqual([twice[1]])
  const { value } = await owner.getDuty({})
  const other = cover('front 25 09:00..25 13:00 3 for 1')
  await owner.putDuty({ duty: { ...value, covers: [...twice, other] } as never })
  expect((await owner.getDuty({})).value.covers).toEqual([twice[1], other])
  await owner.revert({ number: revision })
  expect((await owner.getDuty({})).value.covers).toEqual([other])
})

test('R34: one of several planned statuses or modes is undone alone, the first one too', async () => {
  const { owner } = await withShifts()
  const day = (days: number) => new Date(OPEN + days * 86_400_000).toISOString()
  const first = await owner.putStatus({ id: '1', status: 'away', from: day(1), until: day(2) })
  await owner.putStatus({ id: '1', status: 'away', from: day(3), until: day(4) })
  await owner.revert({ number: first.revision })
  expect((await owner.getAgent({ id: '1' })).value.planned).toMatchObject([{ from: day(3) }])
  const last = await owner.deletePlanned({ id: '1', from: day(3) })
  expect((await owner.getAgent({ id: '1' })).value.planned).toBeUndefined()
  await owner.revert({ number: last.revision })
  expect((await owner.getAgent({ id: '1' })).value.planned).toMatchObject([{ from: day(3) }])
  const { revision } = await owner.putWidget({ override: { mode: 'offline', from: day(1), until: day(2) } })
  await owner.putWidget({ override: { mode: 'online', from: day(3), until: day(4) } })
  await owner.revert({ number: revision })
  expect((await owner.getWidget({})).value.planned).toMatchObject([{ mode: 'online' }])
})

test('R34: who may not read is not told what another has planned, and of themselves they are', async () => {
  const workspace = await withShifts()
  const day = (days: number) => new Date(OPEN + days * 86_400_000).toISOString()
  await workspace.owner.putStatus({ id: '3', status: 'away', from: day(1), until: day(2), note: 'surgery' })
  const other = await withScopes(workspace, undefined, 'status:any').putStatus({ id: '3', status: 'available' })
  expect(JSON.stringify(other)).not.toContain('surgery')
  const own = await withScopes(workspace, '3', 'status:self').putStatus({ id: 'me', status: 'away' })
  expect(own.agent.planned).toHaveLength(1)
})
