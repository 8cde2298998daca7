import { deepStrictEqual } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseWorkspace, printWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { documentOf } from '../workspace-builder.js'
import { documents } from './document-arbitrary.js'

const read = (text: string) => parseWorkspace(text, 'acme.yaml')

describe('a printed document reads as the same document', () => {
  test('the sample', () => {
    const sample = read(readFileSync('docs/sample/acme.yaml', 'utf8'))
    expect(read(printWorkspace(sample))).toEqual(sample)
  })

  // Node's own comparison: the test runner's takes an attribute named "constructor" for a type.
  test('any document', () => {
    fc.assert(
      fc.property(documents, (written) => {
        const document = read(JSON.stringify(written))
        deepStrictEqual(read(printWorkspace(document)), document)
      }),
      { numRuns: 300 },
    )
  })

  test('any document, as JSON', () => {
    fc.assert(
      fc.property(documents, (written) => {
        const document = read(JSON.stringify(written))
        deepStrictEqual(read(JSON.stringify(document)), document)
      }),
      { numRuns: 100 },
    )
  })

  const names: readonly { title: string; name: string }[] = [
    { title: 'the replacement character', name: 'a\ufffdb' },
    { title: 'a byte order mark', name: '\ufeffa' },
    { title: 'line ends of all kinds', name: 'a\r\nb\rc\nd\u0085e\u2028f' },
    { title: 'a long text with spaces at its ends', name: ` ${'word '.repeat(80)} ` },
  ]

  for (const { title, name } of names) {
    test(`a name with ${title}`, () => {
      const document = { ...documentOf(), name }
      expect(read(printWorkspace(document))).toEqual(document)
    })
  }
})

test('a document prints as people write it: blocks, one line a range, quotes only where needed', () => {
  const printed = printWorkspace(
    documentOf({ name: 'Acme', hours: { weekly: { mon: ['09:00-12:00', '13:00-17:00'] } } }),
  )
  expect(printed).toBe(`version: 1
name: Acme
plan: premium
timeZone: America/New_York
widget:
  mode: automatic
  display: always
  autoOffline: false
hours:
  weekly:
    mon:
      - 09:00-12:00
      - 13:00-17:00
  exceptions: []
agents:
  - id: "1"
    role: agent
    status: available
teams: []
greeting: {}
playbooks: []
routing:
  rules: []
`)
})
