import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

test('R37: a team is made offline and online again, and is asked about', async () => {
  const run = await sampleWorkspace()
  const holds = async (condition: string) => (await run(['is', condition, '--team', 'sales'])).exitCode
  expect([await holds('online'), await holds('offline')]).toEqual([0, 3])
  const { stdout } = await run(['team', 'offline', 'sales'])
  expect(stdout).toContain('Team sales takes no chats, until you change it')
  expect(stdout).toContain('Team sales: availability always-offline')
  expect([await holds('online'), await holds('offline')]).toEqual([3, 0])
  const { teams, routing } = JSON.parse((await run(['simulate', '--route', 'team:sales', '--json'])).stdout)
  expect(teams.find(({ id }: { id: string }) => id === 'sales')).toMatchObject({
    mode: 'offline',
    source: 'always-offline',
  })
  expect(routing.assignee).toBeNull()
  await run(['team', 'online', 'sales'])
  expect(await holds('online')).toBe(0)
})

test('R37: auto-offline of a team closes it when its members are away', async () => {
  const run = await sampleWorkspace()
  await run(['team', 'auto-offline', 'sales', 'on'])
  const { members } = JSON.parse((await run(['team', 'show', 'sales', '--json'])).stdout)
  for (const { id } of members) await run(['agent', 'away', id])
  const { teams } = JSON.parse((await run(['simulate', '--json'])).stdout)
  expect(teams.find(({ id }: { id: string }) => id === 'sales')).toMatchObject({
    mode: 'offline',
    source: 'auto-offline',
  })
  expect((await run(['is', 'offline', '--team', 'sales'])).exitCode).toBe(0)
})

test.each([
  { words: 'team offline salse', code: 5, says: 'did you mean "sales"?' },
  { words: 'team auto-offline sales maybe', code: 2, says: 'on' },
  { words: 'is open --team sales', code: 2, says: 'team "sales" has no hours of its own' },
  { words: 'is online --team nowhere', code: 2, says: '"nowhere" is not a team of this workspace' },
])('$words is refused', async ({ words, code, says }) => {
  const run = await sampleWorkspace()
  const { exitCode, stderr } = await run(words.split(' '))
  expect(stderr).toContain(says)
  expect(exitCode).toBe(code)
})
