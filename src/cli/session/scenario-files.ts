import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import { DocumentError, type Finding, type Problem } from '../../domain/document/problem.js'
import type { CheckAnswer, ScenarioAnswer } from '../../domain/scenarios/check.js'
import { parseScenarios, type ScenariosText } from '../../domain/scenarios/parse-scenarios.js'
import { type ReadingTimes, readTimes } from '../../domain/scenarios/read-scenarios.js'
import type { Scenario } from '../../domain/scenarios/scenarios-schema.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import type { Context } from '../context.js'

/** Whether a scenario of a file holds. */
export interface PlacedScenario extends ScenarioAnswer {
  /** `<stdin>` for standard input. */
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** The answer of `check --json`. */
export interface CheckedScenarios {
  readonly workspace: string
  readonly timeZone: string
  readonly held: number
  readonly total: number
  readonly scenarios: readonly PlacedScenario[]
}

interface ScenarioFile extends ScenariosText {
  readonly file: string
}

/** Files of scenarios, asked as one. */
export class ScenarioFiles {
  readonly #files: readonly ScenarioFile[]

  private constructor(files: readonly ScenarioFile[]) {
    this.#files = files
  }

  /**
   * @param paths `-` is standard input
   * @throws DocumentError with every problem of all of them
   */
  static async read(paths: readonly string[], { read }: Pick<Context, 'read'>): Promise<ScenarioFiles> {
    const files: ScenarioFile[] = []
    const problems: Problem[] = []
    for (const path of paths) {
      const file = path === '-' ? '<stdin>' : path
      const text = readUtf8(await read(path, BODY_BYTES.scenarios), file, 'scenarios are YAML or JSON in UTF-8')
      try {
        files.push({ file, ...parseScenarios(text, file) })
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error
        problems.push(...error.problems)
      }
    }
    if (problems.length > 0) throw new DocumentError(paths.join(', '), problems)
    return new ScenarioFiles(files)
  }

  /**
   * The scenarios with instants for the times that are typed in them.
   * @throws DocumentError with every time that is none
   */
  asked(reading: ReadingTimes): readonly Scenario[] {
    const read = this.#files.map(({ scenarios }) => readTimes(scenarios, reading))
    this.#refuse(read.map(({ findings }) => findings))
    return read.flatMap(({ scenarios }) => scenarios)
  }

  /**
   * What was answered of each, with its place.
   * @throws DocumentError with every mistake that the answer tells
   */
  placed({ scenarios, mistakes = [] }: CheckAnswer): readonly PlacedScenario[] {
    let first = 0
    const findings = this.#files.map(({ scenarios: { length } }): readonly Finding[] => {
      const begin = first
      first += length
      return mistakes.flatMap(({ path: [root, index, ...rest], message, hint }) => {
        const own = Number(index) - begin
        if (own < 0 || own >= length) return []
        return [{ path: [root!, own, ...rest], message, hint: hint ?? undefined }]
      })
    })
    this.#refuse(findings)
    const answers = scenarios[Symbol.iterator]()
    return this.#files.flatMap(({ file, scenarios: own, place }) => {
      const places = place(own.map((_, index) => ({ path: ['scenarios', index], message: '' })))
      return own.map((_, index) => ({ ...answers.next().value!, file, line: places[index]?.line ?? 1 }))
    })
  }

  #refuse(findings: readonly (readonly Finding[])[]): void {
    const problems = this.#files.flatMap(({ place }, index) => place(findings[index]!))
    if (problems.length > 0) throw new DocumentError(this.#files.map(({ file }) => file).join(', '), problems)
  }
}
