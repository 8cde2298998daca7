import { onTestFinished } from 'vitest'
import { type Attempt, Sender, type SenderOptions } from '../../../src/api/network/request/sender.js'

export const TOKEN = 'dst_k3_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ'

export interface TestSender {
  readonly sender: Sender
  /** How long it waited between tries; nothing really waits. */
  readonly pauses: readonly number[]
  /** What `--verbose` would tell. */
  readonly attempts: readonly Attempt[]
}

/** A sender whose clock moves only when it pauses, and which takes the longest pause it may. */
export function testSender(url: string, options: Partial<SenderOptions> = {}): TestSender {
  const pauses: number[] = []
  const attempts: Attempt[] = []
  let now = Date.parse('2026-11-25T12:00:00Z')
  const sender = new Sender({
    url,
    token: TOKEN,
    now: () => now,
    random: () => 1,
    sleep: async (milliseconds) => {
      pauses.push(milliseconds)
      now += milliseconds
    },
    onAttempt: (attempt) => attempts.push(attempt),
    ...options,
  })
  onTestFinished(() => sender.close())
  return { sender, pauses, attempts }
}
