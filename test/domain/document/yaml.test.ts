import { describe, expect, test } from 'vitest'
import { parseWorkspace, printWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { printYaml, readYaml } from '../../../src/domain/document/yaml.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { HEAD, problemLinesOf } from './problems-of.js'

const NUMBERS = [
  ...['02142', '007', '9007199254740993', '9007199254740992', '-9007199254740993', '12345678901234567890'],
  ...['1.10', '1.0', '1e3', '1E3', '0x1F', '0o17', '+5', '.5', '5.', '-0', '.inf', '-.Inf', '.nan'],
]

/** Read as YAML 1.1 they would be dates, times, yes and no: here they are texts as any other. */
const TEXTS = ['1_000', '12:30:45', '2026-12-24', 'yes', 'NO', 'on', 'off', '=', '<<', '0b101']

const read = (text: string) => parseWorkspace(`${HEAD}${text}`, 'acme.yaml')
const rule = (when: string) => `routing: { rules: [{ id: a, when: ${when}, to: account-owner }] }\n`
const conditionOf = (written: string) => read(rule(`{ zip: ${written} }`)).routing.rules[0]?.when?.zip

describe('a number is kept as it is written where a text may stand', () => {
  test.each([...NUMBERS, ...TEXTS])('%s as a condition', (written) => {
    expect(conditionOf(written)).toBe(written)
    expect(conditionOf(`{ in: [${written}] }`)).toEqual({ in: [written] })
    expect(conditionOf(`{ all: [{ not: ${written} }] }`)).toEqual({ all: [{ not: written }] })
  })

  test.each(['5', '0', '-7', '0.5', '1200'])('%s is a number still', (written) => {
    expect(conditionOf(written)).toBe(Number(written))
  })

  test.each([...NUMBERS, ...TEXTS, '5', 'true', 'False'])('%s as a name and a note', (written) => {
    expect(read(`name: ${written}\nagents: [{ id: a, note: ${written} }]\n`)).toMatchObject({
      name: written,
      agents: [{ note: written }],
    })
  })

  const ids = [...NUMBERS, ...TEXTS, '5', 'true', 'False'].filter((written) => !written.startsWith('-'))
  test.each(ids)('%s as an id and a member', (written) => {
    const { agents, teams } = read(`agents: [{ id: ${written} }]\nteams: [{ id: t, members: [${written}] }]\n`)
    expect([agents, teams]).toMatchObject([[{ id: written }], [{ members: [written] }]])
  })

  test.each(NUMBERS)('%s as the name of a fact', (written) => {
    expect(read(rule(`{ ${written}: x }`)).routing.rules[0]?.when).toEqual({ [written]: 'x' })
  })

  test('in JSON too', () => {
    const document = {
      version: 1,
      timeZone: 'UTC',
      routing: { rules: [{ id: 'a', when: { x: 1 }, to: 'account-owner' }] },
    }
    const text = JSON.stringify(document).replace('"x":1', '"x":9007199254740993')
    expect(parseWorkspace(text, 'acme.json').routing.rules[0]?.when).toEqual({ x: '9007199254740993' })
  })

  test('a tag says what a value is', () => {
    expect([conditionOf('!!int 007'), conditionOf('!!str 7'), conditionOf('!!float 1.10')]).toEqual([7, '7', 1.1])
  })

  test.each([
    ['zip=02142', true],
    ['zip=2142', false],
    ['version=1.10', true],
    ['version=1.1', false],
    ['account=9007199254740993', true],
    ['account=9007199254740992', false],
  ])('R22: a visitor of %s is matched: %s', (fact, isMatched) => {
    const [key = '', value = ''] = fact.split('=')
    const written = { zip: '02142', version: '1.10', account: '9007199254740993' }[key]!
    const document = read(
      `agents: [{ id: "1" }]\nrouting: { rules: [{ id: a, when: { ${key}: ${written} }, to: { agent: "1" } }] }\n`,
    )
    const { routing } = simulate(document, { at: 0, visitor: { attributes: { [key]: value } } })
    expect(routing.assignee).toBe(isMatched ? '1' : null)
  })
})

describe('a number where only a number may stand is one', () => {
  test('however it is written', () => {
    const { chatLimit } = read('chatLimit: 0x1F\n')
    expect([chatLimit, conditionOf('{ gte: 1.10, lte: 1e3 }')]).toEqual([31, { gte: 1.1, lte: 1000 }])
  })

  test('unless it would lose digits', () => {
    expect(problemLinesOf(`${HEAD}${rule('{ x: { gte: 9007199254740993 } }')}`)).toEqual([
      '3:47 9007199254740993 has more digits than a number keeps',
    ])
  })
})

describe('two keys that become one are the same key', () => {
  const keys: readonly (readonly [first: string, second: string])[] = [
    ['a', '"a"'],
    ["'a'", 'a'],
    ['1', '"1"'],
    ['007', '"007"'],
    ['true', '"true"'],
    ['~', '"~"'],
    ['a', '"\\x61"'],
    ['? a\n', 'a'],
  ]
  test.each(keys)('%j and %j', (first, second) => {
    const separator = first.startsWith('?') ? '' : ': x\n'
    expect(() => readYaml(`${first}${separator}${second}: y\n`, 'a.yaml')).toThrow(
      /the same key twice.* at 1:\d already/,
    )
  })

  test.each([
    ['1', '01'],
    ['1', '1.0'],
    ['true', 'True'],
    ['a', 'A'],
  ])('%s and %s are two', (first, second) => {
    expect(readYaml(`${first}: x\n${second}: y\n`, 'a.yaml').value).toEqual({ [first]: 'x', [second]: 'y' })
  })

  test.each(['? [a]\n: b\n', '{ {a: 1}: b }\n', '? {a: 1}\n: b\n'])('a key that is not text is refused: %j', (text) => {
    expect(() => readYaml(text, 'a.yaml')).toThrow(/a key is a text/)
  })
})

describe('YAML 1.2 only', () => {
  test.each([
    ['%YAML 1.1\n---\nversion: 1\n', '1:1 workspace documents are YAML 1.2, not 1.1; remove the line'],
    ['# a\n%YAML 1.1\n---\nversion: 1\n', '2:1 workspace documents are YAML 1.2, not 1.1; remove the line'],
    ['\ufeff%YAML 1.1\r\n---\r\nversion: 1\r\n', '1:1 workspace documents are YAML 1.2, not 1.1; remove the line'],
    ['%YAML 1.3\n---\nversion: 1\n', '1:7 not valid YAML: unsupported YAML version 1.3'],
  ])('%j is refused', (text, problem) => {
    expect(problemLinesOf(text)).toEqual([problem])
  })

  test('a directive of its own version is taken', () => {
    expect(
      parseWorkspace(`%YAML 1.2\n---\n${HEAD}${rule('{ country: NO }')}`, 'a.yaml').routing.rules[0]?.when,
    ).toEqual({
      country: 'NO',
    })
  })

  test.each([
    '!!binary aGk=',
    '!!set { a }',
    '!!omap [a: 1]',
    '!!pairs [a: 1]',
    '!!timestamp 2026-01-01',
    '!!js/function x',
  ])('%s has no meaning', (written) => {
    expect(problemLinesOf(`${HEAD}name: ${written}\n`).join()).toMatch(/unresolved tag/i)
  })

  test('"<<" merges nothing', () => {
    expect(problemLinesOf(`${HEAD}widget: { <<: { mode: online } }\n`)).toMatchObject([
      expect.stringContaining('unknown key "<<"'),
    ])
  })
})

describe('what is printed reads as the same', () => {
  test.each([...NUMBERS, ...TEXTS, 'null', '~', 'true', '', ' ', '- a', 'a: b', '#', '\t', '%YAML 1.1'])(
    '%j',
    (text) => {
      const when = { [text]: text, other: { in: [text, 5, true] } }
      const document = {
        ...read(''),
        name: text || 'x',
        routing: { rules: [{ id: 'a', when, to: 'account-owner' as const }] },
      }
      expect(parseWorkspace(printWorkspace(document), 'printed.yaml')).toEqual(document)
    },
  )

  test.each(['NO', 'yes', 'on', '1_000', '12:30', '2026-12-24', '02142', '1e3', 'null'])(
    '%s has quotes around it, for readers of YAML 1.1 too',
    (text) => {
      expect(printYaml({ a: text })).toBe(`a: "${text}"\n`)
    },
  )
})
