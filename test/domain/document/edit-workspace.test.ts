import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editWorkspace } from '../../../src/domain/document/edit-workspace.js'
import { inPlainForm, parseWorkspace, printWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { inFormOf } from '../../../src/domain/document/same-form.js'
import type { WorkspaceDocument } from '../../../src/domain/document/schema.js'
import { withoutState } from '../../../src/domain/document/state.js'
import { printYaml } from '../../../src/domain/document/yaml.js'
import { busyDays } from '../workspace-arbitrary.js'
import { documents as trickyDocuments } from './document-arbitrary.js'

const SAMPLE = readFileSync('docs/sample/acme.yaml', 'utf8')
const ACME = parseWorkspace(SAMPLE, 'acme.yaml')

/** The lines that differ: `-` those that went, `+` those that came. */
function linesOf(before: string, after: string): readonly string[] {
  const [was, is] = [before.split('\n'), after.split('\n')]
  return [
    ...was.filter((line) => !is.includes(line)).map((line) => `-${line}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `+${line}`),
  ]
}

const edited = (document: object, text = SAMPLE) => editWorkspace(text, 'acme.yaml', document as WorkspaceDocument)
const hoursWith = (parts: object) => ({ ...ACME, hours: { ...ACME.hours, ...parts } })

describe('one change touches the lines that say it', () => {
  test.each<{ title: string; document: object; lines: readonly string[] }>([
    {
      title: 'an exception more, as its neighbours are written',
      document: hoursWith({ exceptions: [...ACME.hours.exceptions, { date: '2026-12-31', hours: 'closed' }] }),
      lines: ['+    - { date: 2026-12-31, hours: closed }'],
    },
    {
      title: 'an exception less',
      document: hoursWith({ exceptions: ACME.hours.exceptions.slice(1) }),
      lines: ['-    - { date: 2026-12-24, name: Christmas Eve, hours: "09:00-12:00" }'],
    },
    {
      title: 'the hours of a day, beside a comment',
      document: hoursWith({ weekly: { ...ACME.hours.weekly, mon: '09:00-12:00' } }),
      lines: ['-    mon: ["09:00-12:00", "13:00-17:00"] # a split shift', '+    mon: "09:00-12:00" # a split shift'],
    },
    {
      title: 'a value in an item, its state untouched',
      document: { ...ACME, agents: ACME.agents.map((agent) => (agent.id === '2' ? { ...agent, name: 'Ann' } : agent)) },
      lines: [
        '-  - { id: "2", name: Ana Flores, email: ana@acme.example, status: away, note: on leave }',
        '+  - { id: "2", name: Ann, email: ana@acme.example, status: away, note: on leave }',
      ],
    },
    {
      title: 'a rule between two others',
      document: {
        ...ACME,
        routing: {
          ...ACME.routing,
          rules: ACME.routing.rules.toSpliced(1, 0, { id: 'vip', when: { plan: 'gold' }, to: { agent: '1' } }),
        },
      },
      lines: ['+    - { id: vip, when: { plan: gold }, to: { agent: "1" } }'],
    },
    { title: 'a key less', document: { ...ACME, chatLimit: undefined }, lines: ['-chatLimit: 5'] },
    {
      title: 'a section more',
      document: { ...ACME, holidays: [{ id: 'a', days: [] }] },
      lines: ['+holidays:', '+  - id: a', '+    days: []'],
    },
    { title: 'nothing', document: ACME, lines: [] },
    {
      title: 'nothing, where only a status differs',
      document: { ...ACME, agents: ACME.agents.map((agent) => ({ ...agent, status: 'away', note: 'x' })) },
      lines: [],
    },
    {
      title: 'nothing, where exceptions are in another order',
      document: hoursWith({ exceptions: ACME.hours.exceptions.toReversed() }),
      lines: [],
    },
    {
      title: 'nothing, where the same is said in another way',
      document: hoursWith({ weekly: { ...ACME.hours.weekly, tue: ['09:00-17:00'], sat: undefined } }),
      lines: [],
    },
  ])('$title', ({ document, lines }) => {
    expect(linesOf(SAMPLE, edited(document))).toEqual(lines)
  })

  test('line ends, a missing last one and a byte order mark stay', () => {
    const document = hoursWith({ exceptions: [] })
    const expected = edited(document)
    expect(edited(document, SAMPLE.replaceAll('\n', '\r\n'))).toBe(expected.replaceAll('\n', '\r\n'))
    expect(edited(document, SAMPLE.trimEnd())).toBe(expected.trimEnd())
    expect(edited(document, `\ufeff${SAMPLE}`)).toBe(`\ufeff${expected}`)
  })

  test.each(['  ', '    ', '\t'])('JSON stays JSON, with its indentation %j', (indent) => {
    const text = `${JSON.stringify(withoutState(ACME), null, indent)}\n`
    expect(linesOf(text, edited({ ...ACME, name: 'Other' }, text))).toEqual([
      `-${indent}"name": "Acme",`,
      `+${indent}"name": "Other",`,
    ])
  })

  test('what an alias says elsewhere stays when what it names changes', () => {
    const text = 'version: 1\ntimeZone: UTC\nhours:\n  weekly: # all\n    mon: &day ["09:00-12:00"]\n    tue: *day\n'
    const { hours, ...rest } = parseWorkspace(text, 'x')
    const changed = { ...rest, hours: { ...hours, weekly: { ...hours.weekly, mon: ['10:00-11:00'] } } }
    const result = edited(changed, text)
    expect(parseWorkspace(result, 'x').hours.weekly).toEqual({ mon: ['10:00-11:00'], tue: ['09:00-12:00'] })
    expect(result).toContain('# all')
  })

  test('comments before an item that goes stay', () => {
    const text = 'version: 1\ntimeZone: UTC\nagents:\n  - id: "1"\n  # the night shift\n  - id: "2"\n  - id: "3"\n'
    const document = parseWorkspace(text, 'x')
    const without = (id: string) => ({ ...document, agents: document.agents.filter((agent) => agent.id !== id) })
    expect(edited(without('2'), text)).toBe(text.replace('  - id: "2"\n', ''))
    expect(edited(without('1'), text)).toContain('# the night shift')
  })

  test('a text that is no document is refused with its place', () => {
    expect(() => edited(ACME, 'version: 1\nfoo: 1\n')).toThrow(/acme\.yaml/)
  })
})

/** A comment of its own before every key at the left. */
function commented(text: string): { readonly text: string; readonly comments: readonly string[] } {
  const comments: string[] = []
  const lines = text.split('\n').flatMap((line) => {
    if (!/^[a-zA-Z]/.test(line)) return [line]
    comments.push(`# comment ${comments.length}`)
    return [comments.at(-1)!, line]
  })
  return { text: lines.join('\n'), comments }
}

const WRITERS: Readonly<Record<string, (document: unknown) => string>> = {
  lines: (document) => printYaml(document),
  JSON: (document) => JSON.stringify(document, null, 2),
  'one line': (document) => JSON.stringify(document),
}

const documents = fc.oneof(
  busyDays.map(({ document }) => document),
  trickyDocuments.map((document) => parseWorkspace(JSON.stringify(document), 'x')),
)

test.each(Object.entries(WRITERS))(
  'any two documents, as %s: the text says the other, and keeps its comments',
  (_, write) => {
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const { text, comments } = commented(write(before))
        const result = edited(after, text)
        const read = withoutState(parseWorkspace(result, 'x'))
        expect(read).toEqual(inFormOf(withoutState(after), read))
        expect(comments.filter((comment) => !result.includes(comment))).toEqual([])
      }),
      { numRuns: 40 },
    )
  },
)

const printSettings = (document: WorkspaceDocument) => printWorkspace(inPlainForm(withoutState(document)))

test('what is printed reads as the same settings, and prints as the same text', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const text = printSettings(document)
      const read = parseWorkspace(text, 'x')
      expect(inFormOf(read, withoutState(document))).toEqual(withoutState(document))
      expect(printSettings(read)).toBe(text)
    }),
    { numRuns: 60 },
  )
})
