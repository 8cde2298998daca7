import { describe, expect, test } from 'vitest'
import {
  type ConditionEntry,
  type FactEntry,
  readConditions,
  readFacts,
  VISITOR_OPTION,
  WHEN_OPTION,
} from '../../../src/cli/flags/visitor-flags.js'

const conditionsOf = (...texts: string[]) =>
  readConditions(texts.map((text) => WHEN_OPTION.parse!(text) as ConditionEntry))
const factsOf = (...texts: string[]) => readFacts(texts.map((text) => VISITOR_OPTION.parse!(text) as FactEntry))

const conditions: readonly (readonly [flags: string[], when: object])[] = [
  [['country=DE'], { country: 'DE' }],
  [['country=DE,AT'], { country: { in: ['DE', 'AT'] } }],
  [['country!=DE'], { country: { not: 'DE' } }],
  [['country!=DE,AT'], { country: { not: ['DE', 'AT'] } }],
  [['company.size>=500'], { 'company.size': { gte: 500 } }],
  [['company.size<=-1.5e3'], { 'company.size': { lte: -1500 } }],
  [['url~*pricing*'], { url: { glob: '*pricing*' } }],
  [['account.owner?'], { 'account.owner': { exists: true } }],

  // The first operator from the left.
  [['q=why?'], { q: 'why?' }],
  [['q=a=b'], { q: 'a=b' }],
  [['q=1>=2'], { q: '1>=2' }],
  [['page=https://a.example/?x=1~2'], { page: 'https://a.example/?x=1~2' }],
  [['url~*/search?'], { url: { glob: '*/search?' } }],
  [['q!=why?'], { q: { not: 'why?' } }],

  // White space, commas, quotes.
  [['size >= 50'], { size: { gte: 50 } }],
  [[' plan = gold '], { plan: 'gold' }],
  [['plan ?'], { plan: { exists: true } }],
  [['country=DE, AT ,\tCH'], { country: { in: ['DE', 'AT', 'CH'] } }],
  [['company.name=Acme, Inc.'], { 'company.name': { in: ['Acme', 'Inc.'] } }],
  [['company.name="Acme, Inc."'], { 'company.name': 'Acme, Inc.' }],
  [["company.name='Acme, Inc.', Beta"], { 'company.name': { in: ['Acme, Inc.', 'Beta'] } }],
  [['name="say ""hi"""'], { name: 'say "hi"' }],
  [["name='it''s'"], { name: "it's" }],
  [["name=O'Brien"], { name: "O'Brien" }],
  [['plan=" gold "'], { plan: ' gold ' }],
  [['plan=""'], { plan: '' }],
  [['q="=x"'], { q: '=x' }],
  [['"a=b" = c'], { 'a=b': 'c' }],
  [['"user name" = Sam'], { 'user name': 'Sam' }],
  [['name="“Sam”"'], { name: '“Sam”' }],
  [['"why?"?'], { 'why?': { exists: true } }],
  [['url~"a,b*"'], { url: { glob: 'a,b*' } }],
  [['size>="50"'], { size: { gte: 50 } }],

  // Names that every object has.
  [['constructor=x'], { constructor: 'x' }],
  [['toString?'], { toString: { exists: true } }],
  [['prototype!=x'], { prototype: { not: 'x' } }],

  // All of one fact hold.
  [['size>=50', 'size<=100'], { size: { gte: 50, lte: 100 } }],
  [['size>=50', 'size>=60', 'size<=95', 'size<=90'], { size: { gte: 60, lte: 90 } }],
  [['country!=DE', 'country!=AT'], { country: { not: ['DE', 'AT'] } }],
  [['country!=DE', 'country!=DE'], { country: { not: ['DE'] } }],
  [['url~*a*', 'url~*b*'], { url: { glob: '*a*', all: [{ glob: '*b*' }] } }],
  [['url~*a*', 'url~*b*', 'url~*c*', 'url~*b*'], { url: { glob: '*a*', all: [{ glob: '*b*' }, { glob: '*c*' }] } }],
  [['plan=gold', 'plan=gold'], { plan: 'gold' }],
  [['plan?', 'plan?'], { plan: { exists: true } }],
  [['plan=gold,free', 'plan!=free'], { plan: { in: ['gold', 'free'], not: 'free' } }],
  [['plan=a,b', 'plan=b,c'], { plan: { in: ['a', 'b'], all: [{ in: ['b', 'c'] }] } }],
  [['plan=gold', 'country=DE'], { plan: 'gold', country: 'DE' }],
]

