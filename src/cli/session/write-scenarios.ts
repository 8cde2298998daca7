import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { printYaml } from '../../domain/document/yaml.js'
import { DriftStatusError } from '../../domain/errors.js'
import { parseScenarios } from '../../domain/scenarios/parse-scenarios.js'
import type { Scenario } from '../../domain/scenarios/scenarios-schema.js'
import { startingScenarios } from '../../domain/scenarios/starting-scenarios.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import type { Context } from '../context.js'

/** What was written, by the names of the scenarios. */
export interface WrittenScenarios {
  readonly file: string
  readonly isNew: boolean
  readonly written: readonly string[]
}

/**
 * Writes scenarios that hold today into a file, after those that are in it; one of a name that is there is not written.
 * @throws DocumentError for a file that holds something else
 */
export async function writeScenarios(
  file: string,
  document: WorkspaceDocument,
  context: Context,
): Promise<WrittenScenarios> {
  const found = startingScenarios(document, context.now())
  const text = await currentText(file, context)
  if (text === undefined || text.trim() === '') {
    await context.write(file, printed(found))
    return { file, isNew: true, written: found.map(({ name }) => name) }
  }
  const known = parseScenarios(text, file).scenarios
  const missing = found.filter(({ name }) => !known.some((scenario) => scenario.name === name))
  if (missing.length > 0) await context.write(file, withMore(text, file, missing, known.length), text)
  return { file, isNew: false, written: missing.map(({ name }) => name) }
}

function printed(scenarios: readonly Scenario[]): string {
  return printYaml({ version: 1, scenarios })
}

/** The text with more scenarios at its end, moved in as those that are there. */
function withMore(text: string, file: string, missing: readonly Scenario[], known: number): string {
  const indent = /^([ ]*)- /m.exec(text)?.[1] ?? ''
  const items = printYaml(missing).trimEnd().replaceAll(/^/gm, indent)
  const edited = `${text.trimEnd()}\n${items}\n`
  try {
    if (parseScenarios(edited, file).scenarios.length === known + missing.length) return edited
  } catch {
    // Its list does not end the text, or is not written in lines.
  }
  throw new DriftStatusError('invalid-input', `${file} does not end with a list of scenarios in lines`, {
    hint: 'write the missing ones into another file',
  })
}

async function currentText(file: string, context: Context): Promise<string | undefined> {
  try {
    return readUtf8(await context.read(file, BODY_BYTES.scenarios), file, 'scenarios are YAML or JSON in UTF-8')
  } catch (error) {
    const { cause } = error as { readonly cause?: NodeJS.ErrnoException }
    if (error instanceof DriftStatusError && cause?.code === 'ENOENT') return undefined
    throw error
  }
}
