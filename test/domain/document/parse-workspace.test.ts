import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { HEAD, problemLinesOf } from './problems-of.js'

const SAMPLE = readFileSync('docs/sample/acme.yaml', 'utf8')

const DEFAULTS = {
  version: 1,
  name: 'Workspace',
  plan: 'premium',
  timeZone: 'Europe/Berlin',
  widget: { mode: 'automatic', display: 'always', autoOffline: false },
  hours: { weekly: {}, exceptions: [] },
  agents: [],
  teams: [],
  greeting: {},
  playbooks: [],
  routing: { rules: [] },
}

const read = (text: string) => parseWorkspace(text, 'acme.yaml')

describe('a document', () => {
  test('needs a version and a zone; everything else has a default', () => {
    expect(read(HEAD)).toEqual(DEFAULTS)
  })

  test('of the sample is valid', () => {
    const document = read(SAMPLE)
    expect(document.agents.map(({ id }) => id)).toEqual(['1', '2', '3', '4', '9'])
    expect(document.hours.weekly).toMatchObject({ mon: ['09:00-12:00', '13:00-17:00'], sat: 'closed' })
    expect(document.hours.exceptions.map(({ date, from, yearly }) => date ?? from ?? yearly)).toEqual([
      '2026-12-24',
      '2026-12-25',
      '01-01',
    ])
    expect(document.routing.rules.map(({ id }) => id)).toEqual(['owned', 'enterprise', 'germany'])
  })

  const same: readonly { title: string; text: string }[] = [
    { title: 'JSON', text: '{"version":1,"timeZone":"Europe/Berlin","name":"Acme"}' },
    { title: 'JSON with tabs', text: '{\n\t"version": 1,\n\t"timeZone": "Europe/Berlin",\n\t"name": "Acme"\n}\n' },
    { title: 'JSON with escapes', text: '{"version":1,"timeZone":"Europe\\/Berlin","name":"\\u0041cme"}' },
    { title: 'block YAML', text: `${HEAD}name: Acme\n` },
    { title: 'YAML in the other order', text: `name: Acme\n${HEAD}` },
    { title: 'YAML with Windows line ends', text: `${HEAD}name: Acme\n`.replaceAll('\n', '\r\n') },
    { title: 'YAML with a byte order mark', text: `\uFEFF${HEAD}name: Acme\n` },
    { title: 'YAML between document marks', text: `%YAML 1.2\n---\n${HEAD}name: Acme\n...\n` },
    { title: 'YAML with comments and quotes', text: `# ours\n${HEAD}"name": 'Acme' # the name\n` },
    { title: 'YAML with an anchor', text: `version: 1\nname: &name Acme\ntimeZone: Europe/Berlin\n` },
  ]

  for (const { title, text } of same) {
    test(`may be ${title}`, () => {
      expect(read(text)).toEqual({ ...DEFAULTS, name: 'Acme' })
    })
  }

  test('R21: numeric ids are text from then on', () => {
    const text = `${HEAD}agents: [{ id: 7 }, { id: "08" }]\nteams: [{ id: 1, members: [7, "08"] }]\nrouting: { default: { to: { team: 1 } } }\n`
    expect(read(text)).toMatchObject({
      agents: [{ id: '7' }, { id: '08' }],
      teams: [{ id: '1', members: ['7', '08'] }],
      routing: { default: { to: { team: '1' } } },
    })
  })

  test('an emoji of JSON is one character', () => {
    expect(read('{"version":1,"timeZone":"UTC","name":"\\ud83d\\ude00"}').name).toBe('😀')
  })

  test('an alias repeats what it names', () => {
    const text = `${HEAD}hours: { weekly: { mon: &day ["09:00-17:00"], tue: *day } }\n`
    expect(read(text).hours.weekly).toEqual({ mon: ['09:00-17:00'], tue: ['09:00-17:00'] })
  })

  test('lines are counted as Windows writes them', () => {
    expect(problemLinesOf(`${HEAD}plan: gold\n`.replaceAll('\n', '\r\n'))).toEqual([
      '3:7 plan: "gold" is not one of free, pro, premium, enterprise',
    ])
  })

  const conditions: readonly (readonly [written: string, read: unknown])[] = [
    ['DE', 'DE'],
    ['5', 5],
    ['"5"', '5'],
    ['true', true],
    ['yes', 'yes'],
    ['{ eq: 5 }', { eq: 5 }],
    ['{ in: [DE, 5, true] }', { in: ['DE', 5, true] }],
    ['{ in: [] }', { in: [] }],
    ['{ not: [DE] }', { not: ['DE'] }],
    ['{ all: [{ glob: a* }, { glob: "*b" }] }', { all: [{ glob: 'a*' }, { glob: '*b' }] }],
    ['{ gte: 0.5, lte: -1e3 }', { gte: 0.5, lte: -1000 }],
    ['{ exists: false }', { exists: false }],
  ]

  for (const [written, expected] of conditions) {
    test(`R22: a condition may be ${written}`, () => {
      const text = `${HEAD}routing: { rules: [{ id: a, when: { x: ${written} }, to: account-owner }] }\n`
      expect(read(text).routing.rules[0]?.when).toEqual({ x: expected })
    })
  }
})
