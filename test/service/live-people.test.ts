import { describe, expect, test } from 'vitest'
import type { Client } from '../../src/api/client.js'
import { liveWorkspace } from './live-workspace.js'

const ANA = { id: '1', name: 'Ana', email: 'ana@a.example', role: 'admin' }
const BEN = { id: '2', name: 'Émile Dubois', email: 'Ben@A.example' }

describe('the last admin', () => {
  const EDITS: readonly { title: string; edit: (client: Client) => Promise<unknown> }[] = [
    { title: 'removed', edit: (client) => client.deleteAgent({ id: '1' }) },
    { title: 'demoted', edit: (client) => client.patchAgent({ id: '1', settings: { role: 'agent' } }) },
    { title: 'disabled', edit: (client) => client.patchAgent({ id: '1', settings: { disabled: true } }) },
    { title: 'made a bot', edit: (client) => client.patchAgent({ id: '1', settings: { bot: true } }) },
    {
      title: 'left out of a document',
      edit: async (client) =>
        client.putWorkspace({ document: { ...(await client.getWorkspace({})), agents: [{ id: '9' }] } }),
    },
    {
      title: 'demoted by a document',
      async edit(client) {
        const document = await client.getWorkspace({})
        const agents = document.agents.map((agent) => ({ ...agent, role: 'agent' as const }))
        return client.putWorkspace({ document: { ...document, agents } })
      },
    },
    {
      title: 'demoted by a revert',
      async edit(client) {
        const { revision } = await client.patchAgent({ id: '2', settings: { role: 'admin' } })
        await client.patchAgent({ id: '1', settings: { role: 'agent' } })
        return client.revert({ number: revision })
      },
    },
  ]
  test.each(EDITS)('cannot be $title', async ({ edit }) => {
    const { owner } = await liveWorkspace({ agents: [ANA, BEN, { id: '3', role: 'admin', disabled: true }] })
    await expect(edit(owner)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is the last admin'),
      reason: 'last-admin',
    })
  })

  test('may go once there is another, also in the same document', async () => {
    const { owner } = await liveWorkspace({ agents: [ANA, BEN] })
    const document = await owner.getWorkspace({})
    const agents = [
      { ...document.agents[0]!, role: 'agent' as const },
      { ...document.agents[1]!, role: 'admin' as const },
    ]
    expect(await owner.putWorkspace({ document: { ...document, agents } })).toMatchObject({ changed: true })
    expect(await owner.deleteAgent({ id: '1' })).toMatchObject({ changed: true })
  })

  test('is nobody in a workspace without admins, which stays as it may be edited', async () => {
    const { owner } = await liveWorkspace({ agents: [BEN, { id: '3' }] })
    expect(await owner.deleteAgent({ id: '3' })).toMatchObject({ changed: true })
    expect(await owner.patchAgent({ id: '2', settings: { disabled: true } })).toMatchObject({ changed: true })
  })
})

