import { describe, expect, test } from 'vitest'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { DocumentError } from '../../../src/domain/document/problem.js'
import { HEAD, problemLinesOf, problemsOf } from './problems-of.js'

interface Case {
  readonly title: string
  readonly text: string
  readonly problems: readonly string[]
}

const week = (hours: string) => `${HEAD}hours:\n  weekly:\n    mon: ${hours}\n`
const dates = (...exceptions: string[]) =>
  `${HEAD}hours:\n  exceptions:\n${exceptions.map((exception) => `    - ${exception}\n`).join('')}`
const KEEP_ONE =
  'keep one of them, or make one more specific: one date wins over a date range, a date range over a yearly date'
const FULL_DAY = 'a full day is written "00:00-24:00"'

const hours: readonly Case[] = [
  {
    title: 'R6: an unknown zone',
    text: 'version: 1\ntimeZone: Europe/Berln\n',
    problems: ['2:11 timeZone: "Europe/Berln" is not an IANA time zone (R6); did you mean "Europe/Berlin"?'],
  },
  {
    title: 'R6: an offset, of the hours',
    text: `${HEAD}hours: { timeZone: "+05:30" }\n`,
    problems: [
      '3:20 hours.timeZone: "+05:30" is not an IANA time zone (R6); an offset has no summer time: name a place, e.g. "Asia/Kolkata"',
    ],
  },
  {
    title: "R6: an agent's zone",
    text: `${HEAD}agents:\n  - { id: "1", timeZone: Berlin }\n`,
    problems: ['4:26 agents[0].timeZone: "Berlin" is not an IANA time zone (R6); did you mean "Europe/Berlin"?'],
  },
  {
    title: 'R1: one digit',
    text: week('9:00-17:00'),
    problems: ['5:10 hours.weekly.mon: "9:00-17:00" is not a time range (R1); write "09:00-17:00"'],
  },
  {
    title: 'R1: one digit, in a list',
    text: week('["10:00-12:00", "9:00-17:00"]'),
    problems: ['5:26 hours.weekly.mon[1]: "9:00-17:00" is not a time range (R1); write "09:00-17:00"'],
  },
  {
    title: 'R1: equal start and end',
    text: week('09:00-09:00'),
    problems: [`5:10 hours.weekly.mon: "09:00-09:00" starts and ends at the same time (R1); ${FULL_DAY}`],
  },
  {
    title: 'R2: ranges that overlap',
    text: week('["09:00-12:00", "11:00-17:00"]'),
    problems: [
      '5:10 hours.weekly.mon: 09:00-12:00 and 11:00-17:00 overlap (R2); make them one range, or end the first before the second starts',
    ],
  },
  {
    title: 'R5: a date that does not exist',
    text: dates('{ date: 2026-02-30, hours: closed }'),
    problems: [
      '5:15 hours.exceptions[0].date: "2026-02-30" does not exist (R5); the last day of that month is 2026-02-28',
    ],
  },
  {
    title: 'R5: a yearly date that exists in no year',
    text: dates('{ yearly: 02-30, hours: closed }'),
    problems: [
      '5:17 hours.exceptions[0].yearly: "02-30" is not a date of any year (R5); write it as MM-DD, e.g. 12-25',
    ],
  },
  {
    title: 'R5: two exceptions on one date',
    text: dates('{ date: 2026-12-24, hours: closed }', '{ date: 2026-12-24, name: Eve, hours: "09:00-12:00" }'),
    problems: [
      `6:7 hours.exceptions[1]: exceptions 2026-12-24 and "Eve" (2026-12-24) cover the same date (R5); ${KEEP_ONE}`,
    ],
  },
  {
    title: 'R5: two date ranges that share a date',
    text: dates(
      '{ from: 2026-12-24, to: 2026-12-26, hours: closed }',
      '{ date: 2026-12-25, hours: closed }',
      '{ from: 2026-12-26, to: 2026-12-31, hours: closed }',
    ),
    problems: [
      `7:7 hours.exceptions[2]: exceptions 2026-12-24..2026-12-26 and 2026-12-26..2026-12-31 cover the same date (R5); ${KEEP_ONE}`,
    ],
  },
  {
    title: 'R5: an exception of no date, of two kinds, and of half a range',
    text: dates(
      '{ hours: closed }',
      '{ date: 2026-01-01, yearly: 01-01, hours: closed }',
      '{ from: 2026-01-01, hours: closed }',
    ),
    problems: [5, 6, 7].map(
      (line) =>
        `${line}:7 hours.exceptions[${line - 5}]: an exception covers a date, a date range, or a yearly date (R5); write "date", or "from" with "to", or "yearly"`,
    ),
  },
  {
    title: 'R5: a range that ends before it starts',
    text: dates('{ from: 2026-12-26, to: 2026-12-24, hours: closed }'),
    problems: [
      '5:7 hours.exceptions[0]: the exception ends on 2026-12-24, before it starts on 2026-12-26 (R5); swap "from" and "to"',
    ],
  },
]

