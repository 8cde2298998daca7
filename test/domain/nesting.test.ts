import { describe, expect, test } from 'vitest'
import { isJsonTooDeep, isTooDeep, MAX_DEPTH } from '../../src/domain/nesting.js'

const arrays = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

describe.each([
  { what: 'arrays', write: arrays },
  { what: 'objects', write: objects },
])('$what', ({ write }) => {
  test.each([
    { depth: 1, is: false },
    { depth: MAX_DEPTH, is: false },
    { depth: MAX_DEPTH + 1, is: true },
    { depth: 3000, is: true },
  ])('$depth deep: too deep is $is, as text and as a value', ({ depth, is }) => {
    const text = write(depth)
    expect([isJsonTooDeep(text), isTooDeep(JSON.parse(text))]).toEqual([is, is])
  })
})

test('a value that stands in many places, and one that holds itself', () => {
  let many: unknown[] = []
  for (let depth = 1; depth < MAX_DEPTH; depth++) many = [many, many, many]
  expect(isTooDeep(many)).toBe(false)
  const itself: unknown[] = []
  itself.push(itself, itself)
  expect(isTooDeep(itself)).toBe(true)
})

test.each([
  { text: `[${'[],'.repeat(1000)}[]]`, is: false, what: 'what stands side by side' },
  { text: JSON.stringify(`${'['.repeat(1000)}\\"${'{'.repeat(1000)}`), is: false, what: 'brackets in a text' },
  { text: `"\\\\"${'['.repeat(1000)}`, is: true, what: 'brackets after a text that ends with a backslash' },
  { text: '['.repeat(1000), is: true, what: 'brackets that are never closed' },
  { text: `${'}'.repeat(10)}${'['.repeat(80)}`, is: true, what: 'what is not JSON' },
])('$what: too deep is $is', ({ text, is }) => {
  expect(isJsonTooDeep(text)).toBe(is)
})
