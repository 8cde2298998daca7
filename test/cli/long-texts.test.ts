import { expect, test } from 'vitest'
import { createClient } from '../../src/api/client.js'
import { writtenLines } from '../../src/cli/output/line.js'
import { plainStyle } from '../../src/cli/output/style.js'
import { renderAgentList } from '../../src/cli/output/views/agents.js'
import { openLocalWorkspace } from '../../src/service/embedded/open-workspace.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import { NOON_MONDAY } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

/** As an email has it, which is a text like any other elsewhere. */
const text = (length: number) => `${'n'.repeat(length - 2)}@n`

test.each<{ readonly words: readonly string[]; readonly maxLength: number; readonly says: string }>([
  { words: ['agent', 'away', '--note'], maxLength: 1000, says: 'note: is longer than 1000 characters' },
  { words: ['agent', 'away', '-m'], maxLength: 1000, says: 'the note is longer than 1000 characters' },
  { words: ['agent', 'edit', 'ana', '--name'], maxLength: 500, says: 'name: is longer than 500 characters' },
  { words: ['agent', 'edit', 'ana', '--email'], maxLength: 320, says: 'email: is longer than 320 characters' },
  { words: ['agent', 'add'], maxLength: 320, says: 'id: is longer than 320 characters' },
  { words: ['hours', 'close', '2026-12-24', '--name'], maxLength: 500, says: 'name: is longer than 500 characters' },
  { words: ['team', 'edit', 'sales', '--name'], maxLength: 500, says: 'name: is longer than 500 characters' },
  { words: ['playbook', 'edit', 'leadbot', '--text'], maxLength: 10_000, says: 'message: is longer than 10000' },
  {
    words: ['token', 'create', '--role', 'admin', '--name'],
    maxLength: 100,
    says: 'name: is longer than 100 characters',
  },
])('$words takes at most $maxLength characters', async ({ words, maxLength, says }) => {
  const run = await sampleWorkspace()
  const tooLong = await run([...words, text(maxLength + 1)])
  expect(tooLong).toMatchObject({ exitCode: 2, stdout: '' })
  expect(tooLong.stderr).toContain(says)
  expect((await run(['log', '--json'])).stdout).toContain('"number": 1')
  expect(await run([...words, text(maxLength)])).toMatchObject({ exitCode: 0 })
})

test('a longer note of before is shown by its beginning, answered whole, and can be replaced', async () => {
  const run = await sampleWorkspace()
  const { values } = JSON.parse((await run(['profile', 'show', '--json'])).stdout)
  const path = values.database.value
  const store = await openSqliteStore(path)
  await store.write(async (transaction) => {
    const stored = await transaction.agents.find('2')
    await transaction.agents.put({ ...stored!.agent, note: text(60_000) }, stored!.revision)
  })
  await store.close()
  const client = createClient(await openLocalWorkspace(path, { now: Date.now, agent: undefined }))
  const answer = await client.listAgents({})
  const view = { timeZone: 'UTC', now: Date.parse(NOON_MONDAY), style: plainStyle(200) }
  const lines = writtenLines(renderAgentList(answer, view))
  expect(lines).toContain(`${text(60_000).slice(0, 79)}…`)
  expect(lines.length).toBeLessThan(1000)
  expect(answer.agents[1]!.note).toHaveLength(60_000)
  await client.putStatus({ id: '2', status: 'away', note: 'short' })
  expect((await client.getAgent({ id: '2' })).value.note).toBe('short')
  await client.close()
})
