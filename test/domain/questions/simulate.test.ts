import { describe, expect, test } from 'vitest'
import { type SimulateRequest, simulate } from '../../../src/domain/questions/simulate.js'
import { simulateTimeline } from '../../../src/domain/questions/simulate-timeline.js'
import { routingOf } from '../decision/routing/routing-of.js'
import { CLOSED, documentOf, OPEN, people } from '../workspace-builder.js'

const TUESDAY = '2026-11-24T09:00:00.000-05:00'
const ROUND_ROBIN = { agents: people('1', '2', '3'), routing: { default: { to: { 'round-robin': ['1', '2', '3'] } } } }

describe('R23: a simulation never moves a cursor', () => {
  const cursors: readonly { title: string; request: Partial<SimulateRequest>; cursor: string | null }[] = [
    { title: 'without one', request: {}, cursor: null },
    { title: 'by id', request: { after: '2' }, cursor: '2' },
    { title: 'by email, as the id', request: { after: 'sam@acme.example' }, cursor: '7' },
    { title: 'by name, as the id', request: { after: 'Sam' }, cursor: '7' },
    { title: 'of an agent who left', request: { after: '99' }, cursor: '99' },
    { title: 'in front of a sequence, not behind it', request: { after: '2', sequence: 5 }, cursor: '2' },
  ]

  for (const { title, request, cursor } of cursors) {
    test(`R23: the answer prints the cursor it assumed: ${title}`, () => {
      const agents = [...people('1', '2'), { id: '7', name: 'Sam Reed', email: 'sam@acme.example' }]
      expect(
        simulate(documentOf({ ...ROUND_ROBIN, agents: [...agents, ...people('3')] }), { at: OPEN, ...request }).routing
          .cursor,
      ).toBe(cursor)
    })
  }

  test('R23: asking again gives the same turn, also after a sequence', () => {
    const document = documentOf(ROUND_ROBIN)
    const before = structuredClone(document)
    const first = simulate(document, { at: OPEN, after: '1', sequence: 4 })
    expect(simulate(document, { at: OPEN, after: '1', sequence: 4 })).toEqual(first)
    expect(document).toEqual(before)
    expect(first.routing.assignee).toBe('2')
    expect(first.sequence?.map(({ assignee }) => assignee)).toEqual(['2', '3', '1', '2'])
  })

  test('R23: an email of nobody is no cursor', () => {
    const error = expect.objectContaining({ message: '"sma@acme.example" is not an agent of this workspace' })
    expect(() => routingOf(ROUND_ROBIN, { after: 'sma@acme.example' })).toThrow(error)
  })
})

const notices: readonly { title: string; parts?: object; request: Partial<SimulateRequest>; notice: object | null }[] =
  [
    { title: 'none while online', request: { at: OPEN }, notice: null },
    { title: 'the next online instant, in the workspace zone', request: { at: CLOSED }, notice: { backAt: TUESDAY } },
    {
      title: "in the visitor's zone when given",
      request: { at: CLOSED, visitor: { timeZone: 'Europe/Berlin' } },
      notice: { backAt: '2026-11-24T15:00:00.000+01:00' },
    },
    {
      title: 'in UTC for a visitor there',
      request: { at: CLOSED, visitor: { timeZone: 'UTC' } },
      notice: { backAt: '2026-11-24T14:00:00.000Z' },
    },
    {
      title: 'none while the widget is hidden by mode',
      parts: { widget: { display: 'online-only' } },
      request: { at: CLOSED },
      notice: null,
    },
    {
      title: 'none while it is hidden',
      parts: { widget: { display: 'hidden' } },
      request: { at: CLOSED },
      notice: null,
    },
    {
      title: 'without an instant when nobody knows',
      parts: { widget: { mode: 'offline' } },
      request: { at: OPEN },
      notice: { backAt: null },
    },
    {
      title: 'the end of an override to offline',
      parts: { widget: { override: { mode: 'offline', until: '2026-11-23T15:00:00-05:00' } } },
      request: { at: OPEN },
      notice: { backAt: '2026-11-23T15:00:00.000-05:00' },
    },
    {
      title: 'the opening after an override that ends while closed',
      parts: { widget: { override: { mode: 'offline', until: '2026-11-23T20:00:00-05:00' } } },
      request: { at: OPEN },
      notice: { backAt: TUESDAY },
    },
    {
      title: 'the opening after an exception',
      parts: {
        hours: {
          weekly: { mon: '09:00-17:00', tue: '09:00-17:00' },
          exceptions: [{ date: '2026-11-24', hours: '14:00-15:00' }],
        },
      },
      request: { at: CLOSED },
      notice: { backAt: '2026-11-24T14:00:00.000-05:00' },
    },
    {
      title: 'when the first agent is back, with auto-offline',
      parts: {
        widget: { autoOffline: true },
        agents: ['14:00', '13:30'].map((time) => ({ id: time, status: 'away', until: `2026-11-23T${time}:00-05:00` })),
      },
      request: { at: OPEN },
      notice: { backAt: '2026-11-23T13:30:00.000-05:00' },
    },
    {
      title: 'the opening after somebody is back outside business hours',
      parts: {
        widget: { autoOffline: true },
        agents: [{ id: '1', status: 'away', until: '2026-11-23T23:00:00-05:00' }],
      },
      request: { at: OPEN },
      notice: { backAt: TUESDAY },
    },
    {
      title: 'without an instant while everyone is away for good, with auto-offline',
      parts: { widget: { autoOffline: true }, agents: people('1 away') },
      request: { at: OPEN },
      notice: { backAt: null },
    },
  ]

