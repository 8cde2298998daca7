import { expect, test } from 'vitest'
import { withLiveStatuses } from '../../../src/domain/document/live-statuses.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { documentOf, OPEN } from '../workspace-builder.js'

const DOCUMENT = documentOf({
  widget: { autoOffline: true },
  agents: [
    { id: '1', email: 'Sam@acme.example', status: 'available' },
    { id: '2', status: 'away', until: '2026-11-23T18:00:00Z', note: 'lunch' },
    { id: '3', email: 'kim@acme.example', status: 'away' },
    { id: '4', status: 'away' },
  ],
})

test('a document takes the statuses of somewhere else, by email, else by id', () => {
  const { document, unmatched } = withLiveStatuses(DOCUMENT, [
    { id: '900', role: 'agent', email: 'sam@ACME.example', status: 'away', note: 'dentist' },
    { id: '1', role: 'agent', email: 'other@acme.example', status: 'available' },
    { id: '2', role: 'agent', email: 'lena@acme.example', status: 'available' },
    { id: '3', role: 'agent', status: 'available' },
  ])
  const states = document.agents.map(({ id, status, until, note }) => [id, status, until, note])
  expect(states).toEqual([
    ['1', 'away', undefined, 'dentist'],
    ['2', 'available', undefined, undefined],
    ['3', 'away', undefined, undefined],
    ['4', 'away', undefined, undefined],
  ])
  expect(unmatched.map(({ id }) => id)).toEqual(['3', '4'])
})

test('R9: everyone away elsewhere turns the widget of the document offline', () => {
  const away = DOCUMENT.agents.map((agent) => ({ ...agent, status: 'away' as const, until: undefined }))
  expect(simulate(DOCUMENT, { at: OPEN }).widget.mode).toBe('online')
  expect(simulate(withLiveStatuses(DOCUMENT, away).document, { at: OPEN }).widget).toMatchObject({
    mode: 'offline',
    source: 'auto-offline',
  })
})
