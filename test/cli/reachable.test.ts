import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

describe('reachable', () => {
  test('says who takes the chat, exit 0; R23: asking moves no turn, a real chat does', async () => {
    const run = await sampleWorkspace()
    const ask = async () => run(['reachable', '--route', 'team:support'])
    const first = await ask()
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^yes, .+ takes the chat\n$/) })
    expect(await ask()).toEqual(first)
    await run(['route', 'chat', '--route', 'team:support'])
    expect((await ask()).stdout).not.toBe(first.stdout)
  })

  test('says when somebody is expected to, exit 3', async () => {
    const run = await sampleWorkspace()
    for (const id of ['2', '3', '4']) await run(['agent', 'away', id])
    await run(['agent', 'away', '1', '--for', '2h', '--note', 'lunch'])
    const { exitCode, stdout } = await run(['reachable', '--route', 'team:support'])
    expect({ exitCode, lines: stdout.split('\n').slice(0, 2) }).toEqual({
      exitCode: 3,
      lines: ['no, nobody takes the chat now', expect.stringMatching(/^Expected Mon 12:00: .+\.$/)],
    })
    const json = JSON.parse((await run(['reachable', '--route', 'team:support', '--json'])).stdout)
    expect(json).toMatchObject({ available: false, expectedAt: '2026-11-23T12:00:00.000-05:00', expected: '1' })
  })

  test('answers of a live workspace what it does of its exported document', async () => {
    const run = await sampleWorkspace()
    await run(['agent', 'away', '1', '--for', '2h'])
    const { stdout: document } = await run(['api', 'GET', '/v1/workspace'])
    for (const words of [[], ['--route', 'agent:1'], ['--visitor', 'company.size=80'], ['--at', 'sun 03:00']]) {
      const live = await run(['reachable', ...words, '--json'])
      expect(await run(['reachable', ...words, '--json', '--file', '-'], { stdin: document })).toEqual(live)
    }
  })

  test('refuses a route to nobody', async () => {
    const run = await sampleWorkspace()
    expect(await run(['reachable', '--route', 'team:suport'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('did you mean "support"?'),
    })
  })
})
