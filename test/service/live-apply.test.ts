import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { inPlainForm, parseWorkspace, printWorkspace } from '../../src/domain/document/parse-workspace.js'
import { withoutState } from '../../src/domain/document/state.js'
import { formatMoment } from '../../src/domain/time/moment.js'
import { Zone } from '../../src/domain/time/zone.js'
import { busyDays } from '../domain/workspace-arbitrary.js'
import { liveWorkspace } from './live-workspace.js'

const PARTS = {
  timeZone: 'UTC',
  hours: { weekly: { mon: '09:00-17:00', tue: '09:00-17:00' }, exceptions: [] },
  agents: [
    { id: '1', name: 'Sam', role: 'admin' },
    { id: '2', name: 'Ana' },
    { id: '3', name: 'Ben' },
  ],
  teams: [{ id: 'sales', name: 'Sales', members: ['1', '2'] }],
  routing: { rules: [], default: { to: { agent: '1' } } },
}

/** The document of a workspace, with other parts in it. */
async function documentWith(owner: Client, parts: object): Promise<object> {
  return { ...withoutState(await owner.getWorkspace({})), ...parts }
}

describe('a plan', () => {
  test('tells what visitors would notice, what changes, and all of it in numbers', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const exceptions = [{ date: '2026-12-01', name: 'Inventory', hours: 'closed' }]
    const document = await documentWith(owner, { hours: { ...PARTS.hours, exceptions } })
    const plan = await owner.planWorkspace({ document, horizonDays: 14 })
    expect(plan).toMatchObject({
      changed: true,
      changes: [{ path: 'hours.exceptions[2026-12-01]', after: exceptions[0] }],
      removedAgents: [],
      preview: [
        {
          from: '2026-12-01T09:00:00.000Z',
          to: '2026-12-01T17:00:00.000Z',
          before: 'online',
          after: 'offline',
          exception: 'Inventory',
          differences: expect.arrayContaining([{ what: 'mode', before: 'online', after: 'offline' }]),
        },
      ],
      nobodyMinutes: { before: 0, after: 0 },
    })
    const { before, after } = plan.onlineMinutesAWeek
    expect(before - after).toBe((8 * 60) / 2)
    expect(await owner.getWorkspace({})).not.toMatchObject({ hours: { exceptions } })
  })

  test.each<{ title: string; parts: object; same: object }>([
    {
      title: 'keys and agents in another order',
      parts: {},
      same: { agents: PARTS.agents.toReversed(), hours: { weekly: { tue: '09:00-17:00', mon: '09:00-17:00' } } },
    },
    {
      title: 'one range as a list, a closed day that is named',
      parts: {},
      same: { hours: { weekly: { mon: ['09:00-17:00'], tue: '09:00-17:00', wed: 'closed', thu: [] }, exceptions: [] } },
    },
    {
      title: 'ranges in another order, the whole day',
      parts: { hours: { weekly: { mon: ['09:00-12:00', '13:00-17:00'], tue: '24h' } } },
      same: { hours: { weekly: { mon: ['13:00-17:00', '09:00-12:00'], tue: '00:00-24:00' } } },
    },
    {
      title: 'an exception with its hours as a list',
      parts: { hours: { exceptions: [{ date: '2026-12-24', hours: '09:00-12:00' }] } },
      same: { hours: { exceptions: [{ date: '2026-12-24', hours: ['09:00-12:00'] }] } },
    },
    {
      title: 'what is so without being said',
      parts: {},
      same: {
        agents: PARTS.agents.map((agent) => ({ ...agent, bot: false, disabled: false })),
        teams: [{ ...PARTS.teams[0], availability: 'always-online', autoOffline: false }],
        holidays: [],
        duty: { shifts: [], covers: [] },
      },
    },
    {
      title: 'a bare value as an operator',
      parts: { routing: { rules: [{ id: 'a', when: { plan: 'gold' }, to: { agent: '2' } }] } },
      same: { routing: { rules: [{ id: 'a', when: { plan: { eq: 'gold' } }, to: { agent: '2' } }] } },
    },
    {
      title: 'the days of a shift one by one',
      parts: { duty: { shifts: [{ id: 'a', days: 'mon-wed', hours: '09:00-10:00', agents: ['1'] }] } },
      same: { duty: { shifts: [{ id: 'a', days: ['wed', 'mon,tue'], hours: ['09:00-10:00'], agents: ['1'] }] } },
    },
  ])('of what says the same is empty: $title', async ({ parts, same }) => {
    const { owner } = await liveWorkspace({ ...PARTS, ...parts })
    const document = await documentWith(owner, same)
    expect(await owner.planWorkspace({ document })).toMatchObject({ changed: false, changes: [], preview: [] })
    const { changes } = await owner.putWorkspace({ document: { ...document, name: 'Other' } })
    expect(changes.map(({ path }) => path)).toEqual(['name'])
  })

  test('of a condition on a fact that is called like a setting is not empty', async () => {
    const rule = { id: 'a', to: { agent: '2' } }
    const { owner } = await liveWorkspace({ ...PARTS, routing: { rules: [rule] } })
    const document = await documentWith(owner, { routing: { rules: [{ ...rule, when: { bot: false } }] } })
    expect(await owner.planWorkspace({ document })).toMatchObject({ changes: [{ path: 'routing.rules[a].when' }] })
  })

  test('of one day in another form and another day with other hours tells the other day alone', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const weekly = { mon: ['09:00-17:00'], tue: '09:00-18:00', wed: 'closed' }
    const document = await documentWith(owner, { hours: { weekly } })
    const { changes } = await owner.planWorkspace({ document })
    expect(changes).toEqual([{ path: 'hours.weekly.tue', before: '09:00-17:00', after: '09:00-18:00' }])
  })

  test.each([
    { title: 'no holidays', before: undefined, after: [] },
    { title: 'all holidays again', before: [], after: undefined },
  ])('of hours to which $title apply is not empty', async ({ before, after }) => {
    const { owner } = await liveWorkspace({ ...PARTS, hours: { ...PARTS.hours, ...(before && { holidays: before }) } })
    const document = await documentWith(owner, { hours: { ...PARTS.hours, ...(after && { holidays: after }) } })
    const { changes } = await owner.planWorkspace({ document })
    expect(changes.map(({ path }) => path)).toEqual(['hours.holidays'])
  })

  test('of a rule with one condition less tells it', async () => {
    const rule = { id: 'a', when: { bot: false, plan: 'gold' }, to: { agent: '2' } }
    const { owner } = await liveWorkspace({ ...PARTS, routing: { rules: [rule] } })
    const rules = [{ ...rule, when: { plan: 'gold' } }]
    const { changes } = await owner.planWorkspace({ document: await documentWith(owner, { routing: { rules } }) })
    expect(changes).toEqual([{ path: 'routing.rules[a].when.bot', before: false }])
  })

  test('never tells a status, a note, chats, or what a token hashes to', async () => {
    const { owner } = await liveWorkspace({
      ...PARTS,
      agents: [...PARTS.agents, { id: '4', name: 'Eve', status: 'away', note: 'SECRET', openChats: 3 }],
    })
    await owner.createToken({ name: 'eve', agent: '4' })
    await owner.putStatus({ id: '2', status: 'away', note: 'SECRET', until: '2027-01-01T00:00:00Z' })
    const document = await documentWith(owner, { agents: PARTS.agents })
    const plan = await owner.planWorkspace({ document })
    expect(plan.removedAgents).toEqual(['4'])
    expect(plan.changes.find(({ path }) => path === 'agents[4]')).toEqual({
      path: 'agents[4]',
      before: { id: '4', name: 'Eve', role: 'agent' },
    })
    expect(JSON.stringify(plan)).not.toMatch(/SECRET|openChats|hash|"status"/)
  })

  test('is refused with everything that is wrong, as applying is', async () => {
    const { owner } = await liveWorkspace({ ...PARTS, plan: 'free', teams: [] })
    const document = await documentWith(owner, { teams: [{ id: 'a', members: ['1', '99'] }] })
    for (const attempt of [owner.planWorkspace({ document }), owner.putWorkspace({ document })]) {
      await expect(attempt).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining('99') })
    }
    const paid = await documentWith(owner, { teams: [{ id: 'a', members: ['1'] }] })
    for (const attempt of [owner.planWorkspace({ document: paid }), owner.putWorkspace({ document: paid })]) {
      await expect(attempt).rejects.toMatchObject({ code: 'not-allowed', rule: 'R14' })
    }
  })

  test('R36: what auto-offline hides of a change is told', async () => {
    const { owner } = await liveWorkspace({
      ...PARTS,
      widget: { autoOffline: true },
      agents: PARTS.agents.map((agent) => ({ ...agent, status: 'away' })),
    })
    const document = await documentWith(owner, { hours: { weekly: { mon: '09:00-18:00', tue: '09:00-17:00' } } })
    const { preview } = await owner.planWorkspace({ document, horizonDays: 7 })
    expect(preview).toMatchObject([
      { differences: [{ what: 'promise', before: 'offline', after: 'online' }], hidden: { rule: 'R36' } },
    ])
  })
})

