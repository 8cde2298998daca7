import { expect, test } from 'vitest'
import { HEAD, problemLinesOf } from './problems-of.js'

const AGENTS = 'agents:\n  - { id: "1", email: sam@acme.example }\n  - { id: "2" }\n'
const ADD = 'name an agent by id or email, or add it under "agents"'

const cases: readonly { title: string; text: string; problems: readonly string[] }[] = [
  {
    title: 'unknown-member: a misspelt email in a team',
    text: `${HEAD}${AGENTS}teams:\n  - { id: sales, members: ["1", sma@acme.example] }\n`,
    problems: [
      '7:33 teams[0].members[1]: "sma@acme.example" is not an agent of this workspace (unknown-member); did you mean "sam@acme.example"?',
    ],
  },
  {
    title: 'unknown-member: in a rule, the default rule and a goal',
    text: [
      `${HEAD}${AGENTS}routing:`,
      '  rules:',
      '    - { id: a, to: { agent: somebody } }',
      '    - { id: b, to: { round-robin: ["1", somebody] } }',
      '  default: { to: { round-robin: [somebody] } }',
      'playbooks:',
      '  - { id: p, goal: { route: { to: { agent: somebody } } } }',
    ].join('\n'),
    problems: [
      '8:29 routing.rules[0].to.agent',
      '9:41 routing.rules[1].to.round-robin[1]',
      '10:34 routing.default.to.round-robin[0]',
      '12:44 playbooks[0].goal.route.to.agent',
    ].map((place) => `${place}: "somebody" is not an agent of this workspace (unknown-member); ${ADD}`),
  },
  {
    title: 'unknown-member: nobody is known without agents',
    text: `${HEAD}teams: [{ id: sales, members: [1] }]\n`,
    problems: [`3:32 teams[0].members[0]: "1" is not an agent of this workspace (unknown-member); ${ADD}`],
  },
  {
    title: 'no unknown-member: by id, by number and by email',
    text: `${HEAD}${AGENTS}teams:\n  - { id: sales, members: ["1", 2, sam@acme.example] }\n`,
    problems: [],
  },
  {
    title: 'an unknown team',
    text: `${HEAD}teams: [{ id: sales, members: [] }]\nrouting: { default: { to: { team: sale } } }\n`,
    problems: ['4:35 routing.default.to.team: "sale" is not a team of this workspace; did you mean "sales"?'],
  },
  {
    title: 'duplicate ids of agents, teams, playbooks and rules',
    text: [
      `${HEAD}agents: [{ id: 1 }, { id: "1" }]`,
      'teams: [{ id: a, members: [] }, { id: a, members: [] }]',
      'playbooks: [{ id: p }, { id: q }, { id: p }]',
      'routing: { rules: [{ id: r, to: account-owner }, { id: r, to: account-owner }] }',
    ].join('\n'),
    problems: [
      '3:27 agents[1].id: "1" is the id of agents[0] already; give each its own id',
      '4:39 teams[1].id: "a" is the id of teams[0] already; give each its own id',
      '5:41 playbooks[2].id: "p" is the id of playbooks[0] already; give each its own id',
      '6:56 routing.rules[1].id: "r" is the id of routing.rules[0] already; give each its own id',
    ],
  },
  {
    title: 'duplicate emails',
    text: `${HEAD}agents: [{ id: "1", email: a@x.example }, { id: "2", email: a@x.example }]\n`,
    problems: ['3:61 agents[1].email: "a@x.example" is the email of agents[0] already; give each its own email'],
  },
  {
    title: 'R22: a rule that takes the name of the default rule',
    text: `${HEAD}routing: { rules: [{ id: default, to: account-owner }] }\n`,
    problems: [
      '3:26 routing.rules[0].id: "default" names the default rule; give the rule another id, or move its target to routing.default',
    ],
  },
  {
    title: 'R18: a target of one agent with a strategy',
    text: `${HEAD}${AGENTS}routing: { default: { to: { agent: "1", strategy: random } } }\n`,
    problems: ['6:27 routing.default.to: a target of one agent has no strategy (R18)'],
  },
  {
    title: 'a target of two kinds and of none',
    text: `${HEAD}${AGENTS}routing: { rules: [{ id: a, to: { agent: "1", team: b } }], default: { to: {} } }\nteams: [{ id: b, members: [] }]\n`,
    problems: ['6:33 routing.rules[0].to', '6:76 routing.default.to'].map(
      (place) =>
        `${place}: a target names exactly one of agent, team, round-robin; write "account-owner", or one of { agent: … }, { team: … }, { round-robin: […] }`,
    ),
  },
  {
    title: 'a target that is a misspelt word',
    text: `${HEAD}routing: { default: { to: acount-owner } }\n`,
    problems: ['3:27 routing.default.to: "acount-owner" is not account-owner; did you mean "account-owner"?'],
  },
  {
    title: 'all errors at once, in the order of the text',
    text: [
      'version: 1',
      'timeZone: Europe/Berln',
      'agents:',
      '  - { id: "1", stauts: away }',
      '  - { id: "1" }',
      'hours:',
      '  weekly:',
      '    mon: 9:00-17:00',
      '    tue: ["09:00-12:00", "11:00-17:00"]',
      '  exceptions:',
      '    - { date: 2026-12-24, hours: closed }',
      '    - { date: 2026-12-24, hours: closed }',
      '    - { date: 2026-02-30, hours: closed }',
      'teams:',
      '  - { id: sales, members: ["7"] }',
      'plan: gold',
    ].join('\n'),
    problems: [
      '2:11 timeZone: "Europe/Berln" is not an IANA time zone (R6); did you mean "Europe/Berlin"?',
      '4:16 agents[0].stauts: unknown key "stauts"; did you mean "status"?',
      '5:11 agents[1].id: "1" is the id of agents[0] already; give each its own id',
      '8:10 hours.weekly.mon: "9:00-17:00" is not a time range (R1); write "09:00-17:00"',
      '9:10 hours.weekly.tue: 09:00-12:00 and 11:00-17:00 overlap (R2); make them one range, or end the first before the second starts',
      '12:7 hours.exceptions[1]: exceptions 2026-12-24 and 2026-12-24 cover the same date (R5); keep one of them, or make one more specific: one date wins over a date range, a date range over a yearly date',
      '13:15 hours.exceptions[2].date: "2026-02-30" does not exist (R5); the last day of that month is 2026-02-28',
      `15:28 teams[0].members[0]: "7" is not an agent of this workspace (unknown-member); ${ADD}`,
      '16:7 plan: "gold" is not one of free, pro, premium, enterprise',
    ],
  },
]

for (const { title, text, problems } of cases) {
  test(title, () => {
    expect(problemLinesOf(text)).toEqual(problems)
  })
}
