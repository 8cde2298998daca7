import { describe, expect, test } from 'vitest'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { simulateTimeline } from '../../../src/domain/questions/simulate-timeline.js'
import { DAY_MS } from '../../../src/domain/time/calendar-date.js'
import { CLOSED, documentOf, OPEN, people } from '../workspace-builder.js'

const WIDGET = { autoOffline: true }
const NOBODY = people('1 away', '2 away')
const local = (text: string) => `2026-11-${text}:00.000-05:00`

const answers: readonly { title: string; parts: object; at: number; promised?: string; nextHidden?: object }[] = [
  {
    title: 'in open hours with everyone away, and the closing that nobody will see',
    parts: { widget: WIDGET, agents: NOBODY },
    at: OPEN,
    promised: 'online',
    nextHidden: { at: local('23T17:00'), mode: 'offline', source: 'hours' },
  },
  {
    title: 'while closed, the opening that nobody will see',
    parts: { widget: WIDGET, agents: NOBODY },
    at: CLOSED,
    nextHidden: { at: local('24T09:00'), mode: 'online', source: 'hours' },
  },
  { title: 'nothing, with somebody available', parts: { widget: WIDGET }, at: OPEN },
  { title: 'nothing, with auto-offline off', parts: { agents: NOBODY }, at: OPEN },
  {
    title: 'nothing, where somebody is back in time',
    parts: { widget: WIDGET, agents: [{ id: '1', status: 'away', until: local('24T08:00') }] },
    at: CLOSED,
  },
  {
    title: 'an opening before the first of the duty',
    parts: {
      widget: WIDGET,
      agents: [{ id: '1' }],
      duty: { shifts: [{ id: 'late', days: 'mon-fri', hours: '10:00-17:00', agents: ['1'] }] },
    },
    at: CLOSED,
    nextHidden: { at: local('24T09:00'), mode: 'online', source: 'hours' },
  },
  {
    title: 'a mode by hand that is planned',
    parts: {
      widget: { ...WIDGET, planned: [{ mode: 'online', from: local('23T23:00'), until: local('24T01:00') }] },
      agents: NOBODY,
    },
    at: CLOSED,
    nextHidden: { at: local('23T23:00'), mode: 'online', source: 'override' },
  },
  {
    title: 'by hand there is no next change',
    parts: { widget: { ...WIDGET, mode: 'online' }, agents: NOBODY },
    at: OPEN,
    promised: 'online',
  },
]

describe('R36: simulate says what the policy would show where auto-offline hides it', () => {
  test.each(answers)('R36: $title', ({ parts, at, promised, nextHidden }) => {
    const { widget } = simulate(documentOf(parts), { at })
    expect({ promised: widget.promised, nextHidden: widget.nextHidden }).toEqual({ promised, nextHidden })
    if (promised) expect(widget).toMatchObject({ mode: 'offline', source: 'auto-offline' })
  })

  test('R36: --next lists the changes that are hidden beside those that are seen', () => {
    const duty = { shifts: [{ id: 'tue', days: 'tue', hours: '10:00-12:00', agents: ['1'] }] }
    const { next, hidden } = simulate(documentOf({ widget: WIDGET, agents: [{ id: '1' }], duty }), {
      at: CLOSED,
      next: 3,
    })
    expect(next!.slice(0, 2)).toEqual([
      { at: local('24T10:00'), mode: 'online' },
      { at: local('24T12:00'), mode: 'offline' },
    ])
    expect(hidden).toEqual([
      { at: local('24T09:00'), mode: 'online', source: 'hours' },
      { at: local('24T17:00'), mode: 'offline', source: 'hours' },
      { at: local('25T09:00'), mode: 'online', source: 'hours' },
    ])
    expect(simulate(documentOf(), { at: CLOSED, next: 3 }).hidden).toBeUndefined()
  })

  test('R36: in a timeline a change that is hidden is one of its own', () => {
    const document = documentOf({ widget: WIDGET, agents: NOBODY })
    const { changes } = simulateTimeline(document, { from: CLOSED, to: CLOSED + DAY_MS })
    expect(changes.map(({ at, mode, promised }) => [at, mode, promised])).toEqual([
      [local('23T22:00'), 'offline', undefined],
      [local('24T09:00'), 'offline', 'online'],
      [local('24T17:00'), 'offline', undefined],
    ])
  })
})
