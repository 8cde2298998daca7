import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

test('a Tab offers what is in the workspace, each with what it is', async () => {
  const run = await sampleWorkspace()
  await run(['hours', 'close', '2026-12-31', '--name', 'Long night', '-m', 'the year ends'])
  const { token } = JSON.parse((await run(['token', 'create', '--name', 'ci', '--scope', 'read', '--json'])).stdout)
  const offered = async (...words: string[]) => (await run(['__complete', '--', ...words])).stdout.split('\n')
  expect(await offered('hours', 'clear', '')).toContain('2026-12-31\tLong night')
  expect(await offered('show', '')).toContain('2\tthe year ends')
  expect(await offered('token', 'revoke', '')).toContain(`${token.id}\tci`)
  const targets = [
    'account-owner\tthe owner of the visitor’s account',
    'team:sales\tSales',
    'agent:ana@acme.example\tAna Flores',
  ]
  expect(await offered('routing', 'add', 'x', '--to', '')).toEqual(expect.arrayContaining(targets))
  expect(await offered('simulate', '--route', '')).toEqual(expect.arrayContaining(targets))
})

test.each([
  { words: ['--who', 'ana'], numbers: [] },
  { words: ['--who', 'sam'], numbers: [3, 2] },
  { words: ['--who', 'local admin'], numbers: [1] },
  { words: ['--what', 'hours'], numbers: [3] },
  { words: ['--what', 'exceptions'], numbers: [3] },
  { words: ['--what', 'agents'], numbers: [2] },
  { words: ['--what', 'Ana Flores'], numbers: [] },
  { words: ['--what', 'sam'], numbers: [2] },
  { words: ['--what', 'agents[1].status'], numbers: [2] },
  { words: ['--what', 'team'], numbers: [] },
])('log $words: revisions $numbers', async ({ words, numbers }) => {
  const run = await sampleWorkspace()
  await run(['agent', 'away'])
  await run(['hours', 'close', '2026-12-31'])
  const { stdout, stderr } = await run(['log', ...words, '--json'])
  const { revisions } = JSON.parse(stdout || stderr)
  expect(revisions.map(({ number }: { number: number }) => number)).toEqual(numbers)
})

test.each([
  { words: ['--who', 'anna'], says: 'did you mean "Ana"' },
  { words: ['--what', 'huors'], says: 'did you mean "hours"?' },
])('log $words names the nearest', async ({ words, says }) => {
  const run = await sampleWorkspace()
  const { exitCode, stderr } = await run(['log', ...words])
  expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining(says) })
})
