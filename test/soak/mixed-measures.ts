import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Load } from './mixed-load.js'
import { CERTIFICATES, SecureClient } from './secure-client.js'
import { hearOnce, say, type Worker } from './worker.js'

const HEALTH_EVERY_MS = 50

/** In a process of its own, so that the time it takes is the service's. */
export async function watchHealth(url: string): Promise<void> {
  const client = new SecureClient(url)
  const times: number[] = []
  let isOver = false
  void hearOnce().then(() => (isOver = true))
  while (!isOver) {
    const start = performance.now()
    const { status } = await client.ask('GET', '/healthz')
    times.push(status === 200 ? performance.now() - start : Infinity)
    await sleep(HEALTH_EVERY_MS)
  }
  say(times)
  client.close()
}

/** A server that does nothing else. */
export async function serveBare(): Promise<void> {
  const [cert, key] = ['good.pem', 'test-only-key.pem'].map((name) => readFileSync(join(CERTIFICATES, name)))
  const server = createServer({ cert, key }, (_, response) => response.end('ok'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  say(`https://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

/** The times of a watcher, the shortest first. */
export async function enough(watcher: Worker): Promise<readonly number[]> {
  watcher.tell('enough')
  return ((await watcher.next()) as readonly number[]).toSorted((a, b) => a - b)
}

export function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
}

/** The memory that a process takes, every second, in MB. */
export async function weigh(pid: number, memory: number[], { isOver }: Load): Promise<void> {
  while (!isOver()) {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!
    memory.push(Number(kilobytes) / 1024)
    await sleep(1000)
  }
}
