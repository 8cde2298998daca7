import { describe, expect, test } from 'vitest'
import { openDocument } from '../../../src/api/workspace-questions.js'
import { askBasis, basisOf } from '../../../src/domain/questions/basis.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { simulateTimeline } from '../../../src/domain/questions/simulate-timeline.js'
import { DAY_MS, HOUR_MS } from '../../../src/domain/time/calendar-date.js'
import { documentOf, OPEN, workspaceOf } from '../workspace-builder.js'

const DUTY = { shifts: [{ id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['1', '2'] }] }
const iso = (hours: number) => new Date(OPEN + hours * HOUR_MS).toISOString()
const timed = (status: string, from: number, until: number) => ({ status, from: iso(from), until: iso(until) })

const bases: readonly { title: string; agents: object[]; duty?: object | undefined; hours?: number; basis: string }[] =
  [
    { title: 'without a duty all are assumed', agents: [{ id: '1' }, { id: '2' }], duty: undefined, basis: '0 of 2' },
    { title: 'those whom a shift names follow it', agents: [{ id: '1' }, { id: '2' }, { id: '3' }], basis: '2 of 3' },
    {
      title: 'one whose word is a status of their own is assumed to keep it',
      agents: [
        { id: '1', status: 'away' },
        { id: '2', status: 'available' },
      ],
      basis: '0 of 2',
    },
    {
      title: 'a timed status covers the duty until it ends',
      agents: [{ id: '1', status: 'away', until: iso(2) }, { id: '2' }],
      basis: '1 of 2',
    },
    {
      title: 'and not from its end on',
      agents: [{ id: '1', status: 'away', until: iso(2) }, { id: '2' }],
      hours: 2,
      basis: '2 of 2',
    },
    {
      title: 'a planned absence covers it from its beginning on',
      agents: [{ id: '1', planned: [timed('away', 2, 4)] }, { id: '2' }],
      hours: 3,
      basis: '1 of 2',
    },
    {
      title: 'and not before',
      agents: [{ id: '1', planned: [timed('away', 2, 4)] }, { id: '2' }],
      hours: 1,
      basis: '2 of 2',
    },
    {
      title: 'bots and disabled agents are in neither number',
      agents: [{ id: '1', disabled: true }, { id: '2' }, { id: '3', bot: true }, { id: '4' }],
      basis: '1 of 2',
    },
    {
      title: 'one who follows the duty and is in no shift has nothing to follow',
      agents: [{ id: '1' }, { id: '2' }, { id: '3', status: 'automatic' }],
      basis: '2 of 3',
    },
    { title: 'nobody at all', agents: [], duty: undefined, basis: '0 of 0' },
  ]

describe('R35: how many follow the duty, of how many', () => {
  test.each(bases)('R35: $title', ({ agents, hours = 1, basis, ...parts }) => {
    const duty = 'duty' in parts ? parts.duty : DUTY
    const document = documentOf({ agents, ...(duty && { duty }) })
    const { basis: told } = simulate(document, { at: OPEN + hours * HOUR_MS, now: OPEN })
    expect(`${told!.onDuty} of ${told!.onDuty + told!.assumed}`).toBe(basis)
  })

  test('R35: of a stretch, one who follows the duty at some time of it is as the duty says', () => {
    const agents = [
      { id: '1', status: 'away', until: iso(2) },
      { id: '2', planned: [timed('away', 5, 9)] },
    ]
    const workspace = workspaceOf({ agents, duty: DUTY })
    const stretches = [
      [0, 2, '1'],
      [0, 3, '2'],
      [5, 9, '1'],
      [5, 10, '2'],
    ] as const
    for (const [from, to, onDuty] of stretches) {
      const basis = basisOf(workspace, OPEN + from * HOUR_MS, OPEN + to * HOUR_MS)
      expect(`${basis.onDuty}`, `${from} to ${to}`).toBe(onDuty)
    }
  })

  test('R35: the names of those who are assumed to stay as they are, and how they are', () => {
    const agents = [{ id: '1' }, { id: '2', name: 'Ana', status: 'away' }, { id: '3' }, { id: '4', bot: true }]
    const { people, ...basis } = askBasis(workspaceOf({ agents, duty: DUTY }), OPEN, OPEN + DAY_MS)
    expect(people).toEqual([
      { id: '2', name: 'Ana', status: 'away' },
      { id: '3', name: '3', status: 'available' },
    ])
    expect(basis).toMatchObject({ onDuty: 1, assumed: 2, from: '2026-11-23T12:00:00.000-05:00' })
  })
})

describe('R35: only an answer about the future says its basis', () => {
  const document = documentOf({ agents: [{ id: '1' }, { id: '2' }, { id: '3' }], duty: DUTY })
  const told = { onDuty: 2, assumed: 1 }

  test.each<{ title: string; at: number; now?: number; basis: object | undefined }>([
    { title: 'an instant after now', at: OPEN + 1, now: OPEN, basis: told },
    { title: 'now', at: OPEN, now: OPEN, basis: undefined },
    { title: 'an instant before now', at: OPEN - 1, now: OPEN, basis: undefined },
    { title: 'a document that is asked without a present', at: OPEN, basis: told },
  ])('R35: simulate: $title', ({ at, now, basis }) => {
    expect(simulate(document, { at, now }).basis).toEqual(basis)
  })

  test.each<{ title: string; from: number; to: number; basis: object | undefined }>([
    { title: 'a stretch ahead', from: 1, to: 2, basis: told },
    { title: 'one that has begun', from: -1, to: 1, basis: told },
    { title: 'one that is over', from: -2, to: 0, basis: undefined },
  ])('R35: a timeline: $title', ({ from, to, basis }) => {
    const stretch = { from: OPEN + from * HOUR_MS, to: OPEN + to * HOUR_MS }
    expect(simulateTimeline(document, { ...stretch, now: OPEN }).basis).toEqual(basis)
  })

  test('R35: what has ended before now is not of the future', () => {
    const past = documentOf({ agents: [{ id: '1', planned: [timed('away', 0, 9)] }], duty: DUTY_OF_ONE })
    const stretch = { from: OPEN - HOUR_MS, to: OPEN + 2 * HOUR_MS }
    expect(simulateTimeline(past, { ...stretch, now: OPEN + HOUR_MS }).basis).toEqual({ onDuty: 0, assumed: 1 })
  })

  test('R35: a simulation supposes; who is supposed to be away does not follow the duty', () => {
    const assumptions = { agents: { '1': 'away' } } as const
    expect(simulate(document, { at: OPEN + 1, now: OPEN, assumptions }).basis).toEqual({ onDuty: 1, assumed: 2 })
    const questions = openDocument(Buffer.from(JSON.stringify(document)), 'acme.json')
    expect(questions.basis(OPEN, OPEN + 1, assumptions)).toMatchObject({ onDuty: 1, assumed: 2 })
  })
})

const DUTY_OF_ONE = { shifts: [{ ...DUTY.shifts[0], agents: ['1'] }] }
