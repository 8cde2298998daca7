import { spawn } from 'node:child_process'
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** Another process of the script that runs. */
export interface Worker {
  /** What it printed so far: one JSON value a line. */
  readonly said: readonly unknown[]
  /** Its next value; undefined when it ended first. */
  next(): Promise<unknown>
  /** Lets it take its next step. */
  tell(word: string): void
  /** Says that no more words follow. */
  hangUp(): void
  kill(): void
  /** Asks it to end, as a system does. */
  stop(): void
  readonly pid: number
  /** When it has ended and all it printed is read. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>
}

/** Starts this script again with these arguments. */
export function startWorker(args: readonly string[]): Worker {
  return startNode([process.argv[1]!, ...args])
}

/** Starts a script of Node. */
export function startNode(args: readonly string[]): Worker {
  const child = spawn(process.execPath, args, { stdio: 'pipe' })
  const said: unknown[] = []
  const values = new Waiting<unknown>()
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  // A killed process reads nothing more.
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    const value = parseWhole(line)
    if (value === undefined) return
    said.push(value)
    values.add(value)
  })
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.on('close', (code) => {
      values.end()
      resolve({ code, errors })
    })
  })
  return {
    said,
    ended,
    next: () => values.next(),
    tell: (word) => child.stdin.write(`${word}\n`),
    hangUp: () => child.stdin.end(),
    kill: () => child.kill('SIGKILL'),
    stop: () => child.kill('SIGTERM'),
    pid: child.pid!,
  }
}

/** Says a value to whoever started this process: it is in the pipe when this returns, whatever comes next. */
export function say(value: unknown): void {
  writeSync(1, `${JSON.stringify(value)}\n`)
}

/** Waits for one word of whoever started this process, and for no more: the pipe would keep it alive. */
export async function hearOnce(): Promise<void> {
  for await (const _ of hear()) break
  process.stdin.unref()
}

/** Every word that whoever started this process tells it, until it says no more. */
export function hear(): AsyncIterable<string> {
  return createInterface({ input: process.stdin })
}

/** A process that was killed may have printed half a line, which says nothing. */
function parseWhole(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Values that come when they come, taken one by one. */
class Waiting<Value> {
  readonly #values: Value[] = []
  readonly #takers: ((value: Value | undefined) => void)[] = []
  #isEnded = false

  add(value: Value): void {
    const taker = this.#takers.shift()
    if (taker) taker(value)
    else this.#values.push(value)
  }

  next(): Promise<Value | undefined> {
    if (this.#values.length > 0) return Promise.resolve(this.#values.shift())
    if (this.#isEnded) return Promise.resolve(undefined)
    return new Promise((resolve) => this.#takers.push(resolve))
  }

  end(): void {
    this.#isEnded = true
    for (const taker of this.#takers.splice(0)) taker(undefined)
  }
}
