import { pause } from '../../api/pause.js'
import { monotonicMs } from './monotonic-clock.js'
import { isLocked } from './sqlite/sqlite-errors.js'
import { calledOff } from './store-errors.js'
import type { TurnLimits } from './turns.js'

/** The longest pause before the lock is asked for again. Short and random: of many who wait, each is as likely to be next. */
const MAX_PAUSE_MS = 16

/**
 * Tries again and again while another process has the file locked. Nobody is kept waiting meanwhile:
 * the driver's own wait would stop the event loop.
 *
 * @param attempt keeps nothing when it throws
 * @throws whatever the attempt does when the time is over, or for any other reason than a lock
 */
export async function whileLocked<Result>(
  attempt: () => Result | Promise<Result>,
  { limitMs, signal }: TurnLimits,
): Promise<Result> {
  const end = monotonicMs() + limitMs
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (!isLocked(error) || monotonicMs() >= end) throw error
    }
    if (signal?.aborted) throw calledOff()
    await pause(Math.random() * Math.min(MAX_PAUSE_MS, 2 ** tries), signal)
  }
}
