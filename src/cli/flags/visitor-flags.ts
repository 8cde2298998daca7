import { whyNeverHolds } from '../../domain/decision/conditions/dead-conditions.js'
import { type Fact, readNumber } from '../../domain/decision/conditions/facts.js'
import type { ConditionDocument, ConditionsDocument, OperatorsDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { OptionSpec } from '../command.js'

/*
 * condition = fact operator value *( "," value ) / fact "?"
 * operator  = "=" / "!=" / "~" / ">=" / "<="         the first of the text from the left
 * fact      = word without = ! ~ < > ? / quoted      white space around it is left out
 * value     = text without a comma / quoted          nor of a value
 * quoted    = '"' text '"' / "'" text "'"            with the quote in it written twice
 */

/** The flag that says whom a rule is about, as the document's `when` does. */
export const WHEN_OPTION: OptionSpec = {
  flags: '--when <condition>',
  summary:
    'country=DE,AT, country!=DE, company.size>=500, url~*pricing*, company.name="Acme, Inc." or plan? for "is known"; all hold',
  isRepeatable: true,
  parse: readCondition,
}

/** The flag that says what is known of a visitor. */
export const VISITOR_OPTION: OptionSpec = {
  flags: '--visitor <key=value>',
  summary: 'a fact about the visitor, e.g. country=DE',
  isRepeatable: true,
  parse: readFact,
}

export type ConditionEntry = readonly [fact: string, operators: OperatorsDocument]
export type FactEntry = readonly [fact: string, value: Fact]

const FACT_HINT = 'write e.g. country=DE or company.name="Acme, Inc."'
const CONDITION_HINT = 'write e.g. country=DE,AT, company.size>=500, company.name="Acme, Inc." or account.owner?'
const QUOTE_HINT = 'put quotes around a text that contains operators or commas, e.g. q="a=b, why?"'

/** Reads one condition. */
function readCondition(text: string): ConditionEntry {
  const { fact, operator, rest } = splitAtOperator(text)
  if (operator === undefined) {
    throw usage(`"${text}" is not a condition`, /^[<>]/.test(rest) ? 'write >= or <=' : CONDITION_HINT)
  }
  if (operator === '?') {
    if (rest.trim() === '') return [fact, { exists: true }]
    throw usage(`"${text}" has text after its "?"`, QUOTE_HINT)
  }
  const values = readValues(rest, text)
  const [value = '', second] = values
  if (operator === '=') return [fact, second === undefined ? { eq: value } : { in: values }]
  if (operator === '!=') return [fact, { not: second === undefined ? value : values }]
  if (second !== undefined) throw usage(`"${text}" has more than one value after "${operator}"`, QUOTE_HINT)
  if (operator === '~') return [fact, { glob: value }]
  const number = readNumber(value)
  if (!Number.isFinite(number)) throw usage(`"${value}" in "${text}" is not a number`, CONDITION_HINT)
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) {
    throw usage(`"${value}" in "${text}" has more digits than a number can hold`, CONDITION_HINT)
  }
  return [fact, operator === '>=' ? { gte: number } : { lte: number }]
}

/**
 * Conditions from repeated flags, which all hold; undefined when none is given.
 * @throws DriftStatusError (usage) when no visitor could meet them
 */
export function readConditions(entries: readonly ConditionEntry[] | undefined): ConditionsDocument | undefined {
  if (!entries) return undefined
  const byFact = new Map<string, Exclude<ConditionDocument, Fact>>()
  for (const [fact, operators] of entries) byFact.set(fact, combine(byFact.get(fact) ?? {}, operators))
  return Object.fromEntries(
    [...byFact].map(([fact, condition]): readonly [string, ConditionDocument] => {
      const why = whyNeverHolds(fact, condition)
      if (why !== undefined) throw usage(`no visitor can meet --when for "${fact}": ${why}`, 'all conditions must hold')
      const { eq, ...others } = condition
      return [fact, eq !== undefined && Object.keys(others).length === 0 ? eq : condition]
    }),
  )
}

/** A condition that asks for something more. */
function combine(
  condition: Exclude<ConditionDocument, Fact>,
  more: OperatorsDocument,
): Exclude<ConditionDocument, Fact> {
  const [operator] = Object.keys(more) as [keyof OperatorsDocument]
  const { [operator]: asked, all = [] } = condition
  const added = more[operator]
  if (asked === undefined) return { ...condition, ...more }
  if (operator === 'gte') return { ...condition, gte: Math.max(asked as number, added as number) }
  if (operator === 'lte') return { ...condition, lte: Math.min(asked as number, added as number) }
  if (operator === 'not') return { ...condition, not: [...new Set([asked, added].flat() as Fact[])] }
  const isSaid = [condition, ...all].some((part) => JSON.stringify(part[operator]) === JSON.stringify(added))
  return isSaid ? condition : { ...condition, all: [...all, more] }
}

