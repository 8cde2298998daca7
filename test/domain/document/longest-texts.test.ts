import { expect, test } from 'vitest'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { problemsOf } from './problems-of.js'

/** Where each text is, how long it may be, and a document that holds it there. */
const TEXTS: readonly (readonly [path: string, maxLength: number, more: (text: string) => object])[] = [
  ['name', 500, (name) => ({ name })],
  ['agents[0].name', 500, (name) => ({ agents: [{ id: '1', name }] })],
  ['agents[0].email', 320, (email) => ({ agents: [{ id: '1', email }] })],
  ['agents[0].id', 320, (id) => ({ agents: [{ id }] })],
  ['agents[0].avatar', 2000, (avatar) => ({ agents: [{ id: '1', avatar }] })],
  ['agents[0].note', 1000, (note) => ({ agents: [{ id: '1', status: 'away', note }] })],
  [
    'agents[0].afterwards[0].note',
    1000,
    (note) => ({
      agents: [{ id: '1', status: 'away', until: '2026-11-25T00:00:00Z', afterwards: [{ status: 'away', note }] }],
    }),
  ],
  ['teams[0].name', 500, (name) => ({ teams: [{ id: 't', name, members: [] }] })],
  ['routing.rules[0].name', 500, (name) => ({ routing: { rules: [{ id: 'r', name, to: 'account-owner' }] } })],
  ['playbooks[0].name', 500, (name) => ({ playbooks: [{ id: 'p', name }] })],
  ['playbooks[0].message', 10_000, (message) => ({ playbooks: [{ id: 'p', message }] })],
  ['playbooks[0].target.url[0]', 2000, (url) => ({ playbooks: [{ id: 'p', target: { url: [`/${url.slice(1)}`] } }] })],
  ['greeting.online', 10_000, (online) => ({ greeting: { online } })],
  [
    'hours.exceptions[0].name',
    500,
    (name) => ({ hours: { exceptions: [{ date: '2026-12-24', name, hours: 'closed' }] } }),
  ],
]

test.each(TEXTS)('%s has at most %i characters', (path, maxLength, more) => {
  const documentOf = (length: number) => JSON.stringify({ version: 1, timeZone: 'UTC', ...more('n'.repeat(length)) })
  expect(() => parseWorkspace(documentOf(maxLength), 'w.json')).not.toThrow()
  expect(problemsOf(documentOf(maxLength + 1))).toMatchObject([
    { path, message: `is longer than ${maxLength} characters`, hint: `it has ${maxLength + 1}: say it in fewer` },
  ])
})
