import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { DriftStatusError } from '../../../src/domain/errors.js'
import { check, type ScenarioFailure } from '../../../src/domain/scenarios/check.js'
import type { Scenario } from '../../../src/domain/scenarios/scenarios-schema.js'
import { documentOf, people } from '../workspace-builder.js'

const ACME = parseWorkspace(readFileSync('docs/sample/acme.yaml', 'utf8'), 'acme.yaml')
const NOW = Date.parse('2026-11-23T12:00:00-05:00')
/** Monday: open at noon, closed for lunch and in the evening. */
const NOON = '2026-11-23T11:00:00-05:00'
const EVENING = '2026-11-23T20:00:00-05:00'

function ask(scenario: Omit<Scenario, 'name'>, document = ACME) {
  const { scenarios, mistakes } = check(document, { scenarios: [{ name: 'it', ...scenario }], now: NOW })
  return { answer: scenarios[0], mistakes }
}

describe('what is expected of one instant', () => {
  test.each<readonly [title: string, holds: boolean, expected: object, at?: string]>([
    ['a value that is equal', true, { widget: { mode: 'online' } }],
    ['a value that is not', false, { widget: { mode: 'offline' } }],
    ['only the keys that are named', true, { widget: { visible: true }, routing: { rule: 'default' } }],
    ['all the keys that are named', false, { widget: { mode: 'online', visible: false } }],
    ['null asks for nothing there', true, { visitor: { offlineNotice: null } }],
    ['null where there is something', false, { visitor: { offlineNotice: null } }, EVENING],
    ['null of what the answer leaves out', true, { widget: { promised: null } }],
    ['something there', true, { visitor: { offlineNotice: { exists: true } } }, EVENING],
    ['nothing there, of what is in a thing that is not there', true, { visitor: { offlineNotice: { backAt: null } } }],
    ['a value of a thing that is not there', false, { visitor: { offlineNotice: { backAt: NOON } } }],
    ['times as instants, whatever their zone', true, { widget: { nextChange: { at: '2026-11-23T17:00:00Z' } } }],
    ['a time that is later', true, { widget: { nextChange: { at: { gte: NOON } } } }],
    ['a time that is no later', false, { widget: { nextChange: { at: { lte: NOON } } } }],
    ['one of several', true, { routing: { assignee: { in: ['1', '4'] } } }],
    ['none of several', false, { routing: { assignee: { not: ['1', '4'] } } }],
    ['a person by email', true, { routing: { assignee: 'sam@acme.example' } }],
    ['a person by name, in any case', true, { routing: { assignee: 'SAM REED' } }],
    ['a person by first name', true, { routing: { assignee: { not: 'Lena' } } }],
    ['a text by a pattern', true, { visitor: { greeting: { message: { glob: 'Hi!*' } } } }],
    ['a text by a part', true, { reasons: { some: { text: { contains: 'Sam Reed' } } } }],
    [
      'a list by its items in order, each in part',
      true,
      { routing: { candidates: [{ agent: '1' }, { agent: 'Ana' }, { agent: '4' }] } },
    ],
    ['a list of another length', false, { routing: { candidates: [{ agent: '1' }] } }],
    ['the same items in another order', false, { visitor: { greeting: { faces: ['4', '1'] } } }],
    ['a list of single values', true, { visitor: { greeting: { faces: ['Sam', 'Lena'] } } }],
    ['an empty list', true, { warnings: [] }],
    ['some item', true, { agents: { some: { id: 'Ana', status: 'away' } } }],
    ['some item that is not there', false, { agents: { some: { id: 'Ana', status: 'available' } } }],
    ['every item', false, { agents: { every: { status: 'available' } } }],
    ['no item', true, { agents: { none: { name: 'Ana', status: 'available' } } }],
    ['how many items', true, { agents: { count: 5 } }],
    ['how many items, by an operator', true, { agents: { count: { gte: 5 } } }],
    ['two things of one list', false, { agents: { some: { status: 'away' }, count: 6 } }],
    ['a zone', true, { timeZone: 'America/New_York' }],
  ])('%s: holds is %s', (_, holds, expected, when) => {
    const at = (when as string | undefined) ?? NOON
    const { answer, mistakes } = ask({ at, expect: expected })
    expect(mistakes).toBeUndefined()
    expect(answer).toMatchObject({ holds, instants: 1 })
    expect(ask({ at, never: expected }).answer).toMatchObject({ holds: !holds })
  })
})

