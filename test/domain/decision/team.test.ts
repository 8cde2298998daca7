import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileWorkspace } from '../../../src/domain/decision/compile-workspace.js'
import { nextTeamChange, teamModeAt } from '../../../src/domain/decision/team.js'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { simulate } from '../../../src/domain/questions/simulate.js'

const HOUR = 3_600_000
/** A Monday, 12:00 in New York. */
const NOON = Date.parse('2026-11-23T12:00-05:00')
const AGENTS = [{ id: '1' }, { id: '2', status: 'away' }, { id: '3', bot: true }]
const MORNING = { weekly: { mon: '08:00-11:00', tue: '08:00-11:00' } }

function documentWith(team: object, parts: object = {}) {
  const document = {
    version: 1,
    timeZone: 'America/New_York',
    hours: { weekly: { mon: '09:00-17:00' } },
    agents: AGENTS,
    teams: [{ id: 'sales', name: 'Sales', members: ['1', '2', '3'], ...team }],
    routing: { rules: [{ id: 'r', to: { team: 'sales' } }], default: { to: { agent: '1' } } },
    ...parts,
  }
  return parseWorkspace(JSON.stringify(document), 'teams.json')
}

describe('R37: the availability of a team', () => {
  test.each([
    { team: {}, mode: 'online', source: 'always-online', next: null },
    { team: { availability: 'always-offline' }, mode: 'offline', source: 'always-offline', next: null },
    {
      team: { availability: 'custom-hours', hours: MORNING },
      mode: 'offline',
      source: 'hours',
      next: '2026-11-24T08:00:00.000-05:00',
    },
    {
      team: { availability: 'custom-hours', hours: { ...MORNING, timeZone: 'America/Los_Angeles' } },
      mode: 'online',
      source: 'hours',
      next: '2026-11-23T14:00:00.000-05:00',
    },
    { team: { availability: 'custom-hours' }, mode: 'offline', source: 'hours', next: null },
    // Hours wait until the availability asks for them.
    { team: { hours: MORNING }, mode: 'online', source: 'always-online', next: null },
    { team: { autoOffline: true }, mode: 'online', source: 'always-online', next: null },
    { team: { autoOffline: true, members: ['2', '3'] }, mode: 'offline', source: 'auto-offline', next: null },
    { team: { autoOffline: true, members: [] }, mode: 'offline', source: 'auto-offline', next: null },
    {
      team: { availability: 'custom-hours', autoOffline: true, members: ['2'], hours: MORNING },
      mode: 'offline',
      source: 'hours',
      next: null,
    },
  ])('$team is $mode by $source', ({ team, mode, source, next }) => {
    const { teams } = simulate(documentWith(team), { at: NOON })
    expect(teams).toEqual([
      {
        id: 'sales',
        name: 'Sales',
        mode,
        source,
        nextChange: next && { at: next, mode: mode === 'online' ? 'offline' : 'online' },
      },
    ])
  })

  test('auto-offline of a team ends with the timed status that emptied it', () => {
    const document = documentWith(
      { autoOffline: true, members: ['1'] },
      { agents: [{ id: '1', status: 'away', until: '2026-11-23T13:00:00-05:00' }, { id: '2' }, { id: '3' }] },
    )
    expect(simulate(document, { at: NOON }).teams).toMatchObject([
      { mode: 'offline', source: 'auto-offline', nextChange: { at: '2026-11-23T13:00:00.000-05:00', mode: 'online' } },
    ])
  })

  test.each(['bot', 'disabled'])('a %s on a rota that never ends is not waited for', (kind) => {
    const document = documentWith(
      { autoOffline: true, members: ['2', '3'] },
      {
        agents: [{ id: '1' }, { id: '2', status: 'away' }, { id: '3', [kind]: true }],
        duty: { shifts: [{ id: 'late', days: 'all', hours: '13:00-15:00', agents: ['3'] }] },
      },
    )
    expect(simulate(document, { at: NOON }).teams).toMatchObject([{ source: 'auto-offline', nextChange: null }])
  })

  test.each([
    { team: { availability: 'sometimes' }, error: 'teams[0].availability' },
    { team: { hours: { weekly: { mon: '9-17' } } }, error: 'teams[0].hours.weekly.mon' },
    {
      team: {
        hours: {
          exceptions: [
            { date: '2026-12-24', hours: 'closed' },
            { date: '2026-12-24', hours: 'closed' },
          ],
        },
      },
      error: 'cover the same date',
    },
  ])('$team is an error at its place', ({ team, error }) => {
    expect(() => documentWith(team)).toThrow(error)
  })
})

