import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { serveProcess } from './served-process.js'

const FAULTS = ['Error: a promise that nobody waits for', 'Error: a timer that fails', 'Error: a stream', 'undefined']

async function serveWithFaults(...flags: readonly string[]) {
  const database = join(newFolder(), 'acme.db')
  const served = await serveProcess(['--sample', '--database', database, ...flags], {
    env: { NODE_OPTIONS: `--require ${resolve('test/e2e/faults.cjs')}` },
  })
  onTestFinished(async () => void (await served.end('SIGKILL')))
  return served
}

describe('a fault that no request waits for', () => {
  test.each([{ flags: [] }, { flags: ['--quiet'] }])(
    'is logged, and the server goes on: serve $flags',
    async ({ flags }) => {
      const served = await serveWithFaults(...flags)
      const faults = () =>
        served
          .log()
          .split('\n')
          .filter((line) => line.includes('"fault"'))
          .map((line) => JSON.parse(line))
      for (const [index, says] of FAULTS.entries()) {
        process.kill(served.pid, 'SIGUSR2')
        await expect.poll(() => faults().length).toBe(index + 1)
        expect(faults()[index]).toEqual({
          time: expect.any(String),
          request: null,
          fault: expect.stringContaining(says),
        })
        const headers = { authorization: `Bearer ${served.adminToken}` }
        expect((await fetch(`${served.url}/v1/status`, { headers })).status).toBe(200)
      }
      expect(await served.end('SIGTERM')).toBe(0)
    },
  )
})

test('a log that nobody reads any more ends nothing', async () => {
  const served = await serveWithFaults()
  served.closeLog()
  process.kill(served.pid, 'SIGUSR2')
  for (let count = 0; count < 5; count++) {
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(await served.end('SIGTERM')).toBe(0)
})
