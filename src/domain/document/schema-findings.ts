import type { $ZodIssue } from 'zod/v4/core'
import { didYouMean } from '../nearest.js'
import type { IssueParams } from './fields.js'
import type { Finding, Path } from './problem.js'

/** Of one mapping: each is compared with every key there is. */
const MAX_UNKNOWN_KEYS = 1000

/** What the schema's own library says: of the keys of a request nobody told it. */
const UNSAID = 'Invalid input'

/** Says in the house's words what the schema found wrong with a value. */
export function schemaFindings(issues: readonly $ZodIssue[], root: unknown): Finding[] {
  return issues.flatMap((issue) => findingsOf(issue, [], root))
}

function findingsOf(issue: $ZodIssue, prefix: Path, root: unknown): Finding[] {
  const path = [...prefix, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))]
  const value = valueAt(root, path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.message === UNSAID ? [] : issue.message.split(' ')
      return issue.keys.slice(0, MAX_UNKNOWN_KEYS).map((key) => ({
        path: [...path, key],
        atKey: true,
        message: `unknown key "${key}"`,
        hint: didYouMean(key, known) ?? (known.length > 0 ? `known keys: ${known.join(', ')}` : undefined),
      }))
    }
    case 'invalid_union':
      return unionFindings(issue.errors, path, value, root)
    case 'invalid_value':
      return [{ path, ...wrongChoice(value, issue.values.map(String)) }]
    case 'invalid_type':
      return [{ path, ...wrongType(value, issue.expected, path.at(-1)) }]
    case 'too_small':
      return [
        {
          path,
          message: ['string', 'array'].includes(issue.origin) ? 'is empty' : `${show(value)} is below ${issue.minimum}`,
        },
      ]
    case 'too_big':
      return [{ path, ...tooBig(issue.origin, issue.maximum, value) }]
    case 'custom': {
      const params = issue.params as IssueParams | undefined
      return [{ path, message: issue.message, rule: params?.rule, hint: params?.hint }]
    }
    default:
      return [{ path, message: `${show(value)} is not valid here` }]
  }
}

function tooBig(origin: string, maximum: number | bigint, value: unknown): Omit<Finding, 'path'> {
  if (origin !== 'string') return { message: `${show(value)} is above ${maximum}` }
  return { message: `is longer than ${maximum} characters`, hint: `it has ${String(value).length}: say it in fewer` }
}

/**
 * The alternative that has the value's own type says best what is wrong inside it. When none has,
 * every alternative failed at the root: name what is possible.
 */
function unionFindings(
  branches: readonly (readonly $ZodIssue[])[],
  path: Path,
  value: unknown,
  root: unknown,
): Finding[] {
  const alternatives = branches.flatMap(inSingleUnions)
  const inside = alternatives.find((issues) => !issues.some((issue) => issue.path.length === 0 && isTypeIssue(issue)))
  if (inside) return inside.flatMap((issue) => findingsOf(issue, path, root))
  const expected = alternatives.flat().flatMap((issue) => {
    if (issue.code === 'invalid_value') return issue.values.map((choice) => `"${String(choice)}"`)
    return issue.code === 'invalid_type' ? [typeName(issue.expected)] : []
  })
  const choices = expected.filter((choice) => choice.startsWith('"')).map((choice) => choice.slice(1, -1))
  if (typeof value === 'string' && choices.length > 0) return [{ path, ...wrongChoice(value, choices) }]
  if (value === undefined) return [missing(path)]
  return [{ path, message: `${show(value)} is not valid here`, hint: `write ${[...new Set(expected)].join(' or ')}` }]
}

/** An alternative that is a union itself has alternatives of its own. */
function inSingleUnions(issues: readonly $ZodIssue[]): readonly (readonly $ZodIssue[])[] {
  const [only, second] = issues
  return only?.code === 'invalid_union' && only.path.length === 0 && !second
    ? only.errors.flatMap(inSingleUnions)
    : [issues]
}

function isTypeIssue(issue: $ZodIssue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union'
}

function wrongChoice(value: unknown, choices: readonly string[]): Omit<Finding, 'path'> {
  if (value === undefined) return { message: 'is missing', hint: `write ${choices.join(' or ')}` }
  const list = choices.join(', ')
  return {
    message: choices.length === 1 ? `${show(value)} is not ${list}` : `${show(value)} is not one of ${list}`,
    hint: hintOfChoice(value, choices),
  }
}

function hintOfChoice(value: unknown, choices: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined
  return choices.includes(value) ? `write ${value} without quotes` : didYouMean(value, choices)
}

function wrongType(value: unknown, expected: string, key: Path[number] | undefined): Omit<Finding, 'path'> {
  if (value === undefined) {
    const type = TYPE_NAMES[expected]
    return { message: 'is missing', hint: key === 'timeZone' ? ZONE_HINT : type && `write ${type}` }
  }
  const hint =
    expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')
      ? `put quotes around it: "${value}"`
      : undefined
  return { message: `${show(value)} is not ${typeName(expected)}`, hint }
}

function missing(path: Path): Finding {
  return { path, message: 'is missing' }
}

const ZONE_HINT = 'write an IANA name, e.g. timeZone: Europe/Berlin'

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of keys to values',
  record: 'a mapping of keys to values',
}

function typeName(expected: string): string {
  return TYPE_NAMES[expected] ?? expected
}

/** A value short enough for a message. */
function show(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  const text = typeof value === 'string' ? `"${value}"` : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string | number, unknown>)[part]
  }
  return value
}
