import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

/** Monday noon in the sample workspace. */
test.each([
  { words: ['hours', 'set', 'mon', '9-5'], says: 'Hours of mon: 09:00-17:00 ("9-5" read as 09:00-17:00)' },
  {
    words: ['hours', 'set', 'mon', '9am-12pm', '13:00-17:00'],
    says: 'Hours of mon: 09:00-12:00, 13:00-17:00 ("9am-12pm" read',
  },
  { words: ['hours', 'set', 'mon', '09:00-17:00'], says: 'Hours of mon: 09:00-17:00 (Acme' },
  { words: ['hours', 'open', '24 Dec', '9-12'], says: 'Open on 2026-12-24: 09:00-12:00 ("9-12" read as 09:00-12:00)' },
  { words: ['hours', 'close', 'tomorrow'], says: 'Closed on 2026-11-24' },
  { words: ['hours', 'close', '30 Dec..2 Jan'], says: 'Closed on 2026-12-30..2027-01-02' },
  { words: ['hours', 'clear', '24 Dec'], says: '2026-12-24 has its weekly hours again' },
  { words: ['agent', 'away', 'ana'], says: 'Ana Flores is away' },
  { words: ['agent', 'available', 'ana', '--for', '1h 30m'], says: 'Ana Flores is available until' },
  { words: ['agent', 'away', '--for', '1w'], says: 'You are away until Mon 30 Nov' },
  { words: ['agent', 'add', '12', '--name', 'Mia', '--status', 'away'], says: 'Mia is an agent, away' },
])('$words: $says', async ({ words, says }) => {
  const run = await sampleWorkspace()
  const { stdout, stderr, exitCode } = await run(words)
  expect({ exitCode, stderr, stdout }).toEqual({ exitCode: 0, stderr: '', stdout: expect.stringContaining(says) })
})

test.each([
  { words: ['hours', 'set', 'mon', '9:00-5:00'], says: 'write "09:00-17:00", or "09:00-05:00" for the night' },
  { words: ['hours', 'close', 'somday'], says: 'argument <date>: "somday" is not a date' },
  { words: ['agent', 'add', '12', '--email', 'mia'], says: '--email: "mia" is not an email' },
  { words: ['agent', 'away', 'ana', '--agent', 'sam'], says: 'two agents are named' },
])('$words is refused: $says', async ({ words, says }) => {
  const run = await sampleWorkspace()
  const { stderr, exitCode } = await run(words)
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
  expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
})