const values: readonly Case[] = [
  {
    title: 'a misspelt key three levels down',
    text: `${HEAD}hours:\n  weekly:\n    modn: closed\n`,
    problems: ['5:5 hours.weekly.modn: unknown key "modn"; did you mean "mon"?'],
  },
  {
    title: 'a misspelt operator, in a list of rules',
    text: `${HEAD}routing:\n  rules:\n    - id: big\n      when:\n        company.size:\n          gt: 500\n      to: account-owner\n`,
    problems: ['8:11 routing.rules[0].when["company.size"].gt: unknown key "gt"; did you mean "gte"?'],
  },
  {
    title: 'an unknown key that is like no other',
    text: `${HEAD}widget: { position: left }\n`,
    problems: [
      '3:11 widget.position: unknown key "position"; known keys: mode, display, autoOffline, override, planned',
    ],
  },
  {
    title: 'values of a wrong type',
    text: `${HEAD}name: [7]\nagents: 5\nteams: { sales: [] }\nchatLimit: many\nwidget: automatic\nplaybooks: [hello]\n`,
    problems: [
      '3:7 name: a list is not text',
      '4:9 agents: 5 is not a list',
      '5:8 teams: a mapping is not a list',
      '6:12 chatLimit: "many" is not a number',
      '7:9 widget: "automatic" is not a mapping of keys to values',
      '8:13 playbooks[0]: "hello" is not a mapping of keys to values',
    ],
  },
  {
    title: 'values that are none of the choices',
    text: `${HEAD}plan: gold\nwidget: { mode: onlin, display: sometimes }\nagents:\n  - { id: "1", status: OFFLINE }\n`,
    problems: [
      '3:7 plan: "gold" is not one of free, pro, premium, enterprise',
      '4:17 widget.mode: "onlin" is not one of automatic, online, offline; did you mean "online"?',
      '4:33 widget.display: "sometimes" is not one of always, online-only, hidden',
      '6:24 agents[0].status: "OFFLINE" is not one of automatic, available, away',
    ],
  },
  {
    title: 'numbers below their least',
    text: `${HEAD}chatLimit: -1\nagents: [{ id: "1", openChats: 1.5 }]\n`,
    problems: ['3:12 chatLimit: -1 is below 0', '4:32 agents[0].openChats: 1.5 is not a whole number'],
  },
  {
    title: 'keys that are missing',
    text: 'name: Acme\nagents:\n  - name: Sam\nrouting:\n  rules:\n    - id: a\n',
    problems: [
      '1:1 version: is missing; write 1',
      '1:1 timeZone: is missing; write an IANA name, e.g. timeZone: Europe/Berlin',
      '3:5 agents[0].id: is missing',
      '6:7 routing.rules[0].to: is missing',
    ],
  },
  {
    title: 'a version in quotes',
    text: 'version: "1"\ntimeZone: UTC\n',
    problems: ['1:10 version: "1" is not 1; write 1 without quotes'],
  },
  {
    title: 'a version of the future',
    text: 'version: 2\ntimeZone: UTC\n',
    problems: ['1:10 version: 2 is not 1'],
  },
  {
    title: 'keys without a value',
    text: `${HEAD}name:\nagents:\n`,
    problems: ['3:6 name: nothing is not text', '4:8 agents: nothing is not a list'],
  },
  {
    title: 'instants without an offset and of no date',
    text: `${HEAD}widget: { override: { mode: online, until: 2026-11-27T17:30 } }\nagents: [{ id: "1", lastRoutedAt: 2026-02-30T00:00Z }]\n`,
    problems: [
      '3:44 widget.override.until: "2026-11-27T17:30" is not an instant; write ISO 8601 with an offset, e.g. 2026-11-27T17:30:00-05:00 or 2026-11-27T22:30:00Z',
      '4:35 agents[0].lastRoutedAt: the date of "2026-02-30T00:00Z" does not exist; write ISO 8601 with an offset, e.g. 2026-11-27T17:30:00-05:00 or 2026-11-27T22:30:00Z',
    ],
  },
  {
    title: 'an empty id and an empty name',
    text: `${HEAD}name: ""\nagents: [{ id: "" }]\n`,
    problems: ['3:7 name: is empty', '4:16 agents[0].id: is empty'],
  },
]

describe('a document with an error names its place', () => {
  for (const { title, text, problems } of [...hours, ...values]) {
    test(title, () => {
      expect(problemLinesOf(text)).toEqual(problems)
    })
  }
})

describe('the error of a document', () => {
  test('has code, file and the hint of its only problem', () => {
    const [problem] = problemsOf('version: 1\ntimeZone: Europe/Berln\n')
    const error = new DocumentError('acme.yaml', [problem!])
    expect(error).toMatchObject({
      code: 'invalid-input',
      message: 'acme.yaml:2:11: timeZone: "Europe/Berln" is not an IANA time zone (R6)',
      hint: 'did you mean "Europe/Berlin"?',
    })
    expect(problem).toMatchObject({ file: 'acme.yaml', rule: 'R6' })
  })

  test('counts its problems when there are several', () => {
    expect(() => parseWorkspace('name: Acme\n', 'acme.yaml')).toThrow('acme.yaml has 2 errors')
  })
})
