import * as z from 'zod/mini'
import { DocumentError, type Finding, type Problem } from '../document/problem.js'
import { schemaFindings } from '../document/schema-findings.js'
import { unwritableFindings } from '../document/unwritable-text.js'
import { readYaml } from '../document/yaml.js'
import { type Scenario, scenariosSchema } from './scenarios-schema.js'

/** Scenarios as they are written, and where everything in them stands. */
export interface ScenariosText {
  readonly scenarios: readonly Scenario[]
  readonly place: (findings: readonly Finding[]) => readonly Problem[]
}

const SAMPLE = 'start from the sample scenarios: docs/sample/scenarios.yaml'
const KIND = { schema: () => scenariosSchema(), what: 'scenario file', sample: SAMPLE }

/**
 * Reads a file of scenarios, YAML 1.2 or JSON.
 *
 * @param file the name that errors give it
 * @throws DocumentError with every problem, each with line, column and path
 */
export function parseScenarios(text: string, file: string): ScenariosText {
  const { value, place } = readYaml(text, file, KIND)
  if (value === null || value === undefined) {
    throw new DocumentError(file, [{ file, line: 1, column: 1, path: '', message: 'is empty', hint: SAMPLE }])
  }
  const parsed = z.safeParse(scenariosSchema(), value)
  const findings = [...schemaFindings(parsed.error?.issues ?? [], value), ...unwritableFindings(value)]
  if (findings.length > 0 || !parsed.success) throw new DocumentError(file, place(findings))
  return { scenarios: parsed.data.scenarios, place }
}