describe('what was changed by hand since the last apply', () => {
  test('is named, with whether the plan would undo it', async () => {
    const { owner, as } = await liveWorkspace(PARTS)
    const document = await documentWith(owner, { name: 'Applied' })
    await owner.putWorkspace({ document, source: '4f2a1bc' })
    const sam = await as('1')
    await sam.putGreeting({ greeting: { online: 'Hello' } }, { note: 'friendlier' })
    await sam.putStatus({ id: '2', status: 'away' })
    await sam.patchSettings({ settings: { chatLimit: 7 } })
    const { byHand } = await owner.planWorkspace({ document: { ...document, chatLimit: 7 } })
    expect(byHand).toMatchObject({
      since: { number: 2, actor: 'owner', applied: { source: '4f2a1bc' } },
      revisions: [
        { number: 5, actor: '1', undone: 'none' },
        { number: 3, actor: '1', note: 'friendlier', undone: 'all' },
      ],
    })
  })

  test.each([
    { title: 'part of it', greeting: { online: 'Hello' }, undone: 'some' },
    { title: 'all of it', greeting: {}, undone: 'all' },
    { title: 'none of it', greeting: { online: 'Hello', offline: 'Bye' }, undone: 'none' },
  ])('$title', async ({ greeting, undone }) => {
    const { owner } = await liveWorkspace(PARTS)
    await owner.putGreeting({ greeting: { online: 'Hello', offline: 'Bye' } })
    const document = await documentWith(owner, { greeting })
    const { byHand } = await owner.planWorkspace({ document })
    expect(byHand).toMatchObject({ since: { number: 1 }, revisions: [{ number: 2, undone }] })
  })
})