for (const { title, parts, request, notice } of notices) {
  test(`R28: the offline notice: ${title}`, () => {
    expect(simulate(documentOf(parts), { at: OPEN, ...request }).visitor.offlineNotice).toEqual(notice)
  })
}

test("R28: a visitor's zone that does not exist is refused (R6)", () => {
  const error = expect.objectContaining({ rule: 'R6', hint: 'did you mean "Europe/Berlin"?' })
  expect(() => simulate(documentOf(), { at: OPEN, visitor: { timeZone: 'Europe/Berln' } })).toThrow(error)
})

const links: readonly { title: string; display: string; at: number; text: string }[] = [
  {
    title: 'a hidden widget',
    display: 'hidden',
    at: OPEN,
    text: 'The widget is hidden (display: hidden); a link that opens the chat still works.',
  },
  {
    title: 'a widget hidden outside business hours',
    display: 'online-only',
    at: CLOSED,
    text: 'The widget is hidden while offline (display: online-only); a link that opens the chat still works.',
  },
]

for (const { title, display, at, text } of links) {
  test(`R30: a link opens ${title}: greeting and routing are answered all the same`, () => {
    const answer = simulate(documentOf({ ...ROUND_ROBIN, widget: { display } }), { at })
    expect(answer.reasons.map((reason) => reason.text)).toContain(text)
    expect(answer.visitor.greeting.message).not.toBe('')
    expect(answer.routing.assignee).toBe('1')
  })
}

describe('the next changes', () => {
  const times = (next: number, parts: object = {}) =>
    simulate(documentOf(parts), { at: OPEN, next }).next?.map(({ at, mode }) => `${at.slice(0, 16)} ${mode}`)

  test('R8: are listed in order, as many as asked for', () => {
    expect(times(3)).toEqual(['2026-11-23T17:00 offline', '2026-11-24T09:00 online', '2026-11-24T17:00 offline'])
    expect([times(0), times(1)]).toEqual([[], ['2026-11-23T17:00 offline']])
  })

  test('R8: end where the mode never changes again', () => {
    const widget = { mode: 'online', override: { mode: 'offline', until: '2026-11-23T13:00:00-05:00' } }
    expect(times(5, { widget })).toEqual(['2026-11-23T13:00 online'])
  })
})

describe('hours with a zone of their own', () => {
  const hours = { timeZone: 'Europe/Berlin', weekly: { mon: '09:00-17:00' } }
  // Monday 23 November 2026: 09:00 in Berlin is 03:00 in New York.
  const instants: readonly (readonly [at: string, mode: string])[] = [
    ['2026-11-23T02:59-05:00', 'offline'],
    ['2026-11-23T03:00-05:00', 'online'],
    ['2026-11-23T10:59-05:00', 'online'],
    ['2026-11-23T11:00-05:00', 'offline'],
  ]

  for (const [at, mode] of instants) {
    test(`R8: the mode follows the zone of the hours: ${mode} at ${at}`, () => {
      expect(simulate(documentOf({ hours }), { at: Date.parse(at) }).widget.mode).toBe(mode)
    })
  }

  test('R8: times are told in the zone of the workspace, the reason names that of the hours', () => {
    const { at, timeZone, reasons } = simulate(documentOf({ hours }), { at: Date.parse('2026-11-23T03:00-05:00') })
    expect({ at, timeZone }).toEqual({ at: '2026-11-23T03:00:00.000-05:00', timeZone: 'America/New_York' })
    const text = 'Open since Mon 09:00 (hours in Europe/Berlin); closes Mon 17:00.'
    expect(reasons).toContainEqual({ rule: 'R8', code: 'hours.open', text })
  })
})

test('a timeline of more changes than one answer can hold is refused', () => {
  const halfHours = Array.from(
    { length: 24 },
    (_, hour) => `${String(hour).padStart(2, '0')}:00-${String(hour).padStart(2, '0')}:30`,
  )
  const weekly = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, halfHours]))
  const request = { from: Date.parse('1900-01-02'), to: Date.parse('2199-12-30') }
  expect(() => simulateTimeline(documentOf({ hours: { weekly } }), request)).toThrow(
    'more than 500000 changes in that time',
  )
})