describe('R38: a team that is offline yields nobody', () => {
  const closed = { availability: 'always-offline' }

  test('the waterfall goes on, and every member says why', () => {
    const { routing, reasons } = simulate(documentWith(closed), { at: NOON })
    expect(routing).toMatchObject({ rule: 'default', assignee: '1' })
    expect(routing.candidates).toContainEqual({ agent: '2', outcome: 'team-offline', reason: 'the team is offline' })
    expect(reasons).toContainEqual({ rule: 'R37', code: 'team.offline', text: 'Team Sales is offline: it always is.' })
  })

  test('a team named by hand yields nobody', () => {
    const { routing, reasons } = simulate(documentWith(closed), { at: NOON, route: 'team:sales' })
    expect(routing).toMatchObject({ assignee: null, target: 'team' })
    expect(reasons).toContainEqual({
      rule: 'R38',
      code: 'routing.nobody',
      text: 'Nobody is routed: the team is offline.',
    })
  })

  test('the goal of a playbook falls to the rules', () => {
    const playbooks = [{ id: 'bot', type: 'bot', enabled: true, goal: { route: { to: { team: 'sales' } } } }]
    const routing = { rules: [{ id: 'other', to: { agent: '1' } }] }
    const answer = simulate(documentWith(closed, { playbooks, routing }), { at: NOON })
    expect(answer.routing).toMatchObject({ via: 'playbook:bot', rule: 'other', assignee: '1' })
    expect(answer.reasons.map(({ code }) => code)).toContain('team.goal-offline')
    const open = simulate(documentWith({}, { playbooks, routing }), { at: NOON })
    expect(open.routing).toMatchObject({ via: 'playbook:bot', rule: null, assignee: '1' })
    const named = simulate(documentWith(closed, { playbooks, routing }), { at: NOON, route: 'playbook:bot' })
    expect(named.routing).toMatchObject({ rule: 'other', assignee: '1' })
  })
})

test('R39: the mode of the widget and those of the teams do not touch each other', () => {
  const at = Date.parse('2026-11-24T09:00-05:00')
  const open = simulate(documentWith({ availability: 'custom-hours', hours: MORNING }), { at })
  expect([open.widget.mode, open.teams![0]!.mode]).toEqual(['offline', 'online'])
  const closed = simulate(documentWith({ availability: 'always-offline' }), { at: NOON })
  expect([closed.widget.mode, closed.teams![0]!.mode]).toEqual(['online', 'offline'])
})

test('R37: the next change of a team is where minute by minute its mode differs', () => {
  const range = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 12 }))
    .map(
      ([start, length]) => `${String(start).padStart(2, '0')}:00-${String((start + length) % 24).padStart(2, '0')}:00`,
    )
  const status = fc.constantFrom(
    {},
    { status: 'away' },
    { status: 'away', until: '2026-11-23T15:30:00-05:00' },
    { status: 'available', until: '2026-11-24T09:30:00-05:00' },
  )
  fc.assert(
    fc.property(
      fc.constantFrom('always-online', 'always-offline', 'custom-hours'),
      fc.boolean(),
      fc.dictionary(fc.constantFrom('mon', 'tue', 'wed'), range),
      status,
      status,
      fc.integer({ min: 0, max: 48 }),
      (availability, autoOffline, weekly, one, two, hours) => {
        const team = { availability, autoOffline, hours: { weekly }, members: ['1', '2'] }
        const workspace = compileWorkspace(
          documentWith(team, { agents: [{ id: '1', ...one }, { id: '2', ...two }, { id: '3' }] }),
        )
        const [sales] = workspace.teams.values()
        const at = NOON + hours * HOUR
        const mode = teamModeAt(sales!, at)
        const change = nextTeamChange(sales!, at)
        const end = Math.min(change?.at ?? Infinity, at + 72 * HOUR)
        for (let instant = at; instant < end; instant += HOUR / 2) expect(teamModeAt(sales!, instant)).toBe(mode)
        if (change) expect(teamModeAt(sales!, change.at)).toBe(change.mode)
      },
    ),
    { numRuns: 100 },
  )
})
