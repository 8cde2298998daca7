import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { type ServedProcess, serveProcess } from './served-process.js'

const ATTACK_MS = 1500
/** On a machine that runs the attackers as well. */
const MAX_MEDIAN_MS = 100

let served: ServedProcess
let reader: string

beforeAll(async () => {
  const database = join(newFolder(), 'acme.db')
  served = await serveProcess(['--sample', '--database', database, '--rate-limit', '0'])
  const answer = await fetch(`${served.url}/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${served.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'reader', scopes: ['read'] }),
  })
  reader = ((await answer.json()) as { secret: string }).secret
  return () => served.stop()
})

async function healthMs(): Promise<number> {
  const start = performance.now()
  expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
  return performance.now() - start
}

describe('healthz answers while four clients at once send', () => {
  test.each([
    { what: '16 MB of brackets that they may not write', token: () => reader, how: 'at once', status: ['403'] },
    { what: '16 MB of brackets that they may write', token: () => served.adminToken, how: 'at once', status: ['400'] },
    { what: '16 MB of brackets with a wrong token', token: () => `${reader}x`, how: 'at once', status: ['401', '429'] },
    { what: 'brackets without an end', token: () => reader, how: 'chunked', status: ['403'] },
  ])('$what', async ({ token, how, status }) => {
    const attack = execa(process.execPath, ['test/e2e/attackers.mjs', served.url, token(), how, String(ATTACK_MS)])
    let isOver = false
    const ended = attack.then(({ stdout }) => {
      isOver = true
      return JSON.parse(stdout) as string[]
    })
    const times: number[] = []
    while (!isOver) times.push(await healthMs())
    const statuses = await ended
    expect(statuses.length).toBeGreaterThan(0)
    expect(status).toEqual(expect.arrayContaining(statuses))
    expect(times.sort((a, b) => a - b)[times.length >> 1]).toBeLessThan(MAX_MEDIAN_MS)
  })
})