describe('what is supposed and who asks', () => {
  test.each<readonly [title: string, scenario: Omit<Scenario, 'name'>]>([
    ['a status by name', { at: NOON, assume: { agents: { Sam: 'away' } }, expect: { routing: { assignee: 'Lena' } } }],
    ['a mode', { at: EVENING, assume: { mode: 'online' }, expect: { widget: { mode: 'online', source: 'manual' } } }],
    [
      'everyone away, with auto-offline',
      {
        at: NOON,
        assume: { agents: { '1': 'away', '3': 'away', '4': 'away' }, autoOffline: true },
        expect: { widget: { mode: 'offline', promised: 'online' } },
      },
    ],
    [
      'a visitor with a page and facts',
      {
        at: NOON,
        visitor: { url: '/pricing', attributes: { 'company.size': 80 } },
        expect: { visitor: { proactive: { playbook: 'leadbot' } }, routing: { via: 'playbook:leadbot' } },
      },
    ],
    ['a route', { at: NOON, route: 'agent:Ana', expect: { routing: { via: 'agent:Ana', assignee: 'Ana' } } }],
    ['a cursor', { at: NOON, after: 'Sam', expect: { routing: { cursor: '1', assignee: 'Lena' } } }],
    [
      'a strategy',
      { at: NOON, strategy: 'least-open', expect: { routing: { strategy: 'least-open', assignee: 'Lena' } } },
    ],
  ])('%s', (_, scenario) => {
    expect(ask(scenario)).toMatchObject({ answer: { holds: true } })
  })
})

