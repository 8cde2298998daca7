import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import type { WriteAnswer, WriteOptions } from '../../src/api/contract/operation.js'
import { people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

describe('a revert', () => {
  test('of what was changed since is refused, names the later revision, and changes nothing', async () => {
    const { owner } = await liveWorkspace()
    await owner.putWidget({ mode: 'offline', display: 'hidden' })
    await owner.putAutoOffline({ enabled: true })
    await owner.putWidget({ mode: 'online' })
    await expect(owner.revert({ number: 2 })).rejects.toMatchObject({
      code: 'conflict',
      message: 'revision 2 wrote widget.mode, and revision 4 changed it since',
      reason: 'changed-since',
      subject: 'widget.mode',
    })
    expect((await owner.getWidget({})).value).toMatchObject({ mode: 'online', display: 'hidden' })
    expect((await owner.getStatus({})).revision).toBe(4)
  })

  test.each([{ force: false }, { force: true }])(
    'of a removal whose id is now the email of another: %o',
    async (how) => {
      const { owner } = await liveWorkspace({ agents: [...people('1'), { id: 'kofi@acme.example', name: 'Kofi' }] })
      const { revision } = await owner.deleteAgent({ id: 'kofi@acme.example' })
      await owner.addAgent({ agent: { id: '7', email: 'kofi@acme.example', name: 'Other Kofi' } })
      const before = await owner.getWorkspace({})
      await expect(owner.revert({ number: revision, ...how })).rejects.toMatchObject({
        code: 'conflict',
        message: '"kofi@acme.example" is the email of another agent',
        hint: expect.stringContaining('agent 7'),
      })
      expect(await owner.getWorkspace({})).toEqual(before)
    },
  )

  test('of a part of what is gone by now says so, also with force', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2') })
    const { revision: number } = await owner.patchAgent({ id: '2', settings: { name: 'Bo' } })
    await owner.deleteAgent({ id: '2' })
    await expect(owner.revert({ number, force: true })).rejects.toMatchObject({
      code: 'conflict',
      message: 'revision 2 wrote agents[2].name, which cannot be put back alone: id: is missing',
      reason: 'undo-needs-later',
      subject: 'agents[2].name',
    })
  })

  test('of what was changed since is done with force, and nothing else is', async () => {
    const { owner } = await liveWorkspace()
    await owner.putWidget({ mode: 'offline' })
    await owner.putWidget({ mode: 'online', display: 'hidden' })
    const { changes } = await owner.revert({ number: 2, force: true })
    expect(changes).toEqual([{ path: 'widget.mode', before: 'online', after: 'automatic' }])
    expect((await owner.getWidget({})).value.display).toBe('hidden')
  })

  test('leaves later changes of other paths', async () => {
    const { owner } = await liveWorkspace()
    await owner.putException({ date: '2026-12-24', hours: 'closed' })
    await owner.putException({ date: '2026-12-31', hours: 'closed' })
    await owner.revert({ number: 2 })
    expect((await owner.getHours({})).value.exceptions).toEqual([{ date: '2026-12-31', hours: 'closed' }])
  })

  test('of an agent who came is refused while a team names the agent', async () => {
    const { owner } = await liveWorkspace()
    await owner.addAgent({ agent: { id: '12', role: 'agent' } })
    await owner.putTeams({ teams: [{ id: 't', members: ['12'] }] })
    await expect(owner.revert({ number: 2 })).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await owner.getAgent({ id: '12' })).value.id).toBe('12')
  })

  test('of a revision that is undone already changes nothing', async () => {
    const { owner } = await liveWorkspace()
    await owner.putWidget({ mode: 'offline' })
    await owner.putWidget({ mode: 'automatic' })
    expect(await owner.revert({ number: 2, force: true })).toMatchObject({ changed: false, revision: 3 })
  })

  test('of the revision that made the workspace is refused', async () => {
    const { owner } = await liveWorkspace({ name: 'Acme' })
    await expect(owner.revert({ number: 1, force: true })).rejects.toBeInstanceOf(Error)
    expect((await owner.getSettings({})).value.name).toBe('Acme')
  })

  test('of a revision that there is not names the last one', async () => {
    const { owner } = await liveWorkspace()
    await expect(owner.revert({ number: 9 })).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('the last one is 1'),
    })
  })
})

