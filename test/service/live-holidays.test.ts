import { describe, expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../src/api/client.js'
import type { Scope } from '../../src/api/contract/operation.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createService } from '../../src/service/service.js'
import { OPEN } from '../domain/workspace-builder.js'
import { calendarAnswer, calendarOf, type FeedServer, startFeedServer } from './feed-server.js'
import { type LiveWorkspace, liveWorkspace } from './live-workspace.js'

const CHRISTMAS = ['20261225', 'Christmas Day'] as const
const BOXING = ['20261226', 'Boxing Day'] as const
const DAY = { date: '2026-12-25', name: 'Christmas Day', hours: 'closed' }
const WEEKLY = { weekly: { fri: '09:00-17:00' } }
const NOON = '2026-12-25T12:00:00-05:00'

async function feed(text = calendarOf(CHRISTMAS)): Promise<FeedServer> {
  const server = await startFeedServer(calendarAnswer(text))
  onTestFinished(() => server.close())
  return server
}

/** What a visitor meets at noon of Christmas Day, a Friday. */
const modeAtChristmas = async ({ owner }: LiveWorkspace) => (await owner.simulate({ at: NOON })).widget.mode

describe('R40: a holiday calendar is written by hand or taken from a feed', () => {
  test('by hand: its days close the hours, and one revision says so', async () => {
    const live = await liveWorkspace({ hours: WEEKLY })
    expect(await modeAtChristmas(live)).toBe('online')
    const answer = await live.owner.putHolidays({ id: 'berlin', name: 'Berlin', days: [DAY] })
    expect(answer).toMatchObject({ changed: true, revision: 2, days: [DAY], skipped: [], read: false })
    expect(await modeAtChristmas(live)).toBe('offline')
    expect(await live.owner.getHolidays({})).toMatchObject({ value: [{ id: 'berlin', days: [DAY] }], feeds: [] })
    expect((await live.owner.getWorkspace({})).holidays).toEqual([{ id: 'berlin', name: 'Berlin', days: [DAY] }])
  })

  test('from a feed: its days are those of the feed, and the next reading brings what is new', async () => {
    const [live, server] = [await liveWorkspace({ hours: WEEKLY }), await feed()]
    const added = await live.owner.putHolidays({ id: 'uk', source: server.url })
    expect(added).toMatchObject({ changed: true, revision: 2, days: [DAY], read: true })
    expect(await modeAtChristmas(live)).toBe('offline')

    // 304: what is there is kept, and there is nothing to tell in the log.
    expect(await live.owner.syncHolidays({ id: 'uk' })).toMatchObject({ changed: false, revision: 2, read: false })
    // Another ETag, the same days.
    server.answer = calendarAnswer(calendarOf(CHRISTMAS), '"2"')
    expect(await live.owner.syncHolidays({ id: 'uk' })).toMatchObject({ changed: false, revision: 2, read: true })

    server.answer = calendarAnswer(calendarOf(CHRISTMAS, BOXING), '"3"')
    const changes = [{ path: 'holidays[uk].days[2026-12-26]', after: expect.objectContaining({ name: 'Boxing Day' }) }]
    expect(await live.owner.syncHolidays({ id: 'uk' })).toMatchObject({ changed: true, revision: 3, changes })
  })

  test('in another year the feed is read anew: its days are kept for some years from that one', async () => {
    const [live, server] = [await liveWorkspace(), await feed()]
    await live.owner.putHolidays({ id: 'uk', source: server.url })
    live.clock('2027-01-01T12:00:00Z')
    expect(await live.owner.syncHolidays({ id: 'uk' })).toMatchObject({ read: true })
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined])
  })

  test.each([
    ['a page in its place', '<!doctype html><title>Not here</title>'],
    ['a calendar that was cut', calendarOf(CHRISTMAS).slice(0, -40)],
    ['a date that is none', calendarOf(['20261325', 'Christmas'])],
  ])('%s keeps the last good copy, and lint tells when it grows old', async (_, text) => {
    const [live, server] = [await liveWorkspace({ hours: WEEKLY }), await feed()]
    await live.owner.putHolidays({ id: 'uk', source: server.url })
    server.answer = (_request, response) => void response.writeHead(200).end(text)
    live.clock(OPEN + 86_400_000)
    await expect(live.owner.syncHolidays({ id: 'uk' })).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('the feed of "uk" cannot be read: '),
    })
    expect(await modeAtChristmas(live)).toBe('offline')
    const { value, feeds, revision } = await live.owner.getHolidays({})
    expect([value[0]?.days, revision]).toEqual([[DAY], 2])
    expect(feeds[0]).toMatchObject({ failure: expect.stringContaining('cannot be read') })
    const stale = async () => (await live.owner.lint({})).filter(({ text }) => text.includes('was read last')).length
    expect(await stale()).toBe(0)
    live.clock(OPEN + 8 * 86_400_000)
    expect(await stale()).toBe(1)
    server.answer = calendarAnswer(calendarOf(CHRISTMAS))
    await live.owner.syncHolidays({ id: 'uk' })
    expect((await live.owner.getHolidays({})).feeds[0]?.failure).toBeNull()
    expect(await stale()).toBe(0)
  })

  test('a feed that cannot be read adds nothing, and a dry run writes nothing', async () => {
    const [live, server] = [await liveWorkspace(), await feed('no calendar')]
    await expect(live.owner.putHolidays({ id: 'uk', source: server.url })).rejects.toMatchObject({ code: 'unreadable' })
    server.answer = calendarAnswer(calendarOf(CHRISTMAS))
    const dry = await live.owner.putHolidays({ id: 'uk', source: server.url }, { dryRun: true })
    expect(dry).toMatchObject({ changed: true, dryRun: true, days: [DAY] })
    const { value, feeds, revision } = await live.owner.getHolidays({})
    expect({ value, feeds, revision }).toEqual({ value: [], feeds: [], revision: 1 })
  })

  test('who may not change the hours has nothing read', async () => {
    const [live, server] = [await liveWorkspace(), await feed()]
    const service = createService({ store: live.store, now: () => OPEN })
    const reader = { name: 'reader', agent: undefined, scopes: new Set<Scope>(['read']) }
    const client = createClient(inProcessTransport(service, reader))
    await expect(client.putHolidays({ id: 'uk', source: server.url })).rejects.toMatchObject({ code: 'not-allowed' })
    expect(server.requests).toEqual([])
  })

  test('a source that was replaced while the feed was read is a conflict, not a mixture', async () => {
    const [live, server] = [await liveWorkspace(), await feed()]
    await live.owner.putHolidays({ id: 'uk', source: server.url })
    server.answer = async (request, response) => {
      await live.owner.putHolidays({ id: 'uk', days: [] })
      calendarAnswer(calendarOf(BOXING), '"9"')(request, response)
    }
    await expect(live.owner.syncHolidays({ id: 'uk' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await live.owner.getHolidays({})).value).toEqual([{ id: 'uk', days: [] }])
  })

  test.each([
    ['neither days nor a source', { id: 'x' }, 'needs days, or a source'],
    ['an address that is none', { id: 'x', source: 'nowhere' }, 'is not an address'],
    ['two days on one date', { id: 'x', days: [DAY, DAY] }, 'cover the same date'],
    ['an id that is no word', { id: 'a b', days: [] }, 'cannot be an id'],
  ])('%s: refused', async (_, request, says) => {
    const { owner } = await liveWorkspace()
    await expect(owner.putHolidays(request)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining(says),
    })
  })

  test.each([
    ['syncHolidays', { id: 'berln' }, 'not-found', 'there is no holiday calendar "berln"'],
    ['deleteHolidays', { id: 'berln' }, 'not-found', 'there is no holiday calendar "berln"'],
    ['applyHolidays', { id: 'berln', applies: true }, 'not-found', 'there is no holiday calendar "berln"'],
    ['applyHolidays', { id: 'berlin', applies: true, team: 'x' }, 'not-found', '"x" is not a team of this workspace'],
    ['syncHolidays', { id: 'berlin' }, 'invalid-input', 'has no feed'],
  ] as const)('%s of %j: %s', async (operation, request, code, message) => {
    const { owner } = await liveWorkspace({ holidays: [{ id: 'berlin', days: [] }] })
    const call = owner[operation] as (request: unknown) => Promise<unknown>
    await expect(call(request)).rejects.toMatchObject({ code, message: expect.stringContaining(message) })
  })
})

