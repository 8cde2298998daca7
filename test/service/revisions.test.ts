import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import type { ChangeAnswer, WriteAnswer, WriteOptions } from '../../src/api/contract/operation.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const PARTS = {
  name: 'Acme',
  agents: [
    { ...people('1')[0], role: 'admin' },
    ...people('2 away'),
    { id: '3', email: 'kofi@acme.example', name: 'Kofi', status: 'available' },
  ],
  teams: [{ id: 'sales', members: ['1'] }],
  playbooks: [{ id: 'hello', type: 'welcome', when: 'online', enabled: true, message: 'Hello' }],
  routing: { rules: ['a', 'b', 'c'].map((id) => ({ id, to: { agent: '1' } })) },
}
const RULES = PARTS.routing.rules
const UNTIL = new Date(OPEN + 3_600_000).toISOString()

type Write = (client: Client, options?: WriteOptions) => Promise<WriteAnswer>

/** Every kind of write and the changes that it makes. */
const WRITES: readonly { title: string; write: Write; changes: readonly ChangeAnswer[] }[] = [
  {
    title: 'the mode',
    write: (client, options) => client.putWidget({ mode: 'offline' }, options),
    changes: [{ path: 'widget.mode', before: 'automatic', after: 'offline' }],
  },
  {
    title: 'an override and the display at once',
    write: (client, options) =>
      client.putWidget({ override: { mode: 'offline', until: UNTIL }, display: 'hidden' }, options),
    changes: [
      { path: 'widget.display', before: 'always', after: 'hidden' },
      { path: 'widget.override', after: { mode: 'offline', until: UNTIL } },
    ],
  },
  {
    title: 'auto-offline',
    write: (client, options) => client.putAutoOffline({ enabled: true }, options),
    changes: [{ path: 'widget.autoOffline', before: false, after: true }],
  },
  {
    title: 'the hours',
    write: (client, options) =>
      client.putHours({ hours: { weekly: { mon: '10:00-11:00' }, exceptions: [], timeZone: 'UTC' } }, options),
    changes: [
      { path: 'hours.weekly.mon', before: '09:00-17:00', after: '10:00-11:00' },
      ...['tue', 'wed', 'thu', 'fri'].map((day) => ({ path: `hours.weekly.${day}`, before: '09:00-17:00' })),
      { path: 'hours.timeZone', after: 'UTC' },
    ],
  },
  {
    title: 'an exception',
    write: (client, options) => client.putException({ date: '2026-12-24', name: 'Eve', hours: 'closed' }, options),
    changes: [{ path: 'hours.exceptions[2026-12-24]', after: { date: '2026-12-24', name: 'Eve', hours: 'closed' } }],
  },
  {
    title: 'a status with an end and a note',
    write: (client, options) => client.putStatus({ id: '1', status: 'away', until: UNTIL, note: 'lunch' }, options),
    changes: [
      { path: 'agents[1].status', before: 'available', after: 'away' },
      { path: 'agents[1].until', after: UNTIL },
      { path: 'agents[1].note', after: 'lunch' },
    ],
  },
  {
    title: 'settings of an agent',
    write: (client, options) =>
      client.patchAgent({ id: '3', settings: { name: 'Kofi M', email: null, role: 'admin' } }, options),
    changes: [
      { path: 'agents[3].email', before: 'kofi@acme.example' },
      { path: 'agents[3].name', before: 'Kofi', after: 'Kofi M' },
      { path: 'agents[3].role', before: 'agent', after: 'admin' },
    ],
  },
  {
    title: 'a new agent',
    write: (client, options) => client.addAgent({ agent: { id: '12', role: 'agent', name: 'Mia' } }, options),
    changes: [{ path: 'agents[12]', after: { id: '12', role: 'agent', name: 'Mia', status: 'available' } }],
  },
  {
    title: 'an agent who goes',
    write: (client, options) => client.deleteAgent({ id: 'Kofi' }, options),
    changes: [
      {
        path: 'agents[3]',
        before: { id: '3', email: 'kofi@acme.example', name: 'Kofi', role: 'agent', status: 'available' },
      },
    ],
  },
  {
    title: 'a team',
    write: (client, options) => client.putTeams({ teams: [{ id: 'sales', members: ['1', '2'] }] }, options),
    changes: [{ path: 'teams[sales].members', before: ['1'], after: ['1', '2'] }],
  },
  {
    title: 'a playbook',
    write: (client, options) => client.putPlaybooks({ playbooks: [] }, options),
    changes: [{ path: 'playbooks[hello]', before: PARTS.playbooks[0] }],
  },
  {
    title: 'the last rules of the waterfall, removed',
    write: (client, options) => client.putRouting({ routing: { rules: RULES.slice(0, 1) } }, options),
    changes: RULES.slice(1).map((rule) => ({ path: `routing.rules[${rule.id}]`, before: rule })),
  },
  {
    title: 'the order of the waterfall',
    write: (client, options) => client.putRouting({ routing: { rules: RULES.toReversed() } }, options),
    changes: [{ path: 'routing.rules[]', before: ['a', 'b', 'c'], after: ['c', 'b', 'a'] }],
  },
  {
    title: 'a visitor attribute named order',
    write: (client, options) =>
      client.putRouting({ routing: { rules: [{ ...RULES[0]!, when: { order: 'x' } }, ...RULES.slice(1)] } }, options),
    changes: [{ path: 'routing.rules[a].when', after: { order: 'x' } }],
  },
]

