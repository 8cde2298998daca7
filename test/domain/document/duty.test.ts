import { expect, test } from 'vitest'
import { HEAD, problemLinesOf } from './problems-of.js'

const AGENTS = 'agents:\n  - { id: "1", email: sam@acme.example }\n  - { id: "2" }\n'
const duty = (...lines: string[]) => `${HEAD}${AGENTS}duty:\n${lines.map((line) => `  ${line}\n`).join('')}`
const FRONT = '  - { id: front, days: mon-fri, hours: "09:00-13:00", agents: ["1"] }'

const cases: readonly { title: string; text: string; problems: readonly string[] }[] = [
  {
    title: 'R31: valid shifts, by id and by email',
    text: duty(
      'shifts:',
      '  - { id: front, days: mon-fri, hours: ["09:00-11:00", "12:00-13:00"], agents: [2, SAM@acme.example] }',
      '  - { id: late, days: [sat, sun], hours: 24h, rotate: { agents: ["1", "2"], every: week, from: 2026-11-02, count: 2 } }',
    ),
    problems: [],
  },
  {
    title: 'R31: neither agents nor rotate, and both',
    text: duty(
      'shifts:',
      '  - { id: a, days: all, hours: 24h }',
      '  - { id: b, days: all, hours: 24h, agents: ["1"], rotate: { agents: ["2"], every: day, from: 2026-11-02 } }',
    ),
    problems: [
      '8:7 duty.shifts[0]: a shift has no people (R31); write "agents" for all of them, or "rotate" for turns',
      '9:7 duty.shifts[1]: a shift has either "agents" or "rotate" (R31); write "agents" for all of them, or "rotate" for turns',
    ],
  },
  {
    title: 'R31: bad days, ranges, dates, counts and empty lists',
    text: duty(
      'shifts:',
      '  - { id: a, days: mon-fru, hours: "9-13", agents: [] }',
      '  - { id: b, days: all, hours: closed, rotate: { agents: ["1"], every: month, from: 2026-02-30, count: 2 } }',
    ),
    problems: [
      '8:22 duty.shifts[0].days: "fru" is not a day; did you mean "fri"?',
      '8:38 duty.shifts[0].hours: "9-13" is not a time range (R1); write "09:00-13:00"',
      '8:54 duty.shifts[0].agents: is empty',
      '9:34 duty.shifts[1].hours: a shift runs at some time (R31); write a range, e.g. "09:00-13:00"',
      '9:74 duty.shifts[1].rotate.every: "month" is not one of day, week',
      '9:87 duty.shifts[1].rotate.from: "2026-02-30" does not exist (R5); the last day of that month is 2026-02-28',
    ],
  },
  {
    title: 'R31: unknown agents, the same one twice, and ids used twice',
    text: duty(
      'shifts:',
      FRONT,
      '  - { id: front, days: all, hours: 24h, agents: ["2", sma@acme.example] }',
      '  - { id: c, days: all, hours: 24h, rotate: { agents: ["1", sam@acme.example], every: day, from: 2026-11-02, count: 3 } }',
    ),
    problems: [
      '9:13 duty.shifts[1].id: "front" is the id of duty.shifts[0] already; give each its own id',
      '9:57 duty.shifts[1].agents[1]: "sma@acme.example" is not an agent of this workspace (unknown-member); did you mean "sam@acme.example"?',
      '10:47 duty.shifts[2].rotate: a turn of 3 people needs as many agents, and there are 2 (R31); write a count of 1 to 2, or add agents',
    ],
  },
  {
    title: 'R31: one person twice, by id and by email',
    text: duty('shifts:', '  - { id: a, days: all, hours: 24h, agents: ["1", sam@acme.example] }'),
    problems: ['8:53 duty.shifts[0].agents[1]: "sam@acme.example" is in this list already, as "1" (R31)'],
  },
  {
    title: 'R33: covers of unknown shifts and agents, and of oneself',
    text: duty(
      'shifts:',
      FRONT,
      'covers:',
      '  - { shift: frnt, from: "2026-12-01 09:00", to: "2026-12-01 13:00", agent: "2", instead: "1" }',
      '  - { shift: front, from: "2026-12-01 09:00", to: "2026-12-01 13:00", agent: kofi, instead: "1" }',
      '  - { shift: front, from: "2026-12-01 09:00", to: "2026-12-01 13:00", agent: "1", instead: "1" }',
      '  - { shift: front, from: "2026-12-01", to: "2026-12-01 25:00", agent: "2", instead: "1" }',
    ),
    problems: [
      '10:16 duty.covers[0].shift: "frnt" is not a shift of this workspace; did you mean "front"?',
      '11:80 duty.covers[1].agent: "kofi" is not an agent of this workspace (unknown-member); name an agent by id or email, or add it under "agents"',
      '12:7 duty.covers[2]: "1" cannot cover for themselves (R33)',
      '13:29 duty.covers[3].from: "2026-12-01" is not a moment; write "YYYY-MM-DD HH:MM", e.g. "2026-12-01 09:00", or an instant with an offset',
      '13:47 duty.covers[3].to: "2026-12-01 25:00" is not a moment; write "YYYY-MM-DD HH:MM", e.g. "2026-12-01 09:00", or an instant with an offset',
    ],
  },
  {
    title: 'R33: covers that cover nothing',
    text: duty(
      'shifts:',
      FRONT,
      '  - { id: late, days: all, hours: "13:00-22:00", rotate: { agents: ["1", "2"], every: day, from: 2026-12-01 } }',
      'covers:',
      '  - { shift: front, from: "2026-12-01 13:00", to: "2026-12-01 09:00", agent: "2", instead: "1" }',
      '  - { shift: front, from: "2026-12-01 13:00", to: "2026-12-01 18:00", agent: "2", instead: "1" }',
      '  - { shift: front, from: "2026-12-01 09:00", to: "2026-12-01 13:00", agent: "1", instead: "2" }',
      '  - { shift: late, from: "2026-12-01 13:00", to: "2026-12-01 22:00", agent: "1", instead: "2" }',
      '  - { shift: front, from: "2026-12-01 09:00", to: "2026-12-01 13:00", agent: sam@acme.example, instead: "1" }',
      '  - { shift: front, from: "2026-12-01 09:00", to: "2027-12-03 09:00", agent: "2", instead: "1" }',
    ),
    problems: [
      '11:53 duty.covers[0].to: the cover ends at 2026-12-01 09:00, no later than it begins (R33); write "from" before "to"',
      '12:7 duty.covers[1]: shift "front" does not run between 2026-12-01 13:00 and 2026-12-01 18:00 (R33); it runs next from Wed 2 Dec 2026, 09:00',
      '13:94 duty.covers[2].instead: "2" has no part in shift "front" (R33); name whom the agent stands in for',
      '14:93 duty.covers[3].instead: "2" is not on duty in shift "late" between 2026-12-01 13:00 and 2026-12-01 22:00 (R33); on duty then: 1',
      '15:80 duty.covers[4].agent: "sam@acme.example" and "1" are the same person (R33)',
      '16:53 duty.covers[5].to: the cover is longer than 366 days (R33); change the people of the shift instead',
    ],
  },
  {
    title: 'R32, R34: an automatic status with an end, and what is planned to end before it begins',
    text: [
      `${HEAD}agents:`,
      '  - { id: "1", status: automatic, until: "2026-12-01T09:00:00Z" }',
      '  - { id: "2", planned: [{ status: away, from: "2026-12-02T09:00:00Z", until: "2026-12-01T09:00:00Z" }] }',
      'widget: { planned: [{ mode: online, from: "2026-12-02T09:00:00Z" }] }',
    ].join('\n'),
    problems: [
      '4:5 agents[0]: "automatic" has no end (R32); take "until" out, or write available or away',
      '5:26 agents[1].planned[0]: it ends at 2026-12-01T09:00:00Z, no later than it begins (R34); write "from" before "until"',
      '6:21 widget.planned[0].until: is missing; write text',
    ],
  },
]

for (const { title, text, problems } of cases) {
  test(title, () => {
    expect(problemLinesOf(text)).toEqual(problems)
  })
}