describe('a plan is applied as it was planned, once', () => {
  const apply = (owner: Client, document: object, { base }: Awaited<ReturnType<Client['planWorkspace']>>) =>
    owner.putWorkspace({ document, plan: base, source: 'main' })

  test('statuses may move between, settings may not', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const document = await documentWith(owner, { name: 'Planned' })
    const plan = await owner.planWorkspace({ document })
    await owner.putStatus({ id: '2', status: 'away', note: 'lunch' })
    await owner.putWidget({ override: { mode: 'offline', until: '2027-01-01T00:00:00Z' } })
    expect(await apply(owner, document, plan)).toMatchObject({ changed: true, changes: plan.changes })
    expect((await owner.getAgent({ id: '2' })).value).toMatchObject({ status: 'away', note: 'lunch' })
    expect((await owner.getWidget({})).value.override).toMatchObject({ mode: 'offline' })
    expect(await owner.getRevision({ number: 4 })).toMatchObject({ actor: 'owner', applied: { source: 'main' } })
  })

  test('settings that were changed since are a conflict that names the revision', async () => {
    const { owner, as } = await liveWorkspace(PARTS)
    const document = await documentWith(owner, { name: 'Planned' })
    const plan = await owner.planWorkspace({ document })
    const sam = await as('1')
    await sam.patchSettings({ settings: { chatLimit: 3 } })
    await sam.putStatus({ id: '1', status: 'away' })
    await expect(apply(owner, document, plan)).rejects.toMatchObject({
      code: 'conflict',
      reason: 'stale-plan',
      message: 'the workspace has changed since the plan was made: revision 2 by Sam',
    })
    expect((await owner.getSettings({})).value).toMatchObject({ name: 'Workspace', chatLimit: 3 })
  })

  test('settings that are as they were again are as they were planned', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const document = await documentWith(owner, { name: 'Planned' })
    const plan = await owner.planWorkspace({ document })
    const { revision } = await owner.patchSettings({ settings: { chatLimit: 3 } })
    await owner.revert({ number: revision })
    expect(await apply(owner, document, plan)).toMatchObject({ changed: true })
  })

  test('a used plan is a conflict, also when what it did was undone', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const document = await documentWith(owner, { name: 'Planned' })
    const plan = await owner.planWorkspace({ document })
    const { revision } = await apply(owner, document, plan)
    const used = { code: 'conflict', reason: 'plan-used', subject: `${revision}` }
    await expect(apply(owner, document, plan)).rejects.toMatchObject(used)
    await owner.revert({ number: revision })
    await expect(apply(owner, document, plan)).rejects.toMatchObject(used)
    expect(await owner.putWorkspace({ document })).toMatchObject({ changed: true })
    expect(await owner.putWorkspace({ document })).toMatchObject({ changed: false })
  })

  test('the plan of an empty workspace cannot be applied twice', async () => {
    const { owner } = await liveWorkspace({ timeZone: 'UTC' })
    const document = { version: 1, ...PARTS }
    const plan = await owner.planWorkspace({ document })
    expect(await apply(owner, document, plan)).toMatchObject({ changed: true })
    await expect(apply(owner, document, plan)).rejects.toMatchObject({ code: 'conflict', reason: 'plan-used' })
  })

  test('of many at once, one is applied and the others are conflicts', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const documents = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        documentWith(owner, { name: `Plan ${index}`, greeting: { online: `Plan ${index}` } }),
      ),
    )
    const plans = await Promise.all(documents.map((document) => owner.planWorkspace({ document })))
    const outcomes = await Promise.allSettled(documents.map((document, index) => apply(owner, document, plans[index]!)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected')
        expect(outcome.reason).toMatchObject({ code: 'conflict', reason: 'stale-plan' })
    }
    const { name, greeting } = await owner.getWorkspace({})
    expect(greeting.online).toBe(name)
  })
})

