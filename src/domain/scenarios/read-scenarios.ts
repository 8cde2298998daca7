import type { Finding, Path } from '../document/problem.js'
import { DriftStatusError } from '../errors.js'
import { formatInstant } from '../time/instant.js'
import { parseAt } from '../time/typed/parse-at.js'
import type { Instant, Zone } from '../time/zone.js'
import { DECISION_SHAPE, type Part, type PartGroup, type Shape } from './decision-shape.js'
import { windowsOf } from './during.js'
import type { Expectation } from './expectation-schema.js'
import type { Scenario } from './scenarios-schema.js'

/** What typed times mean. */
export interface ReadingTimes {
  readonly now: Instant
  /** Of the workspace. */
  readonly zone: Zone
}

/** Scenarios with instants for the times that people typed, and what is wrong with them. */
export function readTimes(
  scenarios: readonly Scenario[],
  reading: ReadingTimes,
): { readonly scenarios: readonly Scenario[]; readonly findings: readonly Finding[] } {
  const reader = new TimeReader(reading)
  return { scenarios: scenarios.map((scenario, index) => reader.read(scenario, index)), findings: reader.findings }
}

class TimeReader {
  readonly findings: Finding[] = []
  readonly #reading: ReadingTimes

  constructor(reading: ReadingTimes) {
    this.#reading = reading
  }

  read(scenario: Scenario, index: number): Scenario {
    const path = ['scenarios', index]
    const times = Object.fromEntries(
      (['at', 'from', 'to'] as const).flatMap((key) => {
        const text = scenario[key]
        return text === undefined ? [] : [[key, this.#time(text, [...path, key])]]
      }),
    )
    const asked = Object.fromEntries(
      (['expect', 'never'] as const).flatMap((key) => {
        const expected = scenario[key]
        return expected === undefined ? [] : [[key, this.#within(DECISION_SHAPE, expected, [...path, key])]]
      }),
    )
    const read: Scenario = { ...scenario, ...times, ...asked }
    this.findings.push(...rangeFindings(read, this.#reading.zone, path))
    return read
  }

  /** The text itself where it is no time. */
  #time(text: string, path: Path): string {
    try {
      const { now, zone } = this.#reading
      return formatInstant(text === 'now' ? now : parseAt(text, { now, zone }), zone)
    } catch (error) {
      if (!(error instanceof DriftStatusError)) throw error
      this.findings.push({ path, message: error.message, hint: error.hint, rule: error.rule })
      return text
    }
  }

  /** An expectation with instants for its times. */
  #within(shape: Shape | Part | PartGroup, expected: Expectation, path: Path): Expectation {
    if (expected === null) return expected
    switch (shape.kind) {
      case 'part':
        return this.#within(shape.shape, expected, path)
      case 'group':
        return this.#keys(shape.parts, expected, path)
      case 'mapping':
        return this.#keys(shape.keys, expected, path)
      case 'list': {
        const { of } = shape
        if (Array.isArray(expected)) return expected.map((item, index) => this.#within(of, item, [...path, index]))
        return this.#keys({ some: of, every: of, none: of }, expected, path)
      }
      case 'time':
        return this.#timesIn(expected, path)
      default:
        return expected
    }
  }

  #keys(shapes: Readonly<Record<string, Shape | Part | PartGroup>>, expected: Expectation, path: Path): Expectation {
    return Object.fromEntries(
      Object.entries(expected as object).map(([key, asked]) => {
        const shape = shapes[key]
        return [key, shape ? this.#within(shape, asked, [...path, key]) : asked]
      }),
    )
  }

  /** A time, or operators on times. */
  #timesIn(expected: Expectation, path: Path): Expectation {
    if (typeof expected === 'string') return this.#time(expected, path)
    if (Array.isArray(expected)) return expected.map((text, index) => this.#timesIn(text, [...path, index]))
    if (typeof expected !== 'object' || expected === null) return expected
    return Object.fromEntries(
      Object.entries(expected).map(([operator, operand]) => [operator, this.#timesIn(operand, [...path, operator])]),
    )
  }
}

/** A range without an instant would hold whatever is expected of it. */
function rangeFindings(scenario: Scenario, zone: Zone, path: Path): readonly Finding[] {
  const { from, to, during } = scenario
  const [start, end] = [Date.parse(from ?? ''), Date.parse(to ?? '')]
  if (Number.isNaN(start) || Number.isNaN(end)) return []
  if (end <= start) {
    return [{ path: [...path, 'to'], message: 'is not after "from"', hint: 'swap them, or write "to" with a date' }]
  }
  if (!during || !windowsOf({ ...scenario, during }, zone.name).next().done) return []
  return [
    {
      path: [...path, 'during'],
      message: 'no time of the range is in these hours',
      hint: 'widen the range, or name other days or hours',
    },
  ]
}
