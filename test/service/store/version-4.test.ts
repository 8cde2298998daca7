import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../../../src/api/client.js'
import { openLocalWorkspace } from '../../../src/service/embedded/open-workspace.js'
import { loadDriver } from '../../../src/service/store/sqlite/sqlite-driver.js'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import { TokenDirectory } from '../../../src/service/tokens/token-directory.js'
import { newFolder } from '../../cli/fake-context.js'

// version-4.db was made by the last code whose schema was version 4 (commit 2067d76), through the owner's client on an
// embedded workspace whose clock stood at START and went on by a second at every look:
//   agents 1 (Ana, admin), 2 (ÉMILE Dubois, admin), 3 and 4 (twin@a.example, TWIN@a.example; 3 with two open chats),
//   "me" (Meg), "a/b", 5, 6 (Ben), 7 (an admin); teams sales and old of 1 and 2; a rule "r", the default to sales
//   chats: 1 to 3, 2 to 5, 3 to 6, 4 by team:old, 5 by team:sales, 6 by the rules
//   the tokens below; then 7 was demoted, 5 and 6 removed, 6 added again (Bea) and given chat 7, the team "old" removed
const LATER = Date.parse('2026-11-24T12:00:00Z')

let path: string
let client: Client
beforeEach(async () => {
  path = join(newFolder(), 'workspace.db')
  copyFileSync('test/service/store/version-4.db', path)
  client = createClient(await openLocalWorkspace(path, { now: () => LATER }))
})
afterEach(() => client.close())

/** What is answered of another copy of the file that was changed by SQL before it is opened. */
async function migrated<Answer>(sql: string, ask: (client: Client) => Promise<Answer>): Promise<Answer> {
  const file = join(newFolder(), 'changed.db')
  copyFileSync('test/service/store/version-4.db', file)
  const Driver = await loadDriver()
  const database = new Driver(file)
  database.exec(sql)
  database.close()
  const opened = createClient(await openLocalWorkspace(file, { now: () => LATER }))
  return ask(opened).finally(() => opened.close())
}

describe('a workspace file of version 4', () => {
  test.each([
    { name: 'follows admin', followsAgent: true, scopes: 8, state: 'active', revokedBecause: null },
    { name: 'follows agent', followsAgent: true, scopes: 2, state: 'active', revokedBecause: null },
    { name: 'some scopes', followsAgent: false, scopes: 2, state: 'active', revokedBecause: null },
    { name: 'of nobody', followsAgent: false, scopes: 1, state: 'active', revokedBecause: null },
    { name: 'of the removed', scopes: 0, state: 'revoked', revokedBecause: 'agent removed' },
    { name: 'of the id given away', state: 'revoked', revokedBecause: 'agent removed' },
    { name: 'before the demotion', followsAgent: true, scopes: 2, state: 'active', revokedBecause: null },
    { name: 'some, before the demotion', followsAgent: false, scopes: 1, state: 'active', revokedBecause: null },
    { name: 'more than the role', followsAgent: false, scopes: 2, state: 'active', revokedBecause: null },
  ])('the token "$name" is $state', async ({ name, scopes, ...expected }) => {
    const token = (await client.listTokens({})).find((one) => one.name === name)
    expect(token).toMatchObject(expected)
    if (scopes !== undefined) expect(token!.scopes).toHaveLength(scopes)
  })

  test('R31: it has no duty yet, and takes one; nobody follows it who was there before', async () => {
    expect(await client.getDuty({})).toMatchObject({ value: { shifts: [], covers: [] }, revision: 1 })
    const shift = { id: 'front', days: 'all', hours: '00:00-24:00', agents: ['1', '2'] }
    await client.putDuty({ duty: { shifts: [shift], covers: [] } })
    const { agents } = await client.listAgents({})
    expect(agents.filter(({ status }) => status === 'automatic')).toEqual([])
    await client.putStatus({ id: '1', status: 'automatic' })
    expect((await client.getAgent({ id: '1' })).value).toMatchObject({ status: 'automatic', resolved: 'available' })
  })

  test('a token that followed goes on working, and that of a removed agent does not', async () => {
    const store = await openSqliteStore(path)
    const directory = new TokenDirectory(store, () => LATER)
    const works = async (secret: string) => (await directory.endOf(secret)) > LATER
    expect(await works('dst_b35dp8d2_czuojovsh9k71uH2aTlHgkgKXCCHnhtYhNuF68M1E1c')).toBe(true)
    expect(await works('dst_gbsyqp6m_nUvwBjuaxeGxVKK3kw_yKHGqZuFmPy_w0jXn6o4LC6U')).toBe(false)
    expect(await works('dst_2kqdasgs_fyCx0B8yZMemIwFSIFL-a3F-GE64kTyFtwf9WNAT3zk')).toBe(false)
    await store.close()
  })

  test('open chats are those that are open: of the removed none, of others what they had', async () => {
    const { agents } = await client.listAgents({})
    const chats = Object.fromEntries(agents.map(({ id, openChats = 0 }) => [id, openChats]))
    expect(chats).toEqual({ 1: 3, 2: 0, 3: 3, 4: 0, 6: 1, 7: 0, 'a/b': 0, me: 0 })
    expect((await client.listAssignments({})).map(({ id }) => id)).toEqual([7, 6, 5, 4, 1])
  })

  test('whoever was added again with open chats keeps them beside those of the one before, which end', async () => {
    const agent = await migrated("UPDATE agent SET open_chats = 1 + 2 WHERE id = '6'", (client) =>
      client.getAgent({ id: '6' }),
    )
    expect(agent.value.openChats).toBe(3)
  })

  test('a cursor of a default rule that was removed is gone', async () => {
    const routing = "UPDATE section SET value = json_remove(value, '$.default') WHERE name = 'routing'"
    const changed = `${routing}; INSERT INTO cursor VALUES ('default', '1')`
    const { cursors } = await migrated(changed, (client) => client.getCursors({}))
    expect(cursors.map(({ group }) => group)).toEqual(['rule:r', 'team:sales'])
  })

  test('a cursor of a removed team is gone, the others stand', async () => {
    expect((await client.getCursors({})).cursors.map(({ group }) => group)).toEqual(['rule:r', 'team:sales'])
  })

  test.each([
    { name: 'émile', id: '2' },
    { name: 'E\u0301MILE  dubois', id: '2' },
    { name: 'EMILE@A.EXAMPLE', id: '2' },
    { name: 'twin@a.example', id: '3' },
    { name: 'TWIN@a.example', id: '4' },
    { name: 'id:me', id: 'me' },
    { name: 'meg', id: 'me' },
    { name: 'a/b', id: 'a/b' },
  ])('"$name" is agent $id', async ({ name, id }) => {
    expect((await client.getAgent({ id: name })).value.id).toBe(id)
  })

  test('two agents of one email are told apart by what they are asked for exactly, else by an error', async () => {
    await expect(client.getAgent({ id: 'Twin@A.example' })).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(/^"Twin@A.example" names more than one agent: .*3\b.* and .*4\b/),
    })
    expect(await client.putStatus({ id: '4', status: 'away' })).toMatchObject({ changed: true })
  })

  test.each(['id:me', 'a/b'])('an agent of an id that is refused today is edited and removed as %s', async (id) => {
    expect(await client.patchAgent({ id, settings: { chatLimit: 3 } })).toMatchObject({ changed: true })
    expect(await client.deleteAgent({ id })).toMatchObject({ changed: true })
  })
})
