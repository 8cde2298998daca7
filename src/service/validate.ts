import * as z from 'zod/mini'
import { type Finding, formatPath } from '../domain/document/problem.js'
import { type AgentDocument, schemas } from '../domain/document/schema.js'
import { schemaFindings } from '../domain/document/schema-findings.js'
import { DriftStatusError } from '../domain/errors.js'
import type { SectionName, Sections } from './store/store.js'

/** In larger values the first mistake ends the reading: a megabyte of mistakes would take seconds to tell. */
const MAX_VALUES_READ_ON = 10_000
/** Mistakes told at once. */
const MAX_FINDINGS = 100

/**
 * Reads a value by a schema.
 * @throws DriftStatusError (invalid-input) saying everything that is wrong, each with its path
 */
export function parseBy<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = readBy(schema, value)
  if (parsed.success) return parsed.data
  throw invalidInput(schemaFindings(parsed.error.issues, value))
}

function readBy<Schema extends z.ZodMiniType>(schema: Schema, value: unknown) {
  // Zod has the option, for its own "validate", and no type of it.
  const options = { abortEarly: holdsMoreThan(MAX_VALUES_READ_ON, value) } as object
  try {
    return z.safeParse(schema, value, options)
  } catch (cause) {
    // An unknown key ends no reading, and Zod passes on all mistakes as arguments of one call.
    if (!(cause instanceof RangeError)) throw cause
    throw new DriftStatusError('invalid-input', 'too many unknown keys to list', {
      hint: 'GET the same path to see which keys there are',
      cause,
    })
  }
}

/** One error of everything found wrong. */
export function invalidInput(findings: readonly Finding[]): DriftStatusError {
  const [first] = findings
  const told = findings
    .slice(0, MAX_FINDINGS)
    .map(({ path, message: text, rule }) => `${formatPath(path)}: ${text}${rule === undefined ? '' : ` (${rule})`}`)
  const more = findings.length - told.length
  const message = [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
  return new DriftStatusError('invalid-input', message, { hint: first?.hint })
}

export function parseAgent(value: unknown): AgentDocument {
  return parseBy(schemas.agent(), value)
}

export function parseSection<Name extends SectionName>(name: Name, value: unknown): Sections[Name] {
  return parseBy<z.ZodMiniType>(schemas[name](), value) as Sections[Name]
}

function holdsMoreThan(most: number, value: unknown): boolean {
  let count = 0
  const left = [value]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one !== 'object' || one === null) continue
    for (const inner of Object.values(one)) {
      if (++count > most) return true
      left.push(inner)
    }
  }
  return false
}
