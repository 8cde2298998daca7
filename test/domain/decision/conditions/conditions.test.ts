import { describe, expect, test } from 'vitest'
import { compileConditions } from '../../../../src/domain/decision/conditions/conditions.js'
import { type Fact, visitorOf } from '../../../../src/domain/decision/conditions/facts.js'
import type { ConditionDocument } from '../../../../src/domain/document/schema.js'

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
  [{ gte: 50 }, ['+50', '5e1', '.5e3'], ['0x40', 'Infinity', '1_000', '50 people']],
  [{ all: [{ glob: '*a*' }, { glob: '*b*' }] }, ['ab', 'ba'], ['a', 'b', NONE]],
  [{ not: 'DE', all: [{ not: 'AT' }, { exists: true }] }, ['CH'], ['DE', 'AT', NONE]],
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

  test.each(['__proto__', 'constructor', 'toString'])('R22: a fact named "%s" is one as any other', (name) => {
    const matches = compileConditions(Object.fromEntries([[name, 'x']]))
    const visitors = [{}, Object.fromEntries([[name, 'x']]), Object.fromEntries([[name, 'y']])]
    expect(visitors.map((attributes) => matches({ attributes }))).toEqual([false, true, false])
  })

  test('R22: a glob of many stars is decided at once', () => {
    const matches = compileConditions({ page: { glob: `${'a*'.repeat(40)}b` } })
    const startedAt = performance.now()
    expect(matches({ attributes: { page: 'a'.repeat(20_000) } })).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})

const PAGE = 'https://acme.example/pricing'

const pageConditions: readonly (readonly [condition: ConditionDocument, admitted: string[], refused: string[]])[] = [
  ['/pricing', [PAGE, '/pricing', 'https://ACME.example:443/pricing?x=1#top'], ['/', `${PAGE}/`]],
  [{ in: ['/pricing', 'acme.example/docs*'] }, [PAGE, 'https://acme.example/docs/1'], ['https://acme.example/']],
  [{ not: '/pricing*' }, ['/'], [PAGE, '/pricing/teams']],
  [{ glob: '*pricing*' }, [PAGE, 'https://pricing.acme.example/'], ['https://acme.example/?from=pricing']],
  [{ contains: 'ACME.example' }, [PAGE, 'https://www.acme.example/'], ['/ACME']],
  [{ contains: 'Pricing' }, ['https://pricing.example/', '/Pricing'], ['https://acme.example/pricing']],
  [{ contains: 'plan=gold' }, [`${PAGE}?plan=gold`], [PAGE]],
  [{ exists: true }, [PAGE], []],
  [{ gte: 1 }, [], [PAGE, '/1']],
]

describe('R26: the fact "url" is the page, compared as page patterns are', () => {
  const cases = pageConditions.flatMap(([condition, admitted, refused]) => [
    ...admitted.map((url) => ({ condition, url, expected: true })),
    ...refused.map((url) => ({ condition, url, expected: false })),
  ])
  for (const { condition, url, expected } of cases) {
    test(`${JSON.stringify(condition)} ${expected ? 'admits' : 'refuses'} ${url}`, () => {
      expect(compileConditions({ url: condition })(visitorOf({ url }))).toBe(expected)
    })
  }

  test('of a visitor on no known page only what asks for none holds', () => {
    const conditions: ConditionDocument[] = [{ glob: '*' }, { exists: false }, { not: '/pricing' }, '/pricing']
    expect(conditions.map((url) => compileConditions({ url })(visitorOf({})))).toEqual([false, true, true, false])
  })

  test('an attribute named "url" is refused: a page is told in one way', () => {
    expect(() => visitorOf({ attributes: { url: '/pricing' } })).toThrow('"url" is the page the visitor is on')
  })
})
