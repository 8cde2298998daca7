import { describe, expect, test } from 'vitest'
import { DocumentError } from '../../../src/domain/document/problem.js'
import { parseScenarios } from '../../../src/domain/scenarios/parse-scenarios.js'
import { readTimes } from '../../../src/domain/scenarios/read-scenarios.js'
import { Zone } from '../../../src/domain/time/zone.js'

const NOW = Date.parse('2026-11-23T12:00:00-05:00')
const reading = { now: NOW, zone: Zone.of('America/New_York') }

/** A file of one scenario. */
function file(...lines: readonly string[]): string {
  return ['version: 1', 'scenarios:', '  - name: it', ...lines.map((line) => `    ${line}`), ''].join('\n')
}

/** `4:5 scenarios[0].at: message | hint` for each problem. */
function problemsOf(text: string): readonly string[] {
  try {
    const { scenarios, place } = parseScenarios(text, 'it.yaml')
    return place(readTimes(scenarios, reading).findings).map(told)
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    return error.problems.map(told)
  }
}

function told({ line, column, path, message, hint }: DocumentError['problems'][number]): string {
  return `${line}:${column} ${path}: ${message}${hint === undefined ? '' : ` | ${hint}`}`
}

describe('a mistake is told at its place, with the nearest right thing', () => {
  const EXPECT = 'expect: { widget: { mode: online } }'

  test.each<readonly [title: string, lines: readonly string[], problems: readonly string[]]>([
    [
      'an unknown key of an expectation',
      ['at: now', 'expect: { widgit: { mode: online } }'],
      ['5:15 scenarios[0].expect.widgit: unknown key "widgit" | did you mean "widget"?'],
    ],
    [
      'an unknown key further down',
      ['at: now', 'expect: { routing: { asignee: "1" } }'],
      ['5:26 scenarios[0].expect.routing.asignee: unknown key "asignee" | did you mean "assignee"?'],
    ],
    [
      'an unknown key of a change',
      ['at: now', 'never: { widget: { nextChange: { mod: online } } }'],
      ['5:38 scenarios[0].never.widget.nextChange.mod: unknown key "mod" | did you mean "mode"?'],
    ],
    [
      'an unknown key of an item of a list',
      ['at: now', 'expect: { agents: { none: { stats: away } } }'],
      ['5:33 scenarios[0].expect.agents.none.stats: unknown key "stats" | did you mean "status"?'],
    ],
    [
      'a word that it can never be, which "never" would hold of always',
      ['at: now', 'never: { widget: { mode: onlin } }'],
      ['5:30 scenarios[0].never.widget.mode: "onlin" is not one of online, offline | did you mean "online"?'],
    ],
    [
      'such a word behind an operator',
      ['at: now', 'expect: { agents: { every: { status: { not: awya } } } }'],
      ['5:49 scenarios[0].expect.agents.every.status.not: "awya" is not one of available, away | did you mean "away"?'],
    ],
    [
      'an expectation of nothing',
      ['at: now', 'expect: { widget: {} }'],
      ['5:23 scenarios[0].expect.widget: asks for nothing | name what is expected, or null for nothing there'],
    ],
    ['no time', [EXPECT], ['3:5 scenarios[0]: does not say when | write "at" for one instant, or "from" and "to"']],
    [
      'half a range',
      ['from: now', EXPECT],
      ['3:5 scenarios[0]: does not say when | write "at" for one instant, or "from" and "to"'],
    ],
    [
      'an instant and a range',
      ['at: now', 'from: now', 'to: in 1d', EXPECT],
      ['3:5 scenarios[0]: is about one instant and about a range | keep "at", or "from" and "to"'],
    ],
    ['nothing expected', ['at: now'], ['3:5 scenarios[0]: expects nothing | write "expect", "never" or both']],
    [
      'a time that is none',
      ['at: fridya 9am', EXPECT],
      ['4:9 scenarios[0].at: "fridya 9am" is not a time | did you mean "friday"?'],
    ],
    [
      'a time of an expectation that is none',
      ['at: now', 'expect: { widget: { nextChange: { at: { gte: tomorow 9am } } } }'],
      ['5:50 scenarios[0].expect.widget.nextChange.at.gte: "tomorow 9am" is not a time | did you mean "tomorrow"?'],
    ],
    [
      'a range that ends before it begins',
      ['from: 2026-12-26', 'to: 2026-12-25', EXPECT],
      ['5:9 scenarios[0].to: is not after "from" | swap them, or write "to" with a date'],
    ],
    [
      'a range without an instant',
      ['from: 2026-12-26', 'to: 2026-12-26', EXPECT],
      ['5:9 scenarios[0].to: is not after "from" | swap them, or write "to" with a date'],
    ],
    [
      'a range in which its hours never are',
      ['from: 2026-11-23', 'to: 2026-11-27', 'during: { days: sat,sun }', EXPECT].map((line) =>
        line.replace('sat,sun', '"sat,sun"'),
      ),
      [
        '6:13 scenarios[0].during: no time of the range is in these hours | widen the range, or name other days or hours',
      ],
    ],
    [
      'hours of one instant',
      ['at: now', 'during: { days: mon }', EXPECT],
      ['3:5 scenarios[0]: has "during" for one instant | "during" narrows a range: write "from" and "to"'],
    ],
    [
      'hours that are closed',
      ['from: now', 'to: in 9d', 'during: { hours: closed }', EXPECT],
      ['6:22 scenarios[0].during.hours: no time is in these hours | write a range, e.g. "09:00-17:00"'],
    ],
    [
      'a page that is none',
      ['at: now', 'visitor: { url: "mailto:a@b.example" }', EXPECT],
      [
        '5:21 scenarios[0].visitor.url: "mailto:a@b.example" is not the address of a page | write e.g. https://acme.example/pricing, or /pricing',
      ],
    ],
    [
      'several, all of them',
      ['at: nwo', 'strategy: random-order', 'assume: { mode: auto }', 'expect: { widget: { mode: up } }'],
      [
        '5:15 scenarios[0].strategy: "random-order" is not one of in-order, random, least-open, least-recent',
        '6:21 scenarios[0].assume.mode: "auto" is not one of automatic, online, offline',
        '7:31 scenarios[0].expect.widget.mode: "up" is not one of online, offline',
      ],
    ],
  ])('%s', (_, lines, problems) => {
    expect(problemsOf(file(...lines))).toEqual(problems)
  })

  test.each<readonly [title: string, text: string, problem: string]>([
    ['an empty file', '', '1:1 : is empty | start from the sample scenarios: docs/sample/scenarios.yaml'],
    ['no scenario', 'version: 1\nscenarios: []\n', '2:12 scenarios: there is no scenario | write at least one'],
    ['another version', 'version: 2\nscenarios: []\n', '1:10 version: 2 is not 1'],
    ['YAML 1.1', '%YAML 1.1\n---\nversion: 1\n', '1:1 : scenario files are YAML 1.2, not 1.1 | remove the line'],
    [
      'aliases that grow',
      `a: &a [1]\n${Array.from({ length: 9 }, (_, n) => `b${n}: &b${n} [${`*${n === 0 ? 'a' : `b${n - 1}`},`.repeat(30)}]`).join('\n')}`,
      '1:1 : uses an alias more than 100 times',
    ],
    ['a text that is too deep', '['.repeat(100), '1:1 : is nested deeper than 64 levels'],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)[0]).toContain(problem)
  })

  test('more scenarios than a file may hold', () => {
    const one = { name: 'it', at: 'now', expect: { timeZone: 'UTC' } }
    const text = JSON.stringify({ version: 1, scenarios: Array.from({ length: 10_001 }, () => one) })
    expect(problemsOf(text)).toEqual([
      expect.stringContaining('scenarios: 10001 scenarios are more than 10000 | ask them in parts'),
    ])
  })
})