describe('R40: hours name the calendars that apply', () => {
  const parts = {
    hours: WEEKLY,
    holidays: [
      { id: 'berlin', days: [DAY] },
      { id: 'paris', days: [] },
    ],
    agents: [{ id: '1' }],
    teams: [{ id: 'sales', members: ['1'], availability: 'custom-hours', hours: WEEKLY }],
  }
  const modes = async (live: LiveWorkspace) => {
    const { widget, teams } = await live.owner.simulate({ at: NOON })
    return [widget.mode, teams?.[0]?.mode]
  }

  test('one by one, for the workspace and for a team; all of them name none', async () => {
    const live = await liveWorkspace(parts)
    expect(await modes(live)).toEqual(['offline', 'offline'])
    await live.owner.applyHolidays({ id: 'berlin', applies: false })
    expect(await modes(live)).toEqual(['online', 'offline'])
    expect((await live.owner.getHours({})).value.holidays).toEqual(['paris'])
    await live.owner.applyHolidays({ id: 'berlin', applies: false, team: 'sales' })
    expect(await modes(live)).toEqual(['online', 'online'])
    await live.owner.applyHolidays({ id: 'berlin', applies: true })
    expect(await modes(live)).toEqual(['offline', 'online'])
    expect((await live.owner.getHours({})).value).not.toHaveProperty('holidays')
    expect(await live.owner.applyHolidays({ id: 'berlin', applies: true })).toMatchObject({ changed: false })
  })

  test('a calendar goes with its name in the hours, and comes back with both', async () => {
    const live = await liveWorkspace(parts)
    await live.owner.applyHolidays({ id: 'paris', applies: false })
    await live.owner.applyHolidays({ id: 'paris', applies: false, team: 'sales' })
    const { revision } = await live.owner.deleteHolidays({ id: 'berlin' })
    expect(await modes(live)).toEqual(['online', 'online'])
    expect((await live.owner.getHours({})).value.holidays).toEqual([])
    await live.owner.revert({ number: revision })
    expect(await modes(live)).toEqual(['offline', 'offline'])
    expect((await live.owner.getTeams({})).value[0]?.hours?.holidays).toEqual(['berlin'])
  })

  test('hours that name a calendar which is not there are refused', async () => {
    const { owner } = await liveWorkspace(parts)
    const hours = { ...WEEKLY, exceptions: [], holidays: ['oslo'] }
    await expect(owner.putHours({ hours })).rejects.toThrow('"oslo" is not a holiday calendar of this workspace')
  })
})

test('R40: a rehearsal shows what visitors would see on the holidays of the coming year', async () => {
  const live = await liveWorkspace({
    hours: { weekly: { thu: '09:00-17:00', fri: '09:00-17:00' } },
    agents: [{ id: '1' }],
  })
  const days = [
    { date: '2026-12-25', hours: 'closed' },
    { date: '2027-01-01', hours: '09:00-12:00' },
    { date: '2030-01-01', hours: 'closed' },
  ]
  const { preview = [] } = await live.owner.putHolidays({ id: 'x', days }, { dryRun: true })
  const modes = preview.filter(({ differences }) => differences.some(({ what }) => what === 'mode'))
  expect(modes.map(({ from, to, after }) => `${from.slice(0, 16)} ${to.slice(0, 16)} ${after}`)).toEqual([
    '2026-12-25T09:00 2026-12-25T17:00 offline',
    '2027-01-01T12:00 2027-01-01T17:00 offline',
  ])
})
