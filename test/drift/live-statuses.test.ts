import { expect, test } from 'vitest'
import { questionsOf } from '../../src/api/workspace-file.js'
import { liveStatuses } from '../../src/drift/live-statuses.js'
import { documentOf, OPEN } from '../domain/workspace-builder.js'

const DOCUMENT = documentOf({
  widget: { autoOffline: true },
  agents: [
    { id: '1', email: 'Sam@acme.example', status: 'available' },
    { id: '2', status: 'available' },
    { id: '3', email: 'kim@acme.example', status: 'away' },
    { id: '4', status: 'away' },
  ],
})

test('a document takes the statuses of an account, by email, else by id', () => {
  const live = [
    { id: '900', role: 'agent', email: 'sam@ACME.example', status: 'away' },
    { id: '1', role: 'agent', email: 'other@acme.example', status: 'available' },
    { id: '2', role: 'agent', email: 'lena@acme.example', status: 'away' },
    { id: '3', role: 'agent', status: 'available' },
  ] as const
  expect(liveStatuses(DOCUMENT.agents, live)).toEqual({ agents: { '1': 'away', '2': 'away' }, unmatched: ['3', '4'] })
})

test('R9: everyone away in the account turns the document’s widget offline', () => {
  const away = DOCUMENT.agents.map(({ id, email, role }) => ({
    id,
    role,
    ...(email && { email }),
    status: 'away' as const,
  }))
  const { agents } = liveStatuses(DOCUMENT.agents, away)
  const workspace = questionsOf(DOCUMENT)
  expect(workspace.simulate({ at: OPEN }).widget.mode).toBe('online')
  expect(workspace.simulate({ at: OPEN, assumptions: { agents } }).widget).toMatchObject({
    mode: 'offline',
    source: 'auto-offline',
  })
})
