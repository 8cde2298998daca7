import fc from 'fast-check'
import { businessHoursOf } from '../../src/domain/decision/compile-hours.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import type { BusinessHours } from '../../src/domain/time/business-hours.js'
import { Schedule } from '../../src/domain/time/schedule.js'
import { exportHours, importHours, READABLE_FORMATS } from '../../src/formats/hours-format.js'
import { businessHours, TODAY } from '../formats/hours-arbitrary.js'
import { mutate } from './mutate.js'
import { Random } from './random.js'

/** The formats that hours come in by. */
export const IMPORTERS = READABLE_FORMATS
export type Importer = (typeof IMPORTERS)[number]

export interface ImporterFuzz {
  readonly importer: Importer
  readonly runs: number
  readonly accepted: number
  readonly refused: number
  readonly slowestMs: number
  readonly failures: readonly { readonly text: string; readonly reason: string }[]
}

/** Longer than this is a hang. */
const MAX_MS = 2000
const encode = (text: string) => new TextEncoder().encode(text)

/**
 * Reads texts that were right until something in them was changed: each is refused with one clear error, or taken, and then
 * nothing of it is lost without a word.
 */
export function fuzzImporter(
  importer: Importer,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): ImporterFuzz {
  const random = new Random(seed)
  const seeds = seedsOf(importer, seed)
  const failures: { text: string; reason: string }[] = []
  const counts = { accepted: 0, refused: 0 }
  let slowestMs = 0
  for (let run = 0; run < runs; run++) {
    const text = mutate(random.pick(seeds), random)
    const start = performance.now()
    try {
      const lost = lostHours(importer, text)
      counts.accepted++
      if (lost !== undefined) failures.push({ text, reason: lost })
    } catch (error) {
      if (error instanceof DriftStatusError && error.message !== '') counts.refused++
      else failures.push({ text, reason: String((error as Error).stack ?? error) })
    }
    const took = performance.now() - start
    slowestMs = Math.max(slowestMs, took)
    if (took > MAX_MS) failures.push({ text, reason: `took ${Math.round(took)} ms` })
  }
  return { importer, runs, ...counts, slowestMs, failures }
}

function seedsOf(importer: Importer, seed: number): readonly string[] {
  const sampled = fc.sample(businessHours, { numRuns: 40, seed })
  return sampled.map((hours) => exportHours(importer, hours, { name: 'Acme', today: TODAY }).text)
}

/** What of hours that were taken is lost: written again and read again, they are open at the same instants. */
function lostHours(format: Importer, text: string): string | undefined {
  const { hours } = importHours(format, encode(text), 'x', TODAY)
  const compiled = compile(hours)
  const again = compile(
    importHours('csv', encode(exportHours('csv', compiled, { name: 'x', today: TODAY }).text), 'x', TODAY).hours,
  )
  const [from, to] = [(TODAY + 1) * 86_400_000, (TODAY + 800) * 86_400_000]
  const [first, second] = [compiled, again].map((one) => JSON.stringify([...new Schedule(one).intervals(from, to)]))
  return first === second ? undefined : 'what was read is not what is written'
}

/** As a document, which refuses what it cannot hold. */
function compile(hours: object): BusinessHours {
  const document = parseWorkspace(JSON.stringify({ version: 1, timeZone: 'UTC', hours }), 'x')
  return businessHoursOf(document.hours, document)
}
