import { setTimeout as wait } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'

test('a flip of another process shows within a second, and an interrupt ends it quietly', async () => {
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  const run = (...args: readonly string[]) => execa(process.execPath, ['bin/drift-status.js', ...args], { env })
  await run('init', '--sample')
  const watching = execa(process.execPath, ['bin/drift-status.js', 'status', '--watch', '--json'], {
    env,
    reject: false,
  })
  const lines: { revision: number }[] = []
  watching.stdout.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n').filter(Boolean)) lines.push(JSON.parse(line))
  })
  const seen = async (revision: number) => {
    for (let look = 0; look < 100 && lines.at(-1)?.revision !== revision; look++) await wait(100)
    return lines.at(-1)?.revision
  }
  expect(await seen(1)).toBe(1)
  await run('agent', 'away')
  expect(await seen(2)).toBe(2)
  watching.kill('SIGINT')
  const { exitCode, stderr } = await watching
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})
