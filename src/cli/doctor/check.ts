import { DriftStatusError } from '../../domain/errors.js'
import { hintOf } from '../next-steps.js'

export type CheckStatus = 'ok' | 'warning' | 'failed' | 'skipped'

/** What one check found, as `--json` prints it. */
export interface Check {
  readonly check: string
  readonly status: CheckStatus
  readonly message: string
  /** What to do about it. */
  readonly hint: string | null
}

/** What the work of a check answers; `value` is for the checks that come after it. */
export interface Finding<Value = unknown> extends Omit<Check, 'check' | 'hint'> {
  readonly hint?: string | undefined
  readonly value?: Value
}

export function ok<Value = undefined>(message: string, value?: Value): Finding<Value> {
  return { status: 'ok', message, ...(value !== undefined && { value }) }
}

export function warning<Value = undefined>(message: string, hint: string | undefined, value?: Value): Finding<Value> {
  return { status: 'warning', message, hint, ...(value !== undefined && { value }) }
}

export function failed(message: string, hint: string | undefined): Finding<never> {
  return { status: 'failed', message, hint }
}

export function skipped(message: string): Finding<never> {
  return { status: 'skipped', message }
}

/** No check that waits takes longer: a host that never answers is one failed check, soon. */
const LIMIT_MS = 4_000

export interface CheckOptions {
  /** The checks without which this one means nothing. */
  readonly needs?: readonly string[]
  readonly limitMs?: number | undefined
}

/** Runs checks one after the other, and keeps what they found. */
export class Checks {
  readonly #found: Check[] = []
  readonly #secrets = new Set<string>()

  get list(): readonly Check[] {
    return this.#found
  }

  /** Keeps a text out of every message from now on. */
  hide(secret: string): void {
    this.#secrets.add(secret)
  }

  /**
   * Runs a check, unless one that it needs did not succeed.
   * @returns the value that it found; undefined when it failed or was skipped
   */
  async run<Value>(
    check: string,
    { needs = [], limitMs = LIMIT_MS }: CheckOptions,
    work: (signal: AbortSignal) => Finding<Value> | Promise<Finding<Value>>,
  ): Promise<Value | undefined> {
    const missing = this.#found.find(
      (one) => needs.includes(one.check) && (one.status === 'failed' || one.status === 'skipped'),
    )
    const finding = missing ? skipped(`not checked: it needs "${missing.check}"`) : await inTime(work, limitMs)
    const { status, message, hint } = finding
    this.#found.push({
      check,
      status,
      message: this.#withoutSecrets(message),
      hint: hint === undefined ? null : this.#withoutSecrets(hint),
    })
    return finding.value as Value | undefined
  }

  #withoutSecrets(text: string): string {
    let shown = text
    for (const secret of this.#secrets) shown = shown.replaceAll(secret, '(hidden)')
    return shown
  }
}

async function inTime<Value>(
  work: (signal: AbortSignal) => Finding<Value> | Promise<Finding<Value>>,
  limitMs: number,
): Promise<Finding<Value>> {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding<never>>((resolve) => {
    timer = setTimeout(() => {
      resolve(failed(`did not end within ${limitMs / 1000} s`, 'try again; if it stays so, see what makes it slow'))
      controller.abort()
    }, limitMs)
  })
  try {
    return await Promise.race([Promise.resolve(controller.signal).then(work), late])
  } catch (error) {
    return findingOf(error)
  } finally {
    clearTimeout(timer)
  }
}

/** A thrown error as a finding: the house's say what to do; of others, the first line says what happened. */
export function findingOf(error: unknown): Finding<never> {
  if (error instanceof DriftStatusError) return failed(error.message, hintOf(error))
  const { message } = error as Error
  return failed(`failed unexpectedly: ${message?.split('\n')[0] ?? 'no reason was given'}`, undefined)
}
