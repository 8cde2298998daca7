import { describe, expect, test } from 'vitest'
import { compileConditions, compileUrlPatterns, type Fact } from '../../src/domain/conditions.js'
import type { ConditionDocument } from '../../src/domain/workspace/schema.js'

const NONE = undefined

const operators: readonly (readonly [
  condition: ConditionDocument,
  admitted: (Fact | undefined)[],
  refused: (Fact | undefined)[],
])[] = [
  ['DE', ['DE'], ['de', 'DE ', '', NONE]],
  [50, [50, '50'], [51, '50.0', NONE]],
  [true, [true, 'true'], [false, 'yes', 1, NONE]],
  ['', [''], ['x', NONE]],
  [{ eq: 'DE' }, ['DE'], ['AT', NONE]],
  [{ eq: false }, [false, 'false'], [true, '', NONE]],
  [{ in: ['DE', 'AT', 5] }, ['DE', 'AT', 5, '5'], ['CH', '', NONE]],
  [{ in: [] }, [], ['DE', '', NONE]],
  [{ not: 'DE' }, ['AT', '', NONE], ['DE']],
  [{ not: ['DE', 5] }, ['AT', NONE], ['DE', 5, '5']],
  [{ not: [] }, ['DE', NONE], []],
  [{ glob: '*@acme.example' }, ['sam@acme.example', '@acme.example'], ['sam@acme.example.org', NONE]],
  [{ glob: 'a*b*c' }, ['abc', 'a-b-c', 'abbbc'], ['ac', 'abcd', 'xabc']],
  [{ glob: 'a*b*b' }, ['abb', 'a-b-b'], ['ab']],
  [{ glob: 'a*a' }, ['aa', 'aba'], ['a', '']],
  [{ glob: 'a.c' }, ['a.c'], ['abc']],
  [{ glob: '*' }, ['', 'x', 7], [NONE]],
  [{ glob: '' }, [''], ['x', NONE]],
  [{ contains: 'acme' }, ['acme', 'the acme co'], ['Acme', '', NONE]],
  [{ contains: '5' }, [152], [142, NONE]],
  [{ gte: 50 }, [50, 51, '50', '50.5', ' 60 '], [49.9, '', 'many', true, NONE]],
  [{ lte: 50 }, [50, '49', -1], [50.1, '', ' ', 'few', false, NONE]],
  [{ gte: 50, lte: 100 }, [50, 75, 100], [49, 101, NONE]],
  [{ exists: true }, ['x', '', 0, false], [NONE]],
  [{ exists: false }, [NONE], ['x', '', 0, false]],
  [{ not: 'DE', exists: true }, ['AT'], ['DE', NONE]],
  [{}, ['x', NONE], []],
]

const operatorCases = operators.flatMap(([condition, admitted, refused]) => [
  ...admitted.map((fact) => ({ condition, fact, verb: 'admits', expected: true })),
  ...refused.map((fact) => ({ condition, fact, verb: 'refuses', expected: false })),
])

describe('R22: conditions', () => {
  for (const { verb, condition, fact, expected } of operatorCases) {
    test(`R22: ${JSON.stringify(condition)} ${verb} ${JSON.stringify(fact)}`, () => {
      const matches = compileConditions({ size: condition })
      expect(matches({ attributes: fact === undefined ? {} : { size: fact } })).toBe(expected)
    })
  }

  test('R22: every condition must hold', () => {
    const matches = compileConditions({ country: 'DE', 'company.size': { gte: 50 } })
    const visitors = [{ country: 'DE', 'company.size': 50 }, { country: 'DE' }, { country: 'AT', 'company.size': 50 }]
    expect(visitors.map((attributes) => matches({ attributes }))).toEqual([true, false, false])
  })

  test('R22: no conditions match everyone', () => {
    expect([undefined, {}].map((conditions) => compileConditions(conditions)({ attributes: {} }))).toEqual([true, true])
  })

  test.each(['constructor', 'toString', 'hasOwnProperty'])('R22: a visitor has no attribute "%s" by birth', (name) => {
    expect(compileConditions({ [name]: { exists: true } })({ attributes: {} })).toBe(false)
  })

  test('R22: a glob of many stars is decided at once', () => {
    const matches = compileConditions({ page: { glob: `${'a*'.repeat(40)}b` } })
    const startedAt = performance.now()
    expect(matches({ attributes: { page: 'a'.repeat(20_000) } })).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})

const pages: readonly (readonly [
  patterns: string[],
  admitted: (string | undefined)[],
  refused: (string | undefined)[],
])[] = [
  [[], ['https://acme.example/', NONE], []],
  [
    ['/pricing'],
    ['https://acme.example/pricing', '/pricing', 'acme.example/pricing', 'https://acme.example/pricing?x=1#top'],
    ['https://acme.example/pricing/', 'https://acme.example/', '/Pricing', NONE],
  ],
  [['/pricing*'], ['https://acme.example/pricing/teams', '/pricing-2'], ['https://acme.example/a/pricing']],
  [['/'], ['https://acme.example', 'https://acme.example/', 'https://acme.example?x=1'], ['/pricing']],
  [['/a/*/c'], ['/a/b/c', '/a/b/b/c'], ['/a/c']],
  [
    ['acme.example/docs/*'],
    ['https://acme.example/docs/start', 'http://acme.example/docs/', 'acme.example/docs/x'],
    ['https://www.acme.example/docs/start', 'https://acme.example/docs'],
  ],
  [['*.acme.example/*'], ['https://www.acme.example/', 'https://www.acme.example'], ['https://acme.example/']],
  [
    ['https://acme.example/*'],
    ['https://acme.example/', 'https://acme.example/x?y=1'],
    ['http://acme.example/', 'https://acme.example'],
  ],
  [['/docs*', '/pricing'], ['/docs/1', '/pricing'], ['/about']],
  [['*'], ['https://acme.example/x', '/x'], [NONE]],
]

const pageCases = pages.flatMap(([patterns, admitted, refused]) => [
  ...admitted.map((url) => ({ patterns, url, verb: 'match', expected: true })),
  ...refused.map((url) => ({ patterns, url, verb: 'do not match', expected: false })),
])

for (const { verb, patterns, url, expected } of pageCases) {
  test(`R26: page patterns ${JSON.stringify(patterns)} ${verb} ${JSON.stringify(url)}`, () => {
    expect(compileUrlPatterns(patterns)({ url, attributes: {} })).toBe(expected)
  })
}

test('R26: without page patterns every page matches', () => {
  expect(compileUrlPatterns(undefined)({ attributes: {} })).toBe(true)
})
