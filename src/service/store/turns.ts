import { busyError, calledOff } from './store-errors.js'

/** How long a task waits for its turn. */
export interface TurnLimits {
  readonly limitMs: number
  /** Aborted when nobody wants the task any more: it is then not started. */
  readonly signal?: AbortSignal | undefined
}

/** Runs one task after another, in the order they came. */
export class Turns {
  readonly #waiting = new Set<() => void>()
  readonly #maxWaiting: number
  #isTaken = false

  constructor(maxWaiting = Infinity) {
    this.#maxWaiting = maxWaiting
  }

  /**
   * @param limits of the wait; without them it is as long as it takes
   * @throws DriftStatusError (busy) when the turn did not come in time or too many wait; (interrupted) when
   * the signal aborts before it came
   */
  async take<Result>(task: () => Promise<Result> | Result, limits?: TurnLimits): Promise<Result> {
    if (this.#isTaken) await this.#wait(limits)
    this.#isTaken = true
    try {
      return await task()
    } finally {
      this.#pass()
    }
  }

  #pass(): void {
    const [next] = this.#waiting
    if (next) next()
    else this.#isTaken = false
  }

  #wait(limits: TurnLimits | undefined): Promise<void> {
    if (this.#waiting.size >= this.#maxWaiting) throw busyError()
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        this.#waiting.delete(start)
        clearTimeout(timer)
        limits?.signal?.removeEventListener('abort', callOff)
        settle()
      }
      const start = () => end(resolve)
      const callOff = () => end(() => reject(calledOff()))
      const timer = limits && setTimeout(() => end(() => reject(busyError())), limits.limitMs)
      limits?.signal?.addEventListener('abort', callOff)
      this.#waiting.add(start)
      if (limits?.signal?.aborted) callOff()
    })
  }
}
