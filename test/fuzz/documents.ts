import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { compileWorkspace } from '../../src/domain/decision/compile-workspace.js'
import { parseWorkspace, printWorkspace } from '../../src/domain/document/parse-workspace.js'
import { DocumentError, type Problem } from '../../src/domain/document/problem.js'
import type { WorkspaceDocument } from '../../src/domain/document/schema.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { lint } from '../../src/domain/questions/lint/lint.js'
import { simulate } from '../../src/domain/questions/simulate.js'
import { mutate } from './mutate.js'
import { Random } from './random.js'
import { randomDocumentText } from './random-document.js'
import { randomInstant, randomRequest } from './random-request.js'

/** No document may take longer to read and answer for. */
const MAX_MS = 2000

export interface FuzzOptions {
  readonly runs: number
  readonly seed: number
}

export interface FuzzResult {
  readonly runs: number
  /** Documents that were read and answered for. */
  readonly valid: number
  /** Documents that were refused with their problems. */
  readonly refused: number
  /** Requests that a valid document refused. */
  readonly refusedRequests: number
  readonly slowestMs: number
  readonly totalMs: number
  readonly failures: readonly FuzzFailure[]
}

/** A run that broke a promise; `new Random(runSeed)` makes it again. */
export interface FuzzFailure {
  readonly runSeed: number
  readonly reason: string
  readonly text: string
}

type Outcome = 'valid' | 'refused' | 'refused-request'

/**
 * Reads random documents, and asks those that are valid a random question. Every one of them must
 * either be refused, with problems that have a place, or be answered for; in time, in both cases.
 */
export function fuzzDocuments({ runs, seed }: FuzzOptions): FuzzResult {
  const sample = readFileSync('docs/sample/acme.yaml', 'utf8')
  const counts: Record<Outcome, number> = { valid: 0, refused: 0, 'refused-request': 0 }
  const failures: FuzzFailure[] = []
  const startedAt = performance.now()
  let slowestMs = 0
  for (let run = 0; run < runs; run++) {
    const runSeed = (seed + run) >>> 0
    const random = new Random(runSeed)
    const text = randomText(sample, random)
    const runStartedAt = performance.now()
    try {
      counts[check(text, random)]++
    } catch (error) {
      failures.push({ runSeed, reason: error instanceof Error ? (error.stack ?? error.message) : String(error), text })
    }
    const runMs = performance.now() - runStartedAt
    slowestMs = Math.max(slowestMs, runMs)
    if (runMs > MAX_MS) failures.push({ runSeed, reason: `took ${Math.round(runMs)} ms`, text })
  }
  return {
    runs,
    valid: counts.valid + counts['refused-request'],
    refused: counts.refused,
    refusedRequests: counts['refused-request'],
    slowestMs,
    totalMs: performance.now() - startedAt,
    failures,
  }
}

/** One of the random documents or the sample, as it is or with random changes. */
export function randomText(sample: string, random: Random): string {
  if (random.chance(0.4)) return mutate(sample, random)
  const text = randomDocumentText(random)
  return random.chance(0.3) ? mutate(text, random) : text
}

function check(text: string, random: Random): Outcome {
  let document: WorkspaceDocument
  try {
    document = parseWorkspace(text, 'fuzz.yaml')
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    checkProblems(error.problems, text)
    return 'refused'
  }
  const printed = printWorkspace(document)
  if (!isDeepStrictEqual(parseWorkspace(printed, 'printed.yaml'), document))
    throw new Error('prints as another document')
  lint(compileWorkspace(document), randomInstant(random))
  JSON.stringify(simulate(document, { at: randomInstant(random) }))
  try {
    JSON.stringify(simulate(document, randomRequest(document, random)))
  } catch (error) {
    if (error instanceof DriftStatusError) return 'refused-request'
    throw error
  }
  return 'valid'
}

function checkProblems(problems: readonly Problem[], text: string): void {
  const lineCount = text.split('\n').length
  if (problems.length === 0) throw new Error('is refused without a problem')
  for (const [index, { line, column, message }] of problems.entries()) {
    const isPlace = Number.isInteger(line) && line >= 1 && line <= lineCount && Number.isInteger(column) && column >= 1
    if (!isPlace || message === '') throw new Error(`has a problem without a place: ${line}:${column} "${message}"`)
    const earlier = problems[index - 1]
    const isInOrder = !earlier || earlier.line < line || (earlier.line === line && earlier.column <= column)
    if (!isInOrder)
      throw new Error(`has problems out of order: ${earlier.line}:${earlier.column}, then ${line}:${column}`)
  }
}