describe('R40: the days of a calendar with a feed', () => {
  const SOURCE = 'https://example.com/holidays.ics'
  const calendar = (source: string, date: string) => ({
    id: 'berlin',
    source,
    days: [{ date, name: 'Day', hours: 'closed' }],
  })

  test.each([
    { title: 'stay as the feed brought them', source: SOURCE, expected: '2027-05-01' },
    { title: 'are those of the document when the feed is another', source: `${SOURCE}?2`, expected: '2020-05-01' },
  ])('$title', async ({ source, expected }) => {
    const { owner } = await liveWorkspace({ ...PARTS, holidays: [calendar(SOURCE, '2027-05-01')] })
    const document = await documentWith(owner, { holidays: [calendar(source, '2020-05-01')] })
    await owner.putWorkspace({ document })
    expect((await owner.getWorkspace({})).holidays).toMatchObject([{ days: [{ date: expected }] }])
  })
})

test('a document of one workspace, applied to another, is exported as the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(busyDays, busyDays, async (one, other) => {
      const [from, to] = [await liveWorkspace(one.document), await liveWorkspace(other.document)]
      const exported = async ({ owner }: typeof from) =>
        printWorkspace(inPlainForm(withoutState(await owner.getWorkspace({}))))
      const text = await exported(from)
      await to.owner.putWorkspace({ document: parseWorkspace(text, 'exported.yaml') })
      expect(await exported(to)).toBe(text)
      await from.store.close()
      await to.store.close()
    }),
    { numRuns: 20 },
  )
})

/** Mon 23 Nov 2026, 10:00 in New York. */
const MONDAY = Date.parse('2026-11-23T15:00:00Z')
const DAY = 86_400_000

