import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

test('a watch shows a state once, until it differs', async () => {
  const run = await sampleWorkspace()
  const { stdout, exitCode } = await run(['status', '--watch', '--json'])
  expect(exitCode).toBe(0)
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({ workspace: 'Acme', revision: 1 })
})