/** Reads `key=value`: a comma is part of the value, and quotes around it are not. */
function readFact(text: string): FactEntry {
  const { fact, operator, rest } = splitAtOperator(text)
  if (operator !== '=') throw usage(`"${text}" is not key=value`, FACT_HINT)
  const value = rest.trim()
  if (!/^["']/.test(value)) {
    refuseOperator(value, text)
    return [fact, value]
  }
  const quoted = readQuoted(value, text)
  if (quoted.rest.trim() !== '') throw usage(`"${text}" has text after its closing quote`, QUOTE_HINT)
  return [fact, quoted.value]
}

/**
 * Facts from repeated flags.
 * @throws DriftStatusError (usage) for one that is given two values
 */
export function readFacts(entries: readonly FactEntry[] = []): Readonly<Record<string, Fact>> {
  return Object.fromEntries(unambiguous('--visitor', entries))
}

/** The pairs of a repeated flag, each key once. */
export function unambiguous<Value>(flag: string, entries: readonly (readonly [string, Value])[]): Map<string, Value> {
  const known = new Map<string, Value>()
  for (const [key, value] of entries) {
    const earlier = known.get(key)
    if (earlier !== undefined && earlier !== value) {
      throw usage(`${flag} says both "${String(earlier)}" and "${String(value)}" of "${key}"`, 'say one of them')
    }
    known.set(key, value)
  }
  return known
}

interface Split {
  readonly fact: string
  /** undefined when there is none */
  readonly operator: string | undefined
  /** What follows the operator, or the fact. */
  readonly rest: string
}

function splitAtOperator(text: string): Split {
  const { value: fact, rest } = readFactName(text.trimStart(), text)
  const operator = /^(?:!=|>=|<=|[=~?])/.exec(rest)?.[0]
  if (operator === undefined) return { fact, operator, rest }
  if (fact === '') throw usage(`"${text}" names no fact before its "${operator}"`, CONDITION_HINT)
  if (fact === '__proto__') throw usage(`"${fact}" cannot be the name of a fact`, 'give the fact another name')
  return { fact, operator, rest: rest.slice(operator.length) }
}

function readFactName(begun: string, text: string): Read {
  if (/^["']/.test(begun)) {
    const { value, rest } = readQuoted(begun, text)
    return { value, rest: rest.trimStart() }
  }
  const [written = ''] = begun.split(/[=!~<>?]/, 1)
  const value = written.trim()
  const rest = begun.slice(written.length)
  if (rest !== '' && /[\s\p{Cf}]/u.test(value)) {
    throw usage(
      `"${text}" has more than one word before its operator`,
      `if it is the name of a fact, write "${value}" in quotes`,
    )
  }
  return { value, rest }
}

function readValues(list: string, text: string): string[] {
  const values: string[] = []
  for (let rest: string | undefined = list; rest !== undefined; ) {
    const begun: string = rest.trimStart()
    const { value, rest: after } = /^["']/.test(begun) ? readQuoted(begun, text) : readBare(begun, text)
    values.push(value)
    const next = after.trimStart()
    if (next !== '' && !next.startsWith(',')) throw usage(`"${text}" has text after a closing quote`, QUOTE_HINT)
    rest = next === '' ? undefined : next.slice(1)
  }
  return values
}

interface Read {
  readonly value: string
  /** What follows it. */
  readonly rest: string
}

function readBare(list: string, text: string): Read {
  const [written = ''] = list.split(',', 1)
  const value = written.trim()
  if (value === '') throw usage(`"${text}" has no value`, 'write "" for an empty one')
  if (value.endsWith('\\') && written.length < list.length) {
    throw usage(`"${text}" has a backslash before a comma, which does not escape it`, QUOTE_HINT)
  }
  refuseOperator(value, text)
  return { value, rest: list.slice(written.length) }
}

/** A text in quotes, in which the quote itself is written twice. */
function readQuoted(written: string, text: string): Read {
  const quote = written.charAt(0)
  const match = (quote === '"' ? /^"((?:[^"]|"")*)"/ : /^'((?:[^']|'')*)'/).exec(written)
  if (!match) throw usage(`"${text}" has a quote that is not closed`, QUOTE_HINT)
  const [whole, inner = ''] = match
  return { value: inner.replaceAll(quote + quote, quote), rest: written.slice(whole.length) }
}

/** `a==b`, `a=<5`, `a=“b”`: more likely another operator or quotes of an editor than a value. */
function refuseOperator(value: string, text: string): void {
  if (/^[=!~<>]/.test(value)) throw usage(`"${text}" has an unknown operator`, QUOTE_HINT)
  if (/^[“”„‘’«»]/.test(value)) throw usage(`"${text}" has typographic quotes`, QUOTE_HINT)
}

function usage(message: string, hint: string): DriftStatusError {
  return new DriftStatusError('usage', message, { hint })
}