describe('who is who', () => {
  test.each(['2', 'BEN@a.example', 'émile', 'ÉMILE', 'e\u0301mile  DUBOIS', 'id:2'])('%s is agent 2', async (name) => {
    const { owner } = await liveWorkspace({ agents: [ANA, BEN] })
    expect((await owner.getAgent({ id: name })).value.id).toBe('2')
  })

  test('R19: the account owner is found by an email in any case, also when no rule names them', async () => {
    const agents = [...Array.from({ length: 12 }, (_, index) => ({ id: `a${index}` })), ANA, BEN]
    const routing = { rules: [{ id: 'owned', to: 'account-owner' }], default: { to: { 'round-robin': ['1'] } } }
    const { owner } = await liveWorkspace({ agents, routing })
    expect((await owner.route({ visitor: { attributes: { 'account.owner': 'ben@a.example' } } })).assignee).toBe('2')
  })

  const CONFLICTS: readonly { title: string; edit: (client: Client) => Promise<unknown> }[] = [
    {
      title: 'added',
      edit: (client) => client.addAgent({ agent: { id: '9', role: 'agent', email: 'ANA@a.example' } }),
    },
    {
      title: 'added with it as the id',
      edit: (client) => client.addAgent({ agent: { id: 'Ana@A.example', role: 'agent' } }),
    },
    {
      title: 'put into a document with it as the id beside an email of its own',
      async edit(client) {
        const document = await client.getWorkspace({})
        const agents = [...document.agents, { id: 'ana@A.example', role: 'agent' as const, email: 'c@a.example' }]
        return client.putWorkspace({ document: { ...document, agents } })
      },
    },
    { title: 'edited', edit: (client) => client.patchAgent({ id: '2', settings: { email: 'ana@A.example' } }) },
  ]
  test.each(CONFLICTS)('a second agent with a mailbox in another case cannot be $title', async ({ edit }) => {
    const { owner } = await liveWorkspace({ agents: [ANA, BEN] })
    await expect(edit(owner)).rejects.toMatchObject({ code: 'conflict' })
    expect((await owner.listAgents({})).agents).toHaveLength(2)
  })

  test('two agents swap their emails in one document', async () => {
    const { owner } = await liveWorkspace({ agents: [ANA, BEN] })
    const document = await owner.getWorkspace({})
    const [ana, ben] = document.agents
    const agents = [
      { ...ana!, email: 'BEN@a.example' },
      { ...ben!, email: 'Ana@a.example' },
    ]
    expect(await owner.putWorkspace({ document: { ...document, agents } })).toMatchObject({ changed: true })
    expect((await owner.getAgent({ id: 'ana@A.example' })).value.id).toBe('2')
  })

  test('an email changed in case alone is the same agent, and stays named by teams', async () => {
    const teams = [{ id: 't', members: ['ana@a.example'] }]
    const { owner } = await liveWorkspace({ agents: [ANA, BEN], teams })
    expect(await owner.patchAgent({ id: '1', settings: { email: 'ANA@a.example' } })).toMatchObject({ changed: true })
    await expect(owner.patchAgent({ id: '1', settings: { email: 'x@a.example' } })).rejects.toThrow('is still named by')
  })
})

describe('ids', () => {
  test.each(['me', '.', '..', 'a/b', 'a b', 'a?b', 'a#b', 'a%b', 'id:2'])(
    '%s is refused for a new agent',
    async (id) => {
      const { owner } = await liveWorkspace({ agents: [ANA, BEN] })
      await expect(owner.addAgent({ agent: { id, role: 'agent' } })).rejects.toMatchObject({
        code: 'invalid-input',
        message: expect.stringContaining(`${JSON.stringify(id)} cannot be an id`),
      })
    },
  )

  test('are refused for teams, rules and playbooks, and in a document', async () => {
    const { owner } = await liveWorkspace({ agents: [ANA] })
    const refused = { code: 'invalid-input', message: expect.stringContaining('"a/b" cannot be an id') }
    await expect(owner.putTeams({ teams: [{ id: 'a/b', members: [] }] })).rejects.toMatchObject(refused)
    await expect(owner.putRouting({ routing: { rules: [{ id: 'a/b', to: 'account-owner' }] } })).rejects.toMatchObject(
      refused,
    )
    const document = await owner.getWorkspace({})
    const agents = [...document.agents, { id: 'a/b', role: 'agent' as const }]
    await expect(owner.putWorkspace({ document: { ...document, agents } })).rejects.toMatchObject(refused)
  })

  test.each([
    { field: 'note', call: (client: Client) => client.putStatus({ id: '1', status: 'away', note: 'a\u0000b' }) },
    { field: 'note', call: (client: Client) => client.putStatus({ id: '1', status: 'away', note: '\ud800' }) },
    { field: 'id', call: (client: Client) => client.getAgent({ id: '1\u0000zzz' }) },
    {
      field: 'agent.name',
      call: (client: Client) => client.addAgent({ agent: { id: '9', role: 'agent', name: '\0' } }),
    },
    { field: 'note', call: (client: Client) => client.deleteAgent({ id: '2' }, { note: '\0' }) },
    { field: 'name', call: (client: Client) => client.createToken({ agent: '1', name: 'a\0' }) },
  ])('a text that could not be kept is refused, naming $field', async ({ field, call }) => {
    const { owner } = await liveWorkspace({ agents: [ANA, BEN] })
    await expect(call(owner)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(new RegExp(`^${field}: has `)),
    })
  })
})

