import { describe, expect, test } from 'vitest'
import { questionsOf } from '../../../src/api/workspace-questions.js'
import { documentOf } from '../../domain/workspace-builder.js'
import { liveWorkspace } from '../live-workspace.js'
import { serveWorkspace } from './served-workspace.js'

const MORNING = { weekly: { mon: '08:00-11:00', tue: '08:00-11:00' } }
const AGENTS = [
  { id: '1', role: 'admin', status: 'available' },
  { id: '2', status: 'away' },
]
const TEAM = { id: 'sales', name: 'Sales', members: ['1', '2'] }

interface Row {
  readonly title: string
  readonly team: object
  readonly widget?: object
  readonly at: string
  /** Whether the widget and the team are online, and who gets a chat for the team, then for the rules. */
  readonly expected: readonly [widget: string, team: string, ofTeam: string | null, ofRules: string | null]
}

/** R37-R39; a Monday in New York, whose business hours are 09:00-17:00. */
const ROWS: readonly Row[] = [
  { title: 'always online', team: {}, at: '12:00', expected: ['online', 'online', '1', '1'] },
  { title: 'always online, the widget closed', team: {}, at: '20:00', expected: ['offline', 'online', '1', '1'] },
  {
    title: 'always offline',
    team: { availability: 'always-offline' },
    at: '12:00',
    expected: ['online', 'offline', null, '2'],
  },
  {
    title: 'within its hours',
    team: { availability: 'custom-hours', hours: MORNING },
    at: '10:00',
    expected: ['online', 'online', '1', '1'],
  },
  {
    title: 'before them, the widget closed',
    team: { availability: 'custom-hours', hours: MORNING },
    at: '08:30',
    expected: ['offline', 'online', '1', '1'],
  },
  {
    title: 'after them',
    team: { availability: 'custom-hours', hours: MORNING },
    at: '12:00',
    expected: ['online', 'offline', null, '2'],
  },
  {
    title: 'hours in another zone',
    team: { availability: 'custom-hours', hours: { ...MORNING, timeZone: 'America/Los_Angeles' } },
    at: '12:00',
    expected: ['online', 'online', '1', '1'],
  },
  {
    title: 'custom hours without any',
    team: { availability: 'custom-hours' },
    at: '12:00',
    expected: ['online', 'offline', null, '2'],
  },
  { title: 'hours that wait', team: { hours: MORNING }, at: '12:00', expected: ['online', 'online', '1', '1'] },
  {
    title: 'an exception of its own',
    team: {
      availability: 'custom-hours',
      hours: { ...MORNING, exceptions: [{ date: '2026-11-23', hours: '12:00-13:00' }] },
    },
    at: '12:30',
    expected: ['online', 'online', '1', '1'],
  },
  {
    title: 'auto-offline, somebody there',
    team: { autoOffline: true },
    at: '12:00',
    expected: ['online', 'online', '1', '1'],
  },
  {
    title: 'auto-offline, nobody there',
    team: { autoOffline: true, members: ['2'] },
    at: '12:00',
    expected: ['online', 'offline', null, '2'],
  },
  {
    title: 'auto-offline, and no members',
    team: { autoOffline: true, members: [] },
    at: '12:00',
    expected: ['online', 'offline', null, null],
  },
  {
    title: 'the widget closed by hand',
    team: {},
    widget: { mode: 'offline' },
    at: '12:00',
    expected: ['offline', 'online', '1', '1'],
  },
]

describe('R37-R39: a team and the widget, live, from a file and over HTTP', () => {
  test.each(ROWS)('$title', async ({ team, widget, at, expected }) => {
    const parts = {
      timeZone: 'America/New_York',
      hours: { weekly: { mon: '09:00-17:00' } },
      ...(widget && { widget }),
      agents: AGENTS,
      teams: [{ ...TEAM, ...team }],
      // R38: the waterfall goes on to one person, who is routed whatever the status.
      routing: { rules: [{ id: 'team', to: { team: 'sales' } }], default: { to: { agent: '2' } } },
    }
    const instant = `2026-11-23T${at}:00-05:00`
    const told = (
      {
        widget,
        teams,
        routing,
      }: { widget: { mode: string }; teams?: readonly { mode: string }[]; routing: { assignee: string | null } },
      ofRules: { routing: { assignee: string | null } },
    ) => [widget.mode, teams?.[0]?.mode, routing.assignee, ofRules.routing.assignee]

    const file = questionsOf(documentOf(parts))
    const ofFile = (route: string) => file.simulate({ at: Date.parse(instant), route })
    expect(told(ofFile('team:sales'), ofFile('rules'))).toEqual(expected)

    const { owner } = await liveWorkspace(parts)
    const live = (route: string) => owner.simulate({ at: instant, route })
    expect(told(await live('team:sales'), await live('rules'))).toEqual(expected)

    const served = await serveWorkspace({ parts })
    const token = await served.token({ name: 'reader', scopes: ['read'] })
    const overHttp = async (route: string) =>
      (await served.ask('POST', '/v1/simulate', { token, body: { at: instant, route } })).body
    expect(told(await overHttp('team:sales'), await overHttp('rules'))).toEqual(expected)

    served.clock(Date.parse(instant))
    const { id } = await served.store.read((transaction) => transaction.identity())
    const { body } = await served.ask('GET', `/v1/public/${id}/widget`)
    expect([body.mode, body.teamAvailability]).toEqual([expected[0], { sales: expected[1] === 'online' }])
    await served.close()
  })
})