const byPath = (changes: readonly ChangeAnswer[]) => changes.toSorted((a, b) => (a.path < b.path ? -1 : 1))

describe.each(WRITES)('writing $title', ({ write, changes }) => {
  test('makes one revision: who, when, why, and each path with what was and is', async () => {
    const { owner, clock } = await liveWorkspace(PARTS)
    clock(OPEN + 1000)
    const answer = await write(owner, { note: 'because' })
    expect(answer).toMatchObject({ workspace: 'Acme', changed: true, revision: 2, dryRun: false })
    const revision = await owner.getRevision({ number: 2 })
    expect({ ...revision, changes: byPath(revision.changes) }).toEqual({
      number: 2,
      at: new Date(OPEN + 1000).toISOString(),
      actor: 'owner',
      note: 'because',
      changes: byPath(changes),
      names: expect.any(Object),
      timeZone: 'America/New_York',
    })
    expect(byPath(answer.changes)).toEqual(byPath(changes))
    expect((await owner.getStatus({})).revision).toBe(2)
  })

  test('a dry run answers the same changes and changes nothing', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const before = await owner.getWorkspace({})
    const rehearsal = await write(owner, { dryRun: true })
    expect(rehearsal).toMatchObject({ changed: true, dryRun: true, preview: expect.any(Array) })
    expect(await owner.getWorkspace({})).toEqual(before)
    expect((await owner.listRevisions({})).revisions).toHaveLength(1)
    const real = await write(owner)
    expect(real.changes).toEqual(rehearsal.changes)
    expect(real.effect).toEqual(rehearsal.effect)
  })

  test('a revert gives back what was, its order included, as a revision of its own', async () => {
    const { owner } = await liveWorkspace(PARTS)
    const before = await owner.getWorkspace({})
    const { revision } = await write(owner)
    expect(await owner.revert({ number: revision })).toMatchObject({ changed: true, revision: 3 })
    expect(await owner.getWorkspace({})).toEqual(before)
    expect(await owner.revert({ number: 3 })).toMatchObject({ changed: true, revision: 4 })
    expect(byPath((await owner.getRevision({ number: 4 })).changes)).toEqual(byPath(changes))
  })
})

describe('a write that changes nothing', () => {
  test.each<{ title: string; write: Write }>([
    { title: 'the mode that is', write: (client) => client.putWidget({ mode: 'automatic' }) },
    { title: 'the status that is', write: (client) => client.putStatus({ id: '2', status: 'away' }) },
    {
      title: 'an end of the status that lasts',
      write: (client) => client.putStatus({ id: '1', status: 'available', until: UNTIL }),
    },
    { title: 'the teams that are', write: (client) => client.putTeams({ teams: PARTS.teams }) },
    {
      title: 'keys in another order',
      write: (client) => client.putTeams({ teams: [{ members: ['1'], id: 'sales' }] }),
    },
    {
      title: 'the document that is',
      write: async (client) => client.putWorkspace({ document: await client.getWorkspace({}) }),
    },
  ])('makes no revision: $title', async ({ write }) => {
    const { owner } = await liveWorkspace(PARTS)
    expect(await write(owner)).toMatchObject({ changed: false, revision: 1, changes: [] })
    expect((await owner.listRevisions({})).revisions).toHaveLength(1)
  })
})
