import { expect, test } from 'vitest'
import { schemas } from '../../../src/domain/document/schema.js'
import { parseBy } from '../../../src/service/validate.js'
import { HEAD, problemLinesOf } from './problems-of.js'

const ALL = 'asks for nothing, so it would hold for everyone'
const rule = (when: string) => `${HEAD}routing: { rules: [{ id: a, when: ${when}, to: account-owner }] }\n`
const playbook = (target: string) => `${HEAD}playbooks: [{ id: a, target: ${target} }]\n`

test.each([
  [rule('{}'), `routing.rules[0].when: ${ALL}`],
  [rule('{ plan: {} }'), `routing.rules[0].when.plan: ${ALL}`],
  [rule('{ plan: { not: [] } }'), 'routing.rules[0].when.plan.not: is empty'],
  [rule('{ plan: { all: [] } }'), 'routing.rules[0].when.plan.all: is empty'],
  [rule('{ plan: { all: [{}] } }'), `routing.rules[0].when.plan.all[0]: ${ALL}`],
  [rule(''), 'routing.rules[0].when: nothing is not a mapping'],
  [rule('{ plan: }'), 'routing.rules[0].when.plan: nothing is not valid here'],
  [rule('{ __proto__: x }'), '"__proto__" cannot be a key'],
  [playbook('{}'), `playbooks[0].target: ${ALL}`],
  [playbook('{ url: [] }'), 'playbooks[0].target.url: is empty'],
  [playbook('{ visitor: {} }'), `playbooks[0].target.visitor: ${ALL}`],
])('R22: what asks for nothing is no rule for everyone: %j', (text, problem) => {
  expect(problemLinesOf(text)).toEqual([expect.stringContaining(problem)])
})

test('R22: a fact that JSON would lose is refused', () => {
  const rules = (when: string) => JSON.parse(`{ "rules": [{ "id": "a", "when": ${when}, "to": "account-owner" }] }`)
  const read = (when: string) => () => parseBy(schemas.routing(), rules(when))
  expect(read('{ "__proto__": "x", "plan": "gold" }')).toThrow('"__proto__" cannot be the name of a fact')
  expect(read('{ "account": 9007199254740993 }')).toThrow('has more digits than a number keeps')
  expect(read('{ "account": { "in": [9007199254740993] } }')).toThrow('has more digits than a number keeps')
  expect(read('{ "constructor": "x" }')().rules[0]?.when).toEqual(Object.fromEntries([['constructor', 'x']]))
})