describe('a range', () => {
  const day = (date: string) => `${date}T00:00:00-05:00`
  const MONDAY = { from: day('2026-11-23'), to: day('2026-11-24') }

  test.each<readonly [title: string, scenario: Omit<Scenario, 'name'>, failure: Partial<ScenarioFailure> | undefined]>([
    [
      'fails first where it does not hold, until it does again, and so many times more',
      { ...MONDAY, expect: { widget: { mode: 'offline' } } },
      { at: '2026-11-23T09:00:00.000-05:00', until: '2026-11-23T12:00:00.000-05:00', moreStretches: 1 },
    ],
    ['holds where it always does', { ...MONDAY, never: { widget: { source: 'manual' } } }, undefined],
    [
      'does not hold its end',
      { from: day('2026-11-23'), to: '2026-11-23T09:00:00-05:00', expect: { widget: { mode: 'offline' } } },
      undefined,
    ],
    [
      'of one instant more does',
      { from: day('2026-11-23'), to: '2026-11-23T09:00:00.001-05:00', expect: { widget: { mode: 'offline' } } },
      { at: '2026-11-23T09:00:00.000-05:00', until: '2026-11-23T09:00:00.001-05:00', moreStretches: 0 },
    ],
    [
      'is held in some hours only',
      {
        ...MONDAY,
        during: { days: 'mon', hours: ['09:00-12:00', '13:00-17:00'] },
        expect: { widget: { mode: 'online' } },
      },
      undefined,
    ],
    [
      'begins and ends with these hours, in their zone',
      {
        from: day('2026-11-21'),
        to: day('2026-11-28'),
        during: { days: 'mon-fri', hours: '08:00-12:00', timeZone: 'America/New_York' },
        expect: { widget: { mode: 'online' } },
      },
      { at: '2026-11-23T08:00:00.000-05:00', until: '2026-11-23T09:00:00.000-05:00', moreStretches: 4 },
    ],
    [
      'never has both, which it has one at a time',
      { ...MONDAY, never: { widget: { mode: 'online' }, agents: { none: { status: 'available' } } } },
      undefined,
    ],
    [
      'tells a reason that begins at midnight, when nothing opens or closes',
      { from: day('2026-12-25'), to: day('2026-12-28'), expect: { reasons: { some: { code: 'hours.exception' } } } },
      { at: '2026-12-27T00:00:00.000-05:00', until: '2026-12-28T00:00:00.000-05:00', moreStretches: 0 },
    ],
  ])('%s', (_, scenario, failure) => {
    const { answer, mistakes } = ask(scenario)
    expect(mistakes).toBeUndefined()
    expect(answer).toMatchObject(failure ? { holds: false, failure } : { holds: true })
  })

  test('tells words that change at midnight, as a time comes near', () => {
    const document = documentOf({ hours: { weekly: { mon: '09:00-17:00' } } })
    const range = { from: '2026-11-23T18:00:00-05:00', to: day('2026-11-25') }
    const { answer } = ask(
      { ...range, never: { reasons: { some: { text: { contains: 'opens Mon 09:00' } } } } },
      document,
    )
    expect(answer).toMatchObject({ failure: { at: '2026-11-24T00:00:00.000-05:00', moreStretches: 0 } })
  })

  test('of a century of office hours is held at every change of it', () => {
    const { answer } = ask({ from: day('2026-01-01'), to: day('2126-01-01'), expect: { widget: { visible: true } } })
    expect(answer).toMatchObject({ holds: true })
    expect(answer!.instants).toBeGreaterThan(50_000)
  })

  test('sees a change ahead from when questions look so far ahead', () => {
    // Nobody is on duty before March: the sign opens for the first time then.
    const document = documentOf({
      widget: { autoOffline: true },
      hours: { weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((one) => [one, '09:00-17:00'])) },
      agents: people('1').map(({ status, ...agent }: { status?: string }) => agent),
      duty: {
        shifts: [
          { id: 's', days: 'all', hours: '00:00-24:00', rotate: { agents: ['1'], every: 'week', from: '2027-06-07' } },
        ],
      },
    })
    const range = { from: '2026-11-23T00:00:00-05:00', to: '2027-06-07T00:00:00-04:00' }
    const { answer } = ask({ ...range, expect: { widget: { nextChange: null } } }, document)
    expect(answer).toMatchObject({
      holds: false,
      failure: { until: '2027-06-07T00:00:00.000-04:00', moreStretches: 0 },
    })
    const opens = ask({ ...range, to: '2027-06-12T00:00:00-04:00', never: { widget: { mode: 'online' } } }, document)
    expect(opens.answer).toMatchObject({ failure: { at: '2027-06-07T09:00:00.000-04:00', moreStretches: 4 } })
  })
})

describe('what differs', () => {
  test.each<readonly [title: string, scenario: Omit<Scenario, 'name'>, differences: readonly object[]]>([
    [
      'only what does',
      { at: NOON, expect: { widget: { mode: 'offline', visible: true }, routing: { rule: { not: 'default' } } } },
      [
        { path: 'widget.mode', expected: 'offline', actual: 'online' },
        { path: 'routing.rule', expected: { not: 'default' }, actual: 'default' },
      ],
    ],
    [
      'what is there instead of nothing',
      { at: EVENING, expect: { visitor: { offlineNotice: null } } },
      [{ path: 'visitor.offlineNotice', expected: null, actual: { backAt: '2026-11-24T09:00:00.000-05:00' } }],
    ],
    [
      'nothing instead of something',
      { at: EVENING, route: 'account-owner', expect: { routing: { assignee: 'Sam' } } },
      [{ path: 'routing.assignee', expected: 'Sam', actual: null }],
    ],
    [
      'of a list, the items that tell',
      { at: NOON, expect: { agents: { every: { status: 'available' } } } },
      [
        {
          path: 'agents',
          expected: { every: { status: 'available' } },
          actual: [{ id: '2', name: 'Ana Flores', status: 'away' }],
        },
      ],
    ],
    [
      'of items in order, the one that differs',
      { at: NOON, expect: { visitor: { greeting: { faces: ['Sam', 'Ana'] } } } },
      [{ path: 'visitor.greeting.faces[1]', expected: 'Ana', actual: '4' }],
    ],
    [
      'of what must never be, all that is so',
      { at: NOON, never: { widget: { mode: 'online' }, routing: { assignee: { exists: true } } } },
      [
        { path: 'widget.mode', never: 'online', actual: 'online' },
        { path: 'routing.assignee', never: { exists: true }, actual: '1' },
      ],
    ],
  ])('%s', (_, scenario, differences) => {
    expect(ask(scenario).answer?.failure?.differences).toEqual(differences)
  })

  test('comes with the reasons of the decision', () => {
    const { answer } = ask({ at: NOON, expect: { widget: { mode: 'offline' } } })
    expect(answer?.failure?.reasons.map(({ code }) => code)).toContain('hours.open')
  })
})