describe('R20: open chats are those that are open', () => {
  const agents = [ANA, { id: '2', chatLimit: 2 }]
  const chats = async (owner: Client) => (await owner.getAgent({ id: '2' })).value.openChats ?? 0
  const route = async (owner: Client) => (await owner.route({ route: 'round-robin:2' })).assignee

  test('an agent who is removed and added again starts with none, and ending an old one changes nothing', async () => {
    const { owner } = await liveWorkspace({ agents })
    expect([await route(owner), await route(owner), await route(owner)]).toEqual(['2', '2', null])
    await owner.deleteAgent({ id: '2' })
    expect(await owner.listAssignments({})).toEqual([])
    await owner.addAgent({ agent: { id: '2', role: 'agent', chatLimit: 2 } })
    expect([await chats(owner), (await owner.getAgent({ id: '2' })).value.lastRoutedAt]).toEqual([0, undefined])
    expect([await route(owner), await route(owner)]).toEqual(['2', '2'])
    await owner.endAssignment({ id: 1 })
    expect([await chats(owner), await route(owner)]).toEqual([2, null])
  })

  test('a revert of the removal brings the agent back, and not the chats', async () => {
    const { owner } = await liveWorkspace({ agents })
    await route(owner)
    const { revision, changes } = await owner.deleteAgent({ id: '2' })
    expect(JSON.stringify(changes)).not.toContain('openChats')
    await owner.revert({ number: revision })
    expect(await chats(owner)).toBe(0)
    expect(await route(owner)).toBe('2')
    expect(await chats(owner)).toBe(1)
  })

  test('a revert of the adding ends the chats that were given since', async () => {
    const { owner } = await liveWorkspace({ agents: [ANA] })
    const { revision } = await owner.addAgent({ agent: { id: '2', role: 'agent' } })
    await route(owner)
    expect(await owner.revert({ number: revision })).toMatchObject({ changed: true })
    expect(await owner.listAssignments({})).toEqual([])
  })

  test.each([{ openChats: 0 }, { openChats: 9 }, { lastRoutedAt: '2026-11-01T00:00:00Z' }])(
    'no edit sets %j',
    async (settings) => {
      const { owner } = await liveWorkspace({ agents })
      await route(owner)
      await expect(owner.patchAgent({ id: '2', settings })).rejects.toMatchObject({ code: 'invalid-input' })
      expect(await owner.patchAgent({ id: '2', settings: { openChats: 1 } })).toMatchObject({ changed: false })
    },
  )

  test('an agent who is added with open chats starts with them, and they end with the agent', async () => {
    const { owner } = await liveWorkspace({ agents: [ANA] })
    await owner.addAgent({ agent: { id: '2', role: 'agent', chatLimit: 2, openChats: 1 } })
    expect([await route(owner), await route(owner)]).toEqual(['2', null])
    const { revision } = await owner.deleteAgent({ id: '2' })
    await owner.revert({ number: revision })
    expect(await chats(owner)).toBe(0)
  })

  test('an edit of an agent who has chats leaves them as they are', async () => {
    const { owner } = await liveWorkspace({ agents })
    await route(owner)
    await owner.patchAgent({ id: '2', settings: { name: 'Ben' } })
    const document = await owner.getWorkspace({})
    await owner.putWorkspace({ document: { ...document, name: 'Other' } })
    expect(await chats(owner)).toBe(1)
  })
})

describe('R21: a cursor', () => {
  const teams = [{ id: 'u', members: ['1', '2', '3'] }]
  const agents = [ANA, { id: '2' }, { id: '3' }]
  const route = async (owner: Client) => (await owner.route({ route: 'team:u' })).assignee

  test('goes with its team: the next one of that id begins anew', async () => {
    const { owner } = await liveWorkspace({ agents, teams })
    expect(await route(owner)).toBe('1')
    const { revision } = await owner.putTeams({ teams: [] })
    expect((await owner.getCursors({})).cursors).toEqual([])
    await owner.revert({ number: revision })
    expect(await route(owner)).toBe('1')
  })

  test('goes with its rule and with the default rule', async () => {
    const routing = {
      rules: [{ id: 'r', to: { 'round-robin': ['1', '2'] } }],
      default: { to: { 'round-robin': ['1', '2'] } },
    }
    const { owner } = await liveWorkspace({ agents, routing })
    await owner.route({})
    await owner.putCursor({ group: 'default', agent: '2' })
    await owner.putRouting({ routing: { rules: [] } })
    expect((await owner.getCursors({})).cursors).toEqual([])
  })

  test('outlives its agent: the turn goes on after the one who left, and after the one who came back', async () => {
    const { owner } = await liveWorkspace({ agents, teams })
    expect([await route(owner), await route(owner)]).toEqual(['1', '2'])
    await owner.putTeams({ teams: [{ id: 'u', members: ['1', '3'] }] })
    await owner.deleteAgent({ id: '2' })
    expect(await route(owner)).toBe('3')
  })
})
