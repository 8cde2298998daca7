import { describe, expect, test } from 'vitest'
import { type Assumptions, assume, findAgent } from '../../../src/domain/questions/assume.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { documentOf, OPEN, people } from '../workspace-builder.js'

const NAMED = documentOf({
  agents: [
    { id: '1', name: 'Sam Reed', email: 'sam@acme.example', status: 'available' },
    {
      id: '2',
      name: 'Ana Flores',
      email: 'ana@acme.example',
      status: 'away',
      until: '2026-11-23T13:00:00-05:00',
      note: 'lunch',
    },
    { id: '3', name: 'Sam Adams', email: '1' },
    { id: '4' },
  ],
})

const found: readonly (readonly [name: string, by: string, id: string])[] = [
  ['2', 'an id', '2'],
  ['1', "an id that is another's email", '1'],
  ['ana@acme.example', 'an email', '2'],
  ['Ana Flores', 'a name', '2'],
  ['ana flores', 'a name in any case', '2'],
  ['Ana', 'a first name that one has', '2'],
  ['SAM REED', 'a full name where two share the first', '1'],
]

describe('finding an agent', () => {
  for (const [name, by, id] of found) {
    test(`"${name}" is found by ${by}`, () => {
      expect(findAgent(NAMED, name).id).toBe(id)
    })
  }

  const refused: readonly (readonly [name: string, message: string, hint: string])[] = [
    ['Sam', '"Sam" names more than one agent: Sam Reed (id 1) and Sam Adams (id 3)', 'name the agent by id or email'],
    ['Anna', '"Anna" is not an agent of this workspace', 'did you mean "ana"?'],
    ['ana@acme.exmaple', '"ana@acme.exmaple" is not an agent of this workspace', 'did you mean "ana@acme.example"?'],
    [
      'somebody else',
      '"somebody else" is not an agent of this workspace',
      'agents: Sam Reed, Ana Flores, Sam Adams, 4',
    ],
    ['', '"" is not an agent of this workspace', 'agents: Sam Reed, Ana Flores, Sam Adams, 4'],
  ]

  for (const [name, message, hint] of refused) {
    test(`"${name}" is refused: ${hint}`, () => {
      expect(() => findAgent(NAMED, name)).toThrow(expect.objectContaining({ code: 'invalid-input', message, hint }))
    })
  }

  test('a workspace without agents has nobody to suggest', () => {
    const message = '"1" is not an agent of this workspace'
    const error = expect.objectContaining({ message, hint: 'agents: none' })
    expect(() => findAgent(documentOf({ agents: [] }), '1')).toThrow(error)
  })
})

describe('assumptions', () => {
  test('an assumed status replaces status, end and note, of that agent alone', () => {
    const { agents } = assume(NAMED, { agents: { ana: 'available', '4': 'away' } })
    expect(agents[1]).toEqual({
      id: '2',
      name: 'Ana Flores',
      email: 'ana@acme.example',
      role: 'agent',
      status: 'available',
    })
    expect(agents[3]).toEqual({ id: '4', role: 'agent', status: 'away' })
    expect([agents[0], agents[2]]).toEqual([NAMED.agents[0], NAMED.agents[2]])
  })

  test('nothing assumed changes nothing', () => {
    const document = documentOf({ widget: { mode: 'online', autoOffline: true, override: { mode: 'offline' } } })
    expect(assume(document, {})).toEqual(document)
  })

  test('the document itself is left as it is', () => {
    const document = documentOf({ widget: { override: { mode: 'offline' } } })
    const before = structuredClone(document)
    assume(document, { mode: 'online', autoOffline: true, agents: { '1': 'away' } })
    expect(document).toEqual(before)
  })

  const modes: readonly { title: string; widget: object; assumptions: Assumptions; mode: string; source: string }[] = [
    {
      title: 'R8: an assumed mode replaces the policy',
      widget: {},
      assumptions: { mode: 'offline' },
      mode: 'offline',
      source: 'manual',
    },
    {
      title: 'R8: an assumed mode replaces an override',
      widget: { override: { mode: 'offline' } },
      assumptions: { mode: 'automatic' },
      mode: 'online',
      source: 'hours',
    },
    {
      title: 'R8: without an assumed mode the override stays',
      widget: { override: { mode: 'offline' } },
      assumptions: { autoOffline: true },
      mode: 'offline',
      source: 'override',
    },
    {
      title: 'R9: an assumed status may close the widget',
      widget: { autoOffline: true },
      assumptions: { agents: { '1': 'away' } },
      mode: 'offline',
      source: 'auto-offline',
    },
    {
      title: 'R9: auto-offline assumed on acts',
      widget: {},
      assumptions: { autoOffline: true, agents: { '1': 'away' } },
      mode: 'offline',
      source: 'auto-offline',
    },
    {
      title: 'R9: auto-offline assumed off does not act',
      widget: { autoOffline: true },
      assumptions: { autoOffline: false, agents: { '1': 'away' } },
      mode: 'online',
      source: 'hours',
    },
  ]

  for (const { title, widget, assumptions, mode, source } of modes) {
    test(title, () => {
      expect(simulate(documentOf({ widget }), { at: OPEN, assumptions }).widget).toMatchObject({ mode, source })
    })
  }

  test('R20: an assumed status decides who is routed', () => {
    const document = documentOf({ agents: people('1', '2 away') })
    const { routing } = simulate(document, {
      at: OPEN,
      route: 'round-robin:1,2',
      assumptions: { agents: { '1': 'away', '2': 'available' } },
    })
    expect(routing.assignee).toBe('2')
  })
})
