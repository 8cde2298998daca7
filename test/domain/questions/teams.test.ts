import { describe, expect, test } from 'vitest'
import { compileWorkspace } from '../../../src/domain/decision/compile-workspace.js'
import { coverage } from '../../../src/domain/questions/coverage/coverage.js'
import { lint } from '../../../src/domain/questions/lint/lint.js'
import { compareWorkspaces } from '../../../src/domain/questions/preview/compare.js'
import { simulateTimeline } from '../../../src/domain/questions/simulate-timeline.js'
import { documentOf } from '../workspace-builder.js'

const at = (day: number, time: string) => Date.parse(`2026-11-${day}T${time}:00Z`)
/** From Monday to Wednesday. */
const [FROM, TO] = [at(23, '00:00'), at(25, '00:00')]

function withTeam(team: object, parts: object = {}) {
  return documentOf({
    timeZone: 'UTC',
    hours: { weekly: { mon: '24h', tue: '24h', wed: '24h' } },
    agents: [
      { id: '1', status: 'available' },
      { id: '2', status: 'away' },
    ],
    teams: [{ id: 'sales', name: 'Sales', members: ['1'], availability: 'custom-hours', ...team }],
    routing: { rules: [{ id: 'sales', to: { team: 'sales' } }], default: { to: { 'round-robin': ['2'] } } },
    ...parts,
  })
}
const MORNING = { weekly: { mon: '08:00-11:00', tue: '08:00-11:00' } }

test('R37: a timeline tells when a team opens and closes', () => {
  const { changes } = simulateTimeline(withTeam({ hours: MORNING }), { from: FROM, to: TO })
  expect(
    changes.map((entry) => `${entry.at.slice(8, 16)} ${entry.offlineTeams?.join() || 'none'} ${entry.assignee}`),
  ).toEqual(['23T00:00 sales null', '23T08:00 none 1', '23T11:00 sales null', '24T08:00 none 1', '24T11:00 sales null'])
  const without = simulateTimeline(withTeam({ availability: 'always-online' }), { from: FROM, to: TO })
  expect(without.changes.every((entry) => !('offlineTeams' in entry))).toBe(true)
})

test('R37: a preview tells when a team would be online that is not now, and who gets the chat instead', () => {
  const [before, after] = [MORNING, { weekly: { mon: '08:00-12:00', tue: '08:00-11:00' } }].map((hours) =>
    compileWorkspace(withTeam({ hours })),
  )
  const { stretches } = compareWorkspaces(before!, after!, [{ from: FROM, to: TO }])
  expect(stretches.map(({ from, to, differences }) => ({ from, to, differences }))).toEqual([
    {
      from: at(23, '11:00'),
      to: at(23, '12:00'),
      differences: [
        { what: 'teams', before: 'Sales offline', after: 'Sales online' },
        { what: 'chat', before: null, after: '1' },
      ],
    },
  ])
})

describe('R38: coverage counts nobody of a team while it is closed', () => {
  test.each([
    ['the team', { team: 'sales' }],
    ['its route', { route: 'team:sales' }],
    ['the rules', { route: 'rules' }],
  ])('%s', (_, asked) => {
    const { spans } = coverage(withTeam({ hours: MORNING }), { from: FROM, to: TO, ...asked })
    expect(spans.map(({ from, state, people }) => `${from.slice(8, 16)} ${state} ${people}`)).toEqual([
      '23T00:00 nobody 0',
      '23T08:00 staffed 1',
      '23T11:00 nobody 0',
      '24T08:00 staffed 1',
      '24T11:00 nobody 0',
    ])
  })

  test('a team that is always offline has nobody, and one that is always online has', () => {
    const people = (availability: string) =>
      coverage(withTeam({ availability }), { from: FROM, to: TO, team: 'sales' }).spans.map((span) => span.people)
    expect([people('always-offline'), people('always-online')]).toEqual([[0], [1]])
  })
})

describe('R37: lint looks at teams', () => {
  const found = (team: object, parts: object = {}) =>
    lint(compileWorkspace(withTeam(team, parts)), FROM).filter(({ path }) => path.startsWith('teams['))

  test.each([
    { title: 'custom hours without any', team: {}, code: 'no-hours', path: 'teams[0].hours' },
    {
      title: 'an exception that is over',
      team: { hours: { ...MORNING, exceptions: [{ date: '2026-01-01', hours: 'closed' }] } },
      code: 'exception-in-the-past',
      path: 'teams[0].hours.exceptions[0]',
    },
    {
      title: 'an end at 23:59',
      team: { hours: { weekly: { mon: '08:00-23:59' } } },
      code: 'ends-before-midnight',
      path: 'teams[0].hours.weekly.mon',
    },
    {
      title: 'hours in which none of its members is expected',
      team: { hours: MORNING, autoOffline: true, members: ['2'] },
      code: 'stays-offline',
      path: 'teams[0].autoOffline',
    },
  ])('$title', ({ team, code, path }) => {
    expect(found(team).map((finding) => [finding.code, finding.path])).toEqual([[code, path]])
  })

  test.each([
    { title: 'hours that somebody keeps', team: { hours: MORNING, autoOffline: true } },
    { title: 'no hours where none are asked for', team: { availability: 'always-online' } },
  ])('$title: nothing', ({ team }) => {
    expect(found(team)).toEqual([])
  })
})
