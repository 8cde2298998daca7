import { expect, test } from 'vitest'
import { readPublicQuery } from '../../../src/service/public/public-query.js'

test.each([
  ['visitor.__proto__=x', '__proto__', 'x'],
  ['visitor.constructor=x', 'constructor', 'x'],
  ['visitor.zip=02142', 'zip', '02142'],
  ['visitor.plan=', 'plan', ''],
])('%s is one fact of the visitor, and no more', (query, fact, value) => {
  expect(Object.entries(readPublicQuery(query).visitor.attributes)).toEqual([[fact, value]])
})

test.each([
  ['url=%2Fpricing%3Fx%3D1%23top', { path: '/pricing', query: '?x=1' }],
  ['url=https%3A%2F%2FACME.example%3A443%2F%257Esam', { scheme: 'https', host: 'acme.example', path: '/~sam' }],
  ['url=null%2FC%3A%2Findex.html', { host: 'null', path: '/C:/index.html' }],
])('R26: the page of %s', (query, page) => {
  expect(readPublicQuery(query).visitor.page).toMatchObject(page)
})

test.each([
  ['visitor.url=%2Fpricing', 'the page is not an attribute'],
  ['url=', 'is not the address of a page'],
  ['url=javascript%3Aalert(1)', 'is not the address of a page'],
  ['visitor.plan=a&visitor.plan=b', 'is given twice'],
])('%s is refused', (query, message) => {
  expect(() => readPublicQuery(query)).toThrow(message)
})
