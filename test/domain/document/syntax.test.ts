import { describe, expect, test } from 'vitest'
import { HEAD, problemLinesOf, problemsOf } from './problems-of.js'

const START = 'start from the sample workspace: docs/sample/acme.yaml'
const NOT_TEXT = '1:1 is not text; a workspace document is YAML or JSON in UTF-8'
const ALIASES = 'uses an alias more than 100 times'

/** Ten aliases of ten aliases of …: 10^9 values in 300 characters. */
const BOMB = `a0: &a0 [x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]\n`).join('')}`

const cases: readonly { title: string; text: string; problems: readonly string[] }[] = [
  { title: 'an empty file', text: '', problems: [`1:1 is empty; ${START}`] },
  { title: 'a file of spaces', text: ' \n\n', problems: [`1:1 is empty; ${START}`] },
  { title: 'a file of comments', text: '# nothing here\n', problems: [`1:1 is empty; ${START}`] },
  { title: 'null', text: 'null\n', problems: [`1:1 is empty; ${START}`] },
  { title: 'a word', text: 'hello\n', problems: ['1:1 "hello" is not a mapping of keys to values'] },
  { title: 'a list', text: '- 1\n- 2\n', problems: ['1:1 a list is not a mapping of keys to values'] },
  { title: 'binary content', text: '\u007fELF\u0002\u0001\0\0\0', problems: [NOT_TEXT] },
  { title: 'binary content further on', text: `${HEAD}name: "${'x'.repeat(5000)}\0"\n`, problems: [NOT_TEXT] },
  { title: 'an alias bomb', text: `${HEAD}${BOMB}`, problems: [`1:1 ${ALIASES}`] },
  {
    title: 'an alias of itself',
    text: `${HEAD}teams: &teams [*teams]\n`,
    problems: ['1:1 is nested deeper than 64 levels; start from the sample workspace: docs/sample/acme.yaml'],
  },
  {
    title: 'the same key twice',
    text: 'version: 1\ntimeZone: UTC\nname: a\ntimeZone: UTC\n',
    problems: ['4:1 the same key twice in one mapping: "timeZone" is at 2:1 already'],
  },
  {
    title: 'the same key twice, deep down and in JSON',
    text: '{"version": 1, "timeZone": "UTC", "widget": {"mode": "online", "mode": "offline"}}',
    problems: ['1:64 the same key twice in one mapping: "mode" is at 1:46 already'],
  },
  {
    title: 'several documents in one file',
    text: `${HEAD}---\n${HEAD}`,
    problems: ['3:1 holds more than one document'],
  },
  {
    title: 'an unknown tag',
    text: `${HEAD}name: !shout Acme\n`,
    problems: ['3:7 not valid YAML: unresolved tag: !shout'],
  },
  {
    title: 'several errors, in the order of the text',
    text: `${HEAD}name: !shout Acme\nname: again\n`,
    problems: [
      '3:7 not valid YAML: unresolved tag: !shout',
      '4:1 the same key twice in one mapping: "name" is at 3:1 already',
    ],
  },
  {
    title: 'a tab as indentation',
    text: `${HEAD}hours:\n\tweekly: {}\n`,
    problems: ['4:1 not valid YAML: tabs are not allowed as indentation'],
  },
  {
    title: 'a bracket that is not closed',
    text: `${HEAD}agents: [{ id: "1" }\n`,
    problems: ['4:1 not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]'],
  },
  {
    title: 'a quote that is not closed',
    text: `${HEAD}name: "Acme\n`,
    problems: ['4:1 not valid YAML: missing closing "quote'],
  },
  {
    title: 'binary data, a date and a set by tag',
    text: `${HEAD}name: !!binary aGk=\nplan: !!timestamp 2026-01-01\nagents: !!set { a }\n`,
    problems: [
      '3:7 not valid YAML: unresolved tag: tag:yaml.org,2002:binary',
      '4:7 not valid YAML: unresolved tag: tag:yaml.org,2002:timestamp',
      '5:9 not valid YAML: unresolved tag: tag:yaml.org,2002:set',
    ],
  },
]

describe('what is no document', () => {
  for (const { title, text, problems } of cases) {
    test(title, () => {
      expect(problemLinesOf(text)).toEqual(problems)
    })
  }

  const nests: readonly { title: string; text: string }[] = [
    { title: 'lists', text: `${HEAD}teams: ${'['.repeat(20_000)}${']'.repeat(20_000)}` },
    { title: 'mappings', text: `${HEAD}widget: ${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}` },
    { title: 'lists that are not closed', text: `${HEAD}teams: ${'['.repeat(20_000)}` },
    { title: 'JSON that opens two million', text: '['.repeat(2_000_000) },
    { title: 'JSON of objects', text: '{"a":'.repeat(20_000) },
    { title: 'block lists', text: `${HEAD}teams:\n  ${'- '.repeat(20_000)}x` },
  ]

  test('lists sixty-five deep, and no error for each of them', () => {
    const text = `${HEAD}teams: ${'['.repeat(64)}${']'.repeat(64)}`
    expect(problemsOf(text)).toMatchObject([{ message: 'is nested deeper than 64 levels' }])
  })

  for (const { title, text } of nests) {
    test(`${title}, twenty thousand deep and more`, () => {
      expect(problemsOf(text).slice(0, 3)).toMatchObject([{ message: 'is nested deeper than 64 levels' }])
    })
  }

  test.each([
    ['a mapping', 'hours: &k {}', '4:37 a key is a text, not a list or a mapping'],
    ['a text that is there already', 'name: &k a', '4:45 the same key twice in one mapping: "a" is at 4:37 already'],
  ])('a key that is an alias of %s', (_, anchored, problem) => {
    const text = `${HEAD}${anchored}\nrouting: { rules: [{ id: r, when: { *k : x, a: y }, to: account-owner }] }\n`
    expect(problemLinesOf(text)).toEqual([problem])
  })

  test('an alias of nothing, at its place', () => {
    expect(problemsOf(`${HEAD}name: *nothing\n`)).toMatchObject([{ line: 3, column: 7 }])
  })

  test('a condition on an attribute that objects are born with is not lost', () => {
    const text = `${HEAD}routing: { rules: [{ id: a, when: { __proto__: { eq: x } }, to: account-owner }] }\n`
    expect(problemLinesOf(text)).toEqual(['3:37 "__proto__" cannot be a key'])
  })
})