describe('R22: --when', () => {
  for (const [flags, when] of conditions) {
    test(flags.join(' and '), () => {
      const read = conditionsOf(...flags)
      expect(Object.entries(read!)).toEqual(Object.entries(when))
      // Nothing may become a rule for everyone.
      expect(Object.keys(read!)).not.toEqual([])
    })
  }

  test.each([
    ['', /is not a condition/],
    ['a', /is not a condition/],
    ['=x', /names no fact/],
    [' = x', /names no fact/],
    ['?', /names no fact/],
    ['""=x', /names no fact/],
    ['a=', /has no value/],
    ['a= ', /has no value/],
    ['a=,b', /has no value/],
    ['a=b,', /has no value/],
    ['a=b,,c', /has no value/],
    ['a~', /has no value/],
    ['a==b', /unknown operator/],
    ['a=<5', /unknown operator/],
    ['a=>5', /unknown operator/],
    ['a=~b', /unknown operator/],
    ['a=!b', /unknown operator/],
    ['a>=>5', /unknown operator/],
    ['a>b', /is not a condition/],
    ['a<5', /is not a condition/],
    ['a!b', /is not a condition/],
    ['a?b', /has text after its "\?"/],
    ['a?=b', /has text after its "\?"/],
    ['a>=many', /is not a number/],
    ['a>=', /has no value/],
    ['a>=0x10', /is not a number/],
    ['a>=1_000', /is not a number/],
    ['a>=Infinity', /is not a number/],
    ['a>=1e999', /is not a number/],
    ['a>=9007199254740993', /more digits/],
    ['a>=1,000', /more than one value/],
    ['url~a,b', /more than one value/],
    ['a="b', /not closed/],
    ['"a=b', /not closed/],
    ['a="b"c', /has text after a closing quote/],
    ['"a"b=c', /is not a condition/],
    ['a=b\\, c', /backslash/],
    ['not country=DE', /more than one word before its operator/],
    ['country is =DE', /more than one word before its operator/],
    ['\u200bcountry=DE', /more than one word before its operator/],
    ['country=“DE”', /typographic quotes/],
    ['country=DE,‘AT’', /typographic quotes/],
    ['__proto__=x', /cannot be the name of a fact/],
    ['__proto__?', /cannot be the name of a fact/],
  ])('%j is refused', (text, message) => {
    expect(() => conditionsOf(text)).toThrow(message)
  })

  test.each([
    [['plan=gold', 'plan=free'], /no value fits/],
    [['plan=gold', 'plan!=gold'], /no value fits/],
    [['plan=gold', 'plan~f*'], /no value fits/],
    [['plan=gold', 'plan>=5'], /no value fits/],
    [['size>=100', 'size<=50'], /nothing is at least 100 and at most 50/],
    [['url>=5'], /a page is not a number/],
    [['url=/a', 'url=/b'], /no page fits/],
    [['url=/a,/b', 'url!=/a', 'url!=/*'], /no page fits/],
  ])('%j can never hold, and is refused', (texts, message) => {
    expect(() => conditionsOf(...texts)).toThrow(message)
  })
})

describe('--visitor', () => {
  test.each<readonly [text: string, fact: string, value: string]>([
    ['country=DE', 'country', 'DE'],
    [' country = DE ', 'country', 'DE'],
    ['company.name=Acme, Inc.', 'company.name', 'Acme, Inc.'],
    ['company.name="Acme, Inc."', 'company.name', 'Acme, Inc.'],
    ['q=a=b?', 'q', 'a=b?'],
    ['plan=', 'plan', ''],
    ['"a=b"=c', 'a=b', 'c'],
    ['zip=02142', 'zip', '02142'],
    ['constructor=x', 'constructor', 'x'],
  ])('%j', (text, fact, value) => {
    expect(Object.entries(factsOf(text))).toEqual([[fact, value]])
  })

  test.each([
    ['country', /is not key=value/],
    ['country:DE', /is not key=value/],
    ['user name=Sam', /more than one word before its operator/],
    ['name=“Sam”', /typographic quotes/],
    ['=x', /names no fact/],
    ['size>=5', /is not key=value/],
    ['plan?', /is not key=value/],
    ['a==b', /unknown operator/],
    ['a="b', /not closed/],
    ['a="b" c', /has text after its closing quote/],
    ['__proto__=x', /cannot be the name of a fact/],
  ])('%j is refused', (text, message) => {
    expect(() => factsOf(text)).toThrow(message)
  })

  test('the same said twice is one, two values of one fact are refused', () => {
    expect(factsOf('country=DE', 'country=DE', 'plan=gold')).toEqual({ country: 'DE', plan: 'gold' })
    expect(() => factsOf('country=DE', 'country=AT')).toThrow('--visitor says both "DE" and "AT" of "country"')
  })
})
