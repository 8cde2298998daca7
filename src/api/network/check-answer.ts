import * as z from 'zod/mini'
import { MODES } from '../../domain/words.js'
import type { OperationId } from '../contract/operations.js'
import { INSTANT } from '../contract/responses/answer-fields.js'
import { responses } from '../contract/responses.js'

/**
 * What an answer lacks of what its operation promises, e.g. `widget.mode is missing`; undefined for an answer as
 * promised. A newer service may say more, with words that are new here: what is shown as it comes may be any word.
 */
export function findBrokenPromise(id: OperationId, answer: unknown): string | undefined {
  return findBroken(responses[id](), answer)
}

/** The same of what a stream tells. */
export function findBroken(schema: z.ZodMiniType, answer: unknown): string | undefined {
  const { error } = z.safeParse<z.ZodMiniType>(schema, answer)
  const broken = error?.issues.find((issue) => isBroken(issue, valueAt(answer, issue.path)))
  if (!broken) return undefined
  const place = broken.path.map(String).join('.')
  return `${place === '' ? 'the answer' : place} is ${valueAt(answer, broken.path) === undefined ? 'missing' : 'not what it should be'}`
}

/** Lengths and the like are not checked: an older service may have kept what is refused today. */
function isBroken(issue: z.core.$ZodIssue, value: unknown): boolean {
  switch (issue.code) {
    case 'invalid_value':
      // The mode is online or offline, and shown as nothing else.
      return (
        typeof value !== 'string' ||
        (issue.values.length === MODES.length && MODES.every((mode) => issue.values.includes(mode)))
      )
    case 'invalid_format':
      return issue.pattern === String(INSTANT)
    case 'invalid_union':
      return issue.errors.every((issues) => issues.some((inner) => isBroken(inner, valueAt(value, inner.path))))
    case 'invalid_type':
    case 'invalid_key':
    case 'invalid_element':
      return true
    default:
      return false
  }
}

function valueAt(answer: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (value, key) => (value as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[key],
    answer,
  )
}
