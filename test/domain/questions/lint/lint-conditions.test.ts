import { describe, expect, test } from 'vitest'
import { lint } from '../../../../src/domain/questions/lint/lint.js'
import { OPEN, workspaceOf } from '../../workspace-builder.js'

const ruleFor = (when: object) => ({ routing: { rules: [{ id: 'a', when, to: 'account-owner' }] } })
const codesOf = (parts: object) =>
  lint(workspaceOf(parts), OPEN)
    .filter(({ code }) => code === 'dead-condition' || code === 'dead-page-pattern')
    .map(({ code, path }) => `${code} ${path}`)

const dead: readonly object[] = [
  { in: [] },
  { gte: 100, lte: 50 },
  { gte: 100, all: [{ lte: 50 }] },
  { eq: 'a', not: 'a' },
  { in: ['a', 'b'], not: ['b', 'a'] },
  { eq: 'a', all: [{ eq: 'b' }] },
  { eq: 'a', glob: 'b*' },
  { eq: 'many', gte: 5 },
  { exists: false, gte: 1 },
  { exists: false, all: [{ exists: true }] },
]
const alive: readonly (object | string | number)[] = [
  'a',
  5,
  { not: 'a' },
  { exists: false },
  { exists: false, not: 'a' },
  { gte: 50, lte: 50 },
  { in: ['a', 'b'], not: 'b' },
  { eq: 50, gte: 10 },
  { eq: '50', gte: 10 },
]

describe('R22: a condition that no visitor can meet', () => {
  test.each(dead)('%j', (condition) => {
    expect(codesOf(ruleFor({ 'company.size': condition }))).toEqual([
      'dead-condition routing.rules[0].when["company.size"]',
    ])
  })

  test.each(alive)('but not %j', (condition) => {
    expect(codesOf(ruleFor({ size: condition }))).toEqual([])
  })

  test.each([
    [{ eq: '/a', all: [{ eq: '/b' }] }, true],
    [{ in: ['/a', '/b'], not: '/*' }, true],
    [{ eq: '/a/', all: [{ glob: '/a' }] }, true],
    [{ eq: '/a', all: [{ eq: '/x/../%61' }] }, false],
    [{ eq: '/a', glob: 'acme.example/*' }, false],
    [{ eq: '/a', contains: 'acme.example' }, false],
    [{ eq: '/a*', all: [{ eq: '/*b' }] }, false],
    [{ eq: 'acme.example/a', all: [{ eq: '/a' }] }, false],
    ['//a', false],
  ])('the page %j: %j', (url, isDead) => {
    expect(codesOf(ruleFor({ url }))).toEqual(isDead ? ['dead-condition routing.rules[0].when.url'] : [])
  })

  test('the finding says what to do', () => {
    const [finding] = lint(workspaceOf(ruleFor({ size: { gte: 100, lte: 50 } })), OPEN)
    expect(finding).toEqual({
      code: 'dead-condition',
      severity: 'warning',
      text: 'Rule "a" never matches: of "size", nothing is at least 100 and at most 50. Change the condition, or remove it.',
      path: 'routing.rules[0].when.size',
    })
  })
})

describe('R26: a page pattern that no page can match', () => {
  test('of a playbook, and of conditions on the page', () => {
    const pages = ['/pricing', '/q?plan=*', 'https://acme.example/?plan=*', '/#/cart']
    const playbooks = [{ id: 'p', target: { url: pages, visitor: { url: { not: ['/a', '/b?c'] } } } }]
    expect(codesOf({ playbooks, ...ruleFor({ url: { all: [{ glob: 'htps://*' }] } }) })).toEqual([
      'dead-page-pattern playbooks[0].target.url[1]',
      'dead-page-pattern playbooks[0].target.url[3]',
      'dead-page-pattern routing.rules[0].when.url',
      'dead-page-pattern playbooks[0].target.visitor.url',
    ])
  })

  test('the finding says what to do', () => {
    const [finding] = lint(workspaceOf({ playbooks: [{ id: 'p', target: { url: ['/q?plan=*'] } }] }), OPEN)
    expect(finding).toEqual({
      code: 'dead-page-pattern',
      severity: 'warning',
      text: 'The pattern "/q?plan=*" of playbook "p" can match no page: it is compared without the query: leave out "?" and what follows, or write the whole address with https://.',
      path: 'playbooks[0].target.url[0]',
    })
  })
})