describe('times are read as the command line reads them', () => {
  test.each([
    ['2026-12-25 00:00', '2026-12-25T00:00:00.000-05:00'],
    ['2026-12-25', '2026-12-25T00:00:00.000-05:00'],
    ['2026-12-25T00:00:00Z', '2026-12-24T19:00:00.000-05:00'],
    ['now', '2026-11-23T12:00:00.000-05:00'],
    ['in 14d', '2026-12-07T12:00:00.000-05:00'],
    ['fri 17:30', '2026-11-27T17:30:00.000-05:00'],
    ['25 Dec 9am Europe/Berlin', '2026-12-25T03:00:00.000-05:00'],
  ])('%s is %s', (written, at) => {
    const { scenarios } = parseScenarios(
      file(`at: ${written}`, `expect: { visitor: { offlineNotice: { backAt: { in: [${written}] } } } }`),
      'it.yaml',
    )
    const read = readTimes(scenarios, reading)
    expect(read.findings).toEqual([])
    expect(read.scenarios[0]).toMatchObject({ at, expect: { visitor: { offlineNotice: { backAt: { in: [at] } } } } })
  })
})

test('the same scenarios as JSON', () => {
  const scenario = { name: 'it', at: 'now', expect: { widget: { mode: 'online' } } }
  const { scenarios } = parseScenarios(JSON.stringify({ version: 1, scenarios: [scenario] }), 'it.json')
  expect(scenarios).toEqual([scenario])
})
