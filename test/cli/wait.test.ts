import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

// The clock stands still at Monday noon, and every wait is interrupted after a moment.
describe('wait', () => {
  test.each([
    { words: 'wait online', exitCode: 0, says: 'yes, online\n' },
    { words: 'wait open', exitCode: 0, says: 'yes, open\n' },
    { words: 'wait staffed --team support', exitCode: 0, says: 'yes, staffed (team support)\n' },
    { words: 'wait offline --timeout 0.1s', exitCode: 3, says: 'no, not offline\n' },
    { words: 'wait unstaffed --team sales --timeout 0.1s', exitCode: 3, says: 'no, not unstaffed (team sales)\n' },
  ])('$words exits $exitCode', async ({ words, exitCode, says }) => {
    const run = await sampleWorkspace()
    expect(await run(words.split(' '))).toEqual({ exitCode, stdout: says, stderr: '' })
  })

  test.each([
    { words: 'wait online', exitCode: 0, answer: { condition: 'online', holds: true } },
    { words: 'wait offline --timeout 0.1s', exitCode: 3, answer: { condition: 'offline', holds: false } },
  ])('$words --json is one object', async ({ words, exitCode, answer }) => {
    const run = await sampleWorkspace()
    const outcome = await run([...words.split(' '), '--json'])
    expect(outcome).toMatchObject({ exitCode, stderr: '' })
    expect(JSON.parse(outcome.stdout)).toEqual({
      at: '2026-11-23T10:00:00.000-05:00',
      timeZone: 'America/New_York',
      ...answer,
      until: expect.stringMatching(/^2026-11-23T/),
      waitedMs: expect.any(Number),
    })
  })

  test('exits 130 when it is interrupted, with nothing on standard output', async () => {
    const run = await sampleWorkspace()
    const { exitCode, stdout, stderr } = await run(['wait', 'offline', '--json'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' })
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'interrupted' })
  })

  test('ends when a write makes the condition hold', async () => {
    const run = await sampleWorkspace()
    const waiting = run(['wait', 'offline', '--timeout', '1m'])
    await new Promise((resolve) => setTimeout(resolve, 100))
    await run(['widget', 'offline'])
    expect(await waiting).toEqual({ exitCode: 0, stdout: 'yes, offline\n', stderr: '' })
  })

  test.each([
    { words: 'wait onlin', message: '"onlin" is not one of', hint: 'did you mean "online"?' },
    { words: 'wait online --timeout 5', message: '"5" is not a duration', hint: 'write 5m for minutes' },
    { words: 'wait staffed --team sals', message: '"sals" is not a team', hint: 'did you mean "sales"?' },
    {
      words: 'wait open --team sales',
      message: 'team "sales" has no hours of its own',
      hint: 'ask whether it is online',
    },
  ])('$words is refused at once', async ({ words, message, hint }) => {
    const run = await sampleWorkspace()
    const { exitCode, stdout, stderr } = await run(words.split(' '))
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
  })
})
