import * as z from 'zod/mini'
import { strict } from './fields.js'
import { holidayFields } from './holidays-schema.js'
import { DocumentError } from './problem.js'
import { referenceFindings } from './references.js'
import type { ExceptionDocument } from './schema.js'
import { schemaFindings } from './schema-findings.js'
import { unwritableFindings } from './unwritable-text.js'
import { readYaml } from './yaml.js'

/**
 * Reads the days of a holiday calendar as people write them, YAML 1.2 or JSON: `days:` and a list of exceptions.
 *
 * @param file the name that errors give it
 * @throws DocumentError with every problem, each with line, column and path
 */
export function parseHolidayDays(text: string, file: string): readonly ExceptionDocument[] {
  const { value, place } = readYaml(text, file)
  const schema = strict({ days: holidayFields.days() })
  const parsed = z.safeParse(schema, value)
  // As the only calendar of a document: its paths begin where the text does.
  const clashes = referenceFindings({ holidays: [value] }).map(({ path, ...finding }) => ({
    ...finding,
    path: path.slice(2),
  }))
  const findings = [...schemaFindings(parsed.error?.issues ?? [], value), ...unwritableFindings(value), ...clashes]
  if (findings.length > 0 || !parsed.success) throw new DocumentError(file, place(findings))
  return parsed.data.days
}
