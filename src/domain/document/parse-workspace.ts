import * as z from 'zod/mini'
import { dutyFindings } from './duty-findings.js'
import { idFindings } from './ids.js'
import { DocumentError } from './problem.js'
import { referenceFindings } from './references.js'
import { plainForm } from './same-form.js'
import { type WorkspaceDocument, workspaceSchema } from './schema.js'
import { schemaFindings } from './schema-findings.js'
import { unwritableFindings } from './unwritable-text.js'
import { printYaml, readYaml } from './yaml.js'

/**
 * Reads a workspace document, YAML 1.2 or JSON.
 *
 * @param text the document
 * @param file the name that errors give it
 * @throws DocumentError with every problem, each with line, column, path and the rule broken.
 * @example parseWorkspace('version: 1\ntimeZone: Europe/Berlin\n', 'acme.yaml').plan // 'premium'
 */
export function parseWorkspace(text: string, file: string): WorkspaceDocument {
  const { value, place } = readYaml(text, file)
  if (value === null || value === undefined) {
    const hint = 'start from the sample workspace: docs/sample/acme.yaml'
    throw new DocumentError(file, [{ file, line: 1, column: 1, path: '', message: 'is empty', hint }])
  }
  const parsed = z.safeParse(workspaceSchema(), value)
  const findings = [
    ...schemaFindings(parsed.error?.issues ?? [], value),
    ...unwritableFindings(value),
    ...idFindings(value),
    ...referenceFindings(value),
    ...dutyFindings(value),
  ]
  if (findings.length > 0 || !parsed.success) throw new DocumentError(file, place(findings))
  return parsed.data
}

/**
 * Prints a document as YAML. Reading it again gives an equal document.
 * @example await writeFile('workspace.yaml', printWorkspace(await client.getWorkspace({})))
 */
export function printWorkspace(document: WorkspaceDocument): string {
  return printYaml(document)
}

/** A document in the one way in which it is exported, with its keys in the order of the schema: two that say the same are then the same. */
export function inPlainForm(document: WorkspaceDocument): WorkspaceDocument {
  return z.parse(workspaceSchema(), plainForm(document))
}