describe('what was read before someone else wrote', () => {
  const AGENTS = [...people('1'), { id: '2', email: 'ana@acme.example' }]
  const EXCEPTION = { date: '2026-12-24', hours: 'closed' } as const
  const DATE = EXCEPTION.date

  test.each<{
    title: string
    other: (client: Client) => Promise<WriteAnswer>
    write: (client: Client, options: WriteOptions) => Promise<WriteAnswer>
  }>([
    {
      title: 'the widget',
      other: (client) => client.putAutoOffline({ enabled: true }),
      write: (client, options) => client.putWidget({ mode: 'offline' }, options),
    },
    {
      title: 'the hours',
      other: (client) => client.putException(EXCEPTION),
      write: (client, options) => client.putHours({ hours: { weekly: {}, exceptions: [] } }, options),
    },
    {
      title: 'an exception',
      other: (client) => client.putException(EXCEPTION),
      write: (client, options) => client.putException({ date: DATE, hours: '09:00-10:00' }, options),
    },
    {
      title: 'an exception to clear',
      other: (client) => client.putException(EXCEPTION),
      write: (client, options) => client.deleteException({ date: DATE }, options),
    },
    {
      title: 'an agent',
      other: (client) => client.patchAgent({ id: '2', settings: { name: 'Ana' } }),
      write: (client, options) => client.patchAgent({ id: '2', settings: { name: 'Anna' } }, options),
    },
    {
      title: 'a status',
      other: (client) => client.putStatus({ id: '2', status: 'away', note: 'lunch' }),
      write: (client, options) => client.putStatus({ id: '2', status: 'away' }, options),
    },
    {
      title: 'an agent to remove',
      other: (client) => client.patchAgent({ id: '2', settings: { name: 'Ana' } }),
      write: (client, options) => client.deleteAgent({ id: '2' }, options),
    },
    {
      title: 'the teams',
      other: (client) => client.putTeams({ teams: [{ id: 't', members: [] }] }),
      write: (client, options) => client.putTeams({ teams: [{ id: 'u', members: [] }] }, options),
    },
    {
      title: 'the whole workspace',
      other: (client) => client.putWidget({ mode: 'offline' }),
      write: async (client, options) =>
        client.putWorkspace({ document: { ...(await client.getWorkspace({})), name: 'Other' } }, options),
    },
  ])('is not written over: $title', async ({ other, write }) => {
    const { owner } = await liveWorkspace({ agents: AGENTS })
    const { revision } = await other(owner)
    const before = await owner.getWorkspace({})
    await expect(write(owner, { ifMatch: 1 })).rejects.toMatchObject({ code: 'conflict' })
    expect(await owner.getWorkspace({})).toEqual(before)
    expect(await write(owner, { ifMatch: revision })).toMatchObject({ changed: true })
  })

  test('is written when only other parts were changed', async () => {
    const { owner } = await liveWorkspace({ agents: AGENTS })
    await owner.putStatus({ id: '2', status: 'away' })
    const { revision } = await owner.getHours({})
    expect(revision).toBe(1)
    const answer = await owner.putHours({ hours: { weekly: {}, exceptions: [] } }, { ifMatch: revision })
    expect(answer.changed).toBe(true)
  })
})

describe('names that others use', () => {
  const PARTS = {
    agents: [
      { id: '1', email: 'sam@acme.example' },
      { id: '2', email: 'ana@acme.example' },
    ],
    teams: [{ id: 'sales', members: ['sam@acme.example'] }],
    routing: { rules: [{ id: 'vip', to: { agent: '2' } }] },
  }

  test.each<{ title: string; write: (client: Client) => Promise<unknown> }>([
    { title: 'the email of a member', write: (client) => client.patchAgent({ id: '1', settings: { email: 'x@y' } }) },
    { title: 'a member', write: (client) => client.deleteAgent({ id: '1' }) },
    { title: 'a target', write: (client) => client.deleteAgent({ id: '2' }) },
  ])('cannot go: $title', async ({ write }) => {
    const { owner } = await liveWorkspace(PARTS)
    const before = await owner.getWorkspace({})
    await expect(write(owner)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('named by'),
    })
    expect(await owner.getWorkspace({})).toEqual(before)
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test.each([
    { title: 'two agents swap their emails', ids: ['2', '1'] },
    { title: 'a new agent takes the email of one who goes', ids: ['9', '2'] },
  ])('a document may move emails: $title', async ({ ids }) => {
    const emails = ['sam@acme.example', 'ana@acme.example']
    const agents = emails.map((email, index) => ({ id: String(index + 1), email }))
    const { owner } = await liveWorkspace({ agents })
    const wanted = emails.map((email, index) => ({ id: ids[index], email }))
    const document = { ...(await owner.getWorkspace({})), agents: wanted }
    expect(await owner.putWorkspace({ document })).toMatchObject({ changed: true })
    for (const { id, email } of wanted) expect((await owner.getAgent({ id: email })).value.id).toBe(id)
  })

  test('a document never changes run-time state', async () => {
    const { owner } = await liveWorkspace(PARTS)
    await owner.putStatus({ id: '2', status: 'away', note: 'lunch' })
    await owner.putWidget({ override: { mode: 'offline', until: '2026-12-24T00:00:00Z' } })
    const agents = [
      { id: '1', email: 'sam@acme.example', status: 'away' },
      { id: '2', name: 'Ana', status: 'available' },
    ]
    const widget = { display: 'hidden', override: { mode: 'online', until: '2026-12-31T00:00:00Z' } }
    const document = { ...(await owner.getWorkspace({})), agents, widget }
    const { changes } = await owner.putWorkspace({ document })
    expect(changes.map(({ path }) => path).sort()).toEqual(['agents[2].email', 'agents[2].name', 'widget.display'])
    expect((await owner.getAgent({ id: '2' })).value).toMatchObject({ name: 'Ana', status: 'away', note: 'lunch' })
  })
})