test('a week of changes: each plan lists what visitors notice of the change, and nothing else', async () => {
  const sample = parseWorkspace(readFileSync('docs/sample/acme.yaml', 'utf8'), 'acme.yaml')
  const { owner, clock } = await liveWorkspace(sample, MONDAY)
  type Wanted = typeof sample
  const days: readonly { change: (document: Wanted) => object; noticed: readonly string[] }[] = [
    {
      change: ({ hours }) => ({
        hours: {
          ...hours,
          exceptions: [...hours.exceptions, { date: '2026-11-26', name: 'Thanksgiving', hours: 'closed' }],
        },
      }),
      noticed: ['Thu 09:00-Thu 17:00 mode, message, greeting: online → offline, Thanksgiving'],
    },
    {
      change: ({ greeting }) => ({ greeting: { ...greeting, online: 'Hello!' } }),
      noticed: [
        'Tue 10:00-Tue 17:00 greeting',
        'Wed 09:00-Wed 17:00 greeting',
        'Fri 09:00-Fri 17:00 greeting',
        'Fri 22:00-Sat 02:00 greeting',
        'Mon 09:00-Mon 12:00 greeting',
        'Mon 13:00-Mon 17:00 greeting',
        'Tue 09:00-Tue 10:00 greeting',
      ],
    },
    {
      change: ({ widget }) => ({ widget: { ...widget, display: 'online-only' } }),
      noticed: [
        'Wed 17:00-Fri 09:00 widget, message, greeting',
        'Fri 17:00-Fri 22:00 widget, message, greeting',
        'Sat 02:00-Mon 09:00 widget, message, greeting',
        'Mon 12:00-Mon 13:00 widget, message, greeting',
        'Mon 17:00-Tue 09:00 widget, message, greeting',
        'Tue 17:00-Wed 09:00 widget, message, greeting',
        // Who would have been asked to talk to sales is asked nothing while the widget is hidden.
        'Wed 17:00-Fri 09:00 message, chat of company.size=50',
        'Fri 17:00-Fri 22:00 message, chat of company.size=50',
        'Sat 02:00-Mon 09:00 message, chat of company.size=50',
        'Mon 12:00-Mon 13:00 message, chat of company.size=50',
        'Mon 17:00-Tue 09:00 message, chat of company.size=50',
        'Tue 17:00-Wed 09:00 message, chat of company.size=50',
      ],
    },
    // What a team is called, nobody sees; nor what is said while the widget is hidden.
    { change: ({ teams }) => ({ teams: teams.map((team) => ({ ...team, name: 'Crew' })) }), noticed: [] },
    { change: ({ greeting }) => ({ greeting: { ...greeting, offline: 'Gone' } }), noticed: [] },
    {
      change: ({ routing }) => ({ routing: { ...routing, rules: routing.rules.filter(({ id }) => id !== 'germany') } }),
      noticed: [
        'Sat 10:00-Mon 09:00 chat of country=DE',
        'Mon 09:00-Mon 12:00 chat of country=DE',
        'Mon 12:00-Mon 13:00 chat of country=DE',
        'Mon 13:00-Mon 17:00 chat of country=DE',
        'Mon 17:00-Tue 09:00 chat of country=DE',
        'Tue 09:00-Tue 17:00 chat of country=DE',
        'Tue 17:00-Wed 09:00 chat of country=DE',
        'Wed 09:00-Wed 17:00 chat of country=DE',
        'Wed 17:00-Thu 09:00 chat of country=DE',
        'Thu 09:00-Thu 17:00 chat of country=DE',
        'Thu 17:00-Fri 09:00 chat of country=DE',
        'Fri 09:00-Fri 17:00 chat of country=DE',
        'Fri 17:00-Fri 22:00 chat of country=DE',
        'Fri 22:00-Sat 02:00 chat of country=DE',
        'Sat 02:00-Sat 10:00 chat of country=DE',
      ],
    },
    {
      change: ({ widget }) => ({ widget: { ...widget, mode: 'offline' } }),
      noticed: [
        'Mon 09:00-Mon 12:00 mode, widget, message, greeting: online → offline',
        'Mon 13:00-Mon 17:00 mode, widget, message, greeting: online → offline',
        'Tue 09:00-Tue 17:00 mode, widget, message, greeting: online → offline',
        'Wed 09:00-Wed 17:00 mode, widget, message, greeting: online → offline',
        'Thu 09:00-Thu 17:00 mode, widget, message, greeting: online → offline',
        'Fri 09:00-Fri 17:00 mode, widget, message, greeting: online → offline',
        'Fri 22:00-Sat 02:00 mode, widget, message, greeting: online → offline',
        'Mon 09:00-Mon 12:00 message, chat of company.size=50: online → offline',
        'Mon 13:00-Mon 17:00 message, chat of company.size=50: online → offline',
        'Tue 09:00-Tue 17:00 message, chat of company.size=50: online → offline',
        'Wed 09:00-Wed 17:00 message, chat of company.size=50: online → offline',
        'Thu 09:00-Thu 17:00 message, chat of company.size=50: online → offline',
        'Fri 09:00-Fri 17:00 message, chat of company.size=50: online → offline',
        'Fri 22:00-Sat 02:00 message, chat of company.size=50: online → offline',
      ],
    },
  ]
  const zone = Zone.of('America/New_York')
  const say = (iso: string, now: number) => formatMoment(Date.parse(iso), zone, now).replace(/ \d+ \w+/, '')
  for (const [day, { change, noticed }] of days.entries()) {
    const now = MONDAY + day * DAY
    clock(now)
    const current = (await owner.getWorkspace({})) as Wanted
    const document = { ...withoutState(current), ...change(current) }
    const { preview, base } = await owner.planWorkspace({ document, horizonDays: 7 })
    const told = preview.map(({ from, to, before, after, differences, exception, visitor }) => {
      const facts = Object.entries(visitor?.attributes ?? {}).map(([name, value]) => ` of ${name}=${value}`)
      const turn = before === after ? '' : `: ${before} → ${after}${exception ? `, ${exception}` : ''}`
      return `${say(from, now)}-${say(to, now)} ${differences.map(({ what }) => what).join(', ')}${facts.join()}${turn}`
    })
    expect(told).toEqual(noticed)
    expect(await owner.putWorkspace({ document, plan: base })).toMatchObject({ changed: true })
  }
})
