import * as z from 'zod/mini'
import { DriftStatusError } from '../domain/errors.js'
import { type Finding, formatPath } from '../domain/workspace/problem.js'
import { type AgentDocument, schemas } from '../domain/workspace/schema.js'
import { schemaFindings } from '../domain/workspace/schema-findings.js'
import type { SectionName, Sections } from './store/store.js'

/**
 * Reads a value by a schema.
 * @throws DriftStatusError (invalid-input) saying everything that is wrong, each with its path
 */
export function parseBy<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = z.safeParse(schema, value)
  if (parsed.success) return parsed.data
  throw invalidInput(schemaFindings(parsed.error.issues, value))
}

/** One error of everything found wrong. */
export function invalidInput(findings: readonly Finding[]): DriftStatusError {
  const [first] = findings
  const message = findings
    .map(({ path, message: text, rule }) => `${formatPath(path)}: ${text}${rule === undefined ? '' : ` (${rule})`}`)
    .join('; ')
  return new DriftStatusError('invalid-input', message, { hint: first?.hint })
}

export function parseAgent(value: unknown): AgentDocument {
  return parseBy(schemas.agent(), value)
}

export function parseSection<Name extends SectionName>(name: Name, value: unknown): Sections[Name] {
  return parseBy<z.ZodMiniType>(schemas[name](), value) as Sections[Name]
}
