import { expect, test } from 'vitest'
import { newFolder, runCli } from './fake-context.js'

/** It is Monday 10:00 in the workspace's zone. */
test.each([
  { since: 'mon 00:00', finds: 2 },
  { since: 'fri 17:30', finds: 2 },
  { since: '09:00', finds: 2 },
  { since: '11:00', finds: 2 },
  { since: 'in 1m', finds: 0 },
])('log --since "$since" looks back and finds $finds', async ({ since, finds }) => {
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  await runCli(['init', '--sample'], { env })
  await runCli(['agent', 'away'], { env })
  const { stdout } = await runCli(['log', '--since', since, '--json'], { env })
  expect(JSON.parse(stdout).revisions).toHaveLength(finds)
})