describe('what is not in the workspace is a mistake', () => {
  test.each<
    readonly [
      title: string,
      scenario: Omit<Scenario, 'name'>,
      path: readonly (string | number)[],
      message: string,
      hint: string,
    ]
  >([
    [
      'an agent',
      { at: NOON, never: { routing: { assignee: { in: ['Sma Reed'] } } } },
      ['never', 'routing', 'assignee'],
      '"Sma Reed" is not an agent of this workspace',
      'did you mean "Sam Reed"?',
    ],
    [
      'a rule',
      { at: NOON, never: { routing: { rule: 'enterprise-' } } },
      ['never', 'routing', 'rule'],
      '"enterprise-" is not a rule of this workspace',
      'did you mean "enterprise"?',
    ],
    [
      'a playbook',
      { at: NOON, expect: { visitor: { proactive: { playbook: 'leedbot' } } } },
      ['expect', 'visitor', 'proactive', 'playbook'],
      '"leedbot" is not a playbook of this workspace',
      'did you mean "leadbot"?',
    ],
    [
      'a team',
      { at: NOON, expect: { teams: { some: { id: 'slaes' } } } },
      ['expect', 'teams', 'some', 'id'],
      '"slaes" is not a team of this workspace',
      'did you mean "sales"?',
    ],
    [
      'an agent that is supposed to be away',
      { at: NOON, assume: { agents: { Bob: 'away' } }, expect: { widget: { mode: 'online' } } },
      ['assume'],
      '"Bob" is not an agent of this workspace',
      'agents: Sam Reed, Ana Flores, Kofi Mensah, Lena Vogt, LeadBot',
    ],
    [
      'a target',
      { at: NOON, route: 'team:slaes', expect: { widget: { mode: 'online' } } },
      [],
      '"slaes" is not a team of this workspace',
      'did you mean "sales"?',
    ],
  ])('%s', (_, scenario, path, message, hint) => {
    const { answer, mistakes } = ask(scenario)
    expect(answer).toBeUndefined()
    expect(mistakes).toEqual([
      {
        path: ['scenarios', 0, ...path],
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      },
    ])
  })

  test('and every one of them is told', () => {
    const scenarios = ['Sma', 'Ana', 'Kofo'].map((assignee) => ({
      name: assignee,
      at: NOON,
      assume: { agents: { Lina: 'away' as const } },
      expect: { routing: { assignee } },
    }))
    const { mistakes } = check(ACME, { scenarios, now: NOW })
    expect(mistakes?.map(({ path }) => path.join('.'))).toEqual([
      'scenarios.0.expect.routing.assignee',
      'scenarios.2.expect.routing.assignee',
      'scenarios.0.assume',
    ])
  })
})

describe('one call asks about so much', () => {
  const scenario = { name: 'it', at: NOON, expect: { widget: { mode: 'online' } } }
  const century = { ...scenario, at: undefined, from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' }

  test.each([
    ['instants', { scenarios: [century], maxInstants: 1000 }, 'about more than 1000 instants'],
    [
      'suppositions',
      { scenarios: [scenario, { ...scenario, assume: { autoOffline: false } }], maxAssumptions: 1 },
      'more than 1 suppositions that differ',
    ],
  ])('%s', (_, request, message) => {
    const asking = () => check(ACME, { ...request, now: NOW } as Parameters<typeof check>[1])
    expect(asking).toThrow(DriftStatusError)
    expect(asking).toThrow(message)
  })
})
