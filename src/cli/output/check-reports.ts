import type { CheckedScenarios, PlacedScenario } from '../session/scenario-files.js'
import { Dressed } from './line.js'
import { annotationProperty, annotationText } from './lint-formats.js'
import { replaceUnsafe, safeText, toSafeJson } from './safe-text.js'
import { differenceWords, failingTime } from './scenario-words.js'

type Report = readonly Dressed[]

/** GitHub shows so many annotations of a step. */
const MAX_ANNOTATIONS = 10

/** One annotation a scenario that does not hold, at its line, and one line with the count. */
export function githubReport({ scenarios, timeZone, held, total }: CheckedScenarios): Report {
  const failing = scenarios.filter(({ holds }) => !holds)
  const annotations = failing.slice(0, MAX_ANNOTATIONS).map((scenario) => {
    const { file, line, name } = scenario
    const place = file === '<stdin>' ? [] : [`file=${annotationProperty(file)}`, `line=${line}`]
    const properties = [...place, `title=${annotationProperty(name)}`].join(',')
    return new Dressed(`::error ${properties}::${annotationText(failureWords(scenario, timeZone).join('\n'))}`)
  })
  const more = failing.length - annotations.length
  return [...annotations, new Dressed(`${held} of ${total} hold${more > 0 ? `; ${more} more do not` : ''}`)]
}

/** The report that most pipelines read; a suite is a file. */
export function junitReport({ scenarios, timeZone, held, total }: CheckedScenarios): Report {
  const counts = (all: number, failing: number) => `tests="${all}" failures="${failing}" errors="0" skipped="0"`
  const suites = [...byFile(scenarios)].flatMap(([file, own]) => [
    `  <testsuite name=${attribute(file)} ${counts(own.length, own.filter(({ holds }) => !holds).length)}>`,
    ...own.flatMap((scenario) => junitCase(scenario, timeZone)),
    '  </testsuite>',
  ])
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="drift-status check" ${counts(total, total - held)}>`,
    ...suites,
    '</testsuites>',
  ].map((row) => new Dressed(row))
}

function byFile(scenarios: readonly PlacedScenario[]): ReadonlyMap<string, readonly PlacedScenario[]> {
  const files = new Map<string, PlacedScenario[]>()
  for (const scenario of scenarios) {
    const own = files.get(scenario.file)
    if (own) own.push(scenario)
    else files.set(scenario.file, [scenario])
  }
  return files
}

function junitCase(scenario: PlacedScenario, timeZone: string): readonly string[] {
  const { name, file, line, failure } = scenario
  const head = `    <testcase classname=${attribute(name)} name=${attribute(name)} file=${attribute(file)} line="${line}"`
  if (!failure) return [`${head}/>`]
  const [first = '', ...others] = failureWords(scenario, timeZone)
  const body = [first, ...others].map((row) => xmlText(row)).join('\n')
  return [`${head}>`, `      <failure message=${attribute(others[0] ?? first)}>${body}</failure>`, '    </testcase>']
}

/** The Test Anything Protocol, version 14, with what differs in YAML. */
export function tapReport({ scenarios, timeZone, total }: CheckedScenarios): Report {
  return [
    'TAP version 14',
    `1..${total}`,
    ...scenarios.flatMap((scenario, index) => tapPoint(scenario, index, timeZone)),
  ].map((row) => new Dressed(row))
}

function tapPoint(scenario: PlacedScenario, index: number, timeZone: string): readonly string[] {
  const { name, file, line, failure } = scenario
  const point = `${index + 1} - ${safeText(name).replaceAll(/[\\#]/g, '\\$&')}`
  if (!failure) return [`ok ${point}`]
  const { at, until, moreStretches, differences, reasons } = failure
  const diagnostics = {
    message: failureWords(scenario, timeZone)[1] ?? '',
    at: { file, line },
    from: at,
    until,
    moreStretches,
    differences,
    reasons: reasons.map(({ text }) => text),
  }
  const yaml = Object.entries(diagnostics).map(([key, value]) => `  ${key}: ${toSafeJson(value)}`)
  return [`not ok ${point}`, '  ---', ...yaml, '  ...']
}

/** When it does not hold, what differs, and why the decision is so. */
function failureWords({ failure }: PlacedScenario, timeZone: string): readonly string[] {
  if (!failure) return []
  return [
    failingTime(failure, timeZone),
    ...failure.differences.map(differenceWords),
    ...failure.reasons.map(({ text }) => text),
  ]
}

/** What XML 1.0 cannot say, not even by a number. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const XML_ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text inside XML; what acts on a terminal is written by its number. */
function xmlText(text: string): string {
  const escaped = text.replaceAll(NOT_XML, '\ufffd').replaceAll(/[&<>"]/g, (found) => XML_ESCAPES[found]!)
  return replaceUnsafe(escaped, (found) => Array.from(found, (one) => `&#${one.codePointAt(0)};`).join(''))
}

function attribute(text: string): string {
  return `"${xmlText(text)}"`
}
