import { expect, test } from 'vitest'
import { lint } from '../../../../src/domain/questions/lint/lint.js'
import { OPEN, people, workspaceOf } from '../../workspace-builder.js'

interface Case {
  readonly title: string
  readonly code: string
  readonly routing: object
  readonly parts?: object
  /** Path and sentence of each finding of this code; none for a negative case. */
  readonly findings: readonly (readonly [path: string, text: string])[]
}

const AGENTS = [{ id: '1', email: 'sam@acme.example', status: 'available' }, ...people('2', '3 disabled', '9 bot')]
const one = (id: string, when?: object) => ({ id, to: { agent: '1' }, ...(when && { when }) })
const never = (later: string, earlier: string) =>
  `${later} is never reached: ${earlier} always decides first. Move it up, or remove it.`

const cases: readonly Case[] = [
  {
    title: 'R22: rules of an empty round robin and of an empty team',
    code: 'empty-rule',
    routing: {
      rules: [
        { id: 'a', when: { vip: true }, to: { 'round-robin': [] } },
        { id: 'b', when: { vip: false }, to: { team: 'empty' } },
      ],
    },
    findings: [
      [
        'routing.rules[0]',
        'Rule "a" has no members and stops the waterfall when it matches: add a member or remove the rule.',
      ],
      [
        'routing.rules[1]',
        'Rule "b" has no members and stops the waterfall when it matches: add a member or remove the rule.',
      ],
    ],
  },
  {
    title: 'R22: an empty default rule',
    code: 'empty-rule',
    routing: { rules: [one('a', { vip: true })], default: { to: { 'round-robin': [] } } },
    findings: [
      [
        'routing.default',
        'The default rule has no members and stops the waterfall when it matches: add a member or remove the rule.',
      ],
    ],
  },
  {
    title: 'R22: rules with members',
    code: 'empty-rule',
    routing: { rules: [one('a')], default: { to: { team: 'all' } } },
    findings: [],
  },
  {
    title: 'R20: round robins of one in a rule, the default rule and a goal',
    code: 'round-robin-of-one',
    routing: { rules: [{ id: 'a', to: { 'round-robin': ['1'] } }], default: { to: { 'round-robin': ['2', '2'] } } },
    parts: { playbooks: [{ id: 'p', goal: { route: { to: { 'round-robin': ['1'] } } } }] },
    findings: [
      ['routing.rules[0].to', ofOne('1', 'sam@acme.example')],
      ['routing.default.to', ofOne('2')],
      ['playbooks[0].goal.route.to', ofOne('1', 'sam@acme.example')],
    ],
  },
  {
    title: 'R20: a round robin of one under two names',
    code: 'round-robin-of-one',
    routing: { default: { to: { 'round-robin': ['1', 'sam@acme.example'] } } },
    findings: [['routing.default.to', ofOne('1', 'sam@acme.example')]],
  },
  {
    title: 'R20: a round robin of two, an empty one, one agent and a team',
    code: 'round-robin-of-one',
    routing: {
      rules: [
        { id: 'a', to: { 'round-robin': ['1', '2'] } },
        { id: 'b', to: { 'round-robin': [] } },
        one('c'),
        { id: 'd', to: 'account-owner' },
      ],
      default: { to: { team: 'all' } },
    },
    findings: [],
  },
  {
    title: 'R18: a rule after one that routes to one agent whatever the status',
    code: 'unreachable-rule',
    routing: { rules: [one('a'), one('b', { vip: true })], default: { to: { team: 'all' } } },
    findings: [
      ['routing.rules[1]', never('Rule "b"', 'Rule "a"')],
      ['routing.default', never('The default rule', 'Rule "a"')],
    ],
  },
  {
    title: 'R22: a rule after an empty one, which stops',
    code: 'unreachable-rule',
    routing: { rules: [{ id: 'a', to: { 'round-robin': [] } }, one('b')] },
    findings: [['routing.rules[1]', never('Rule "b"', 'Rule "a"')]],
  },
  {
    title: 'R22: a rule whose conditions include those of one that decides',
    code: 'unreachable-rule',
    routing: {
      rules: [
        one('a', { country: 'DE' }),
        one('b', { country: 'DE', vip: true }),
        one('c', { country: 'AT', vip: true }),
      ],
    },
    findings: [['routing.rules[1]', never('Rule "b"', 'Rule "a"')]],
  },
  {
    title: 'R20: a group may yield nobody, so the next rule is reached',
    code: 'unreachable-rule',
    routing: { rules: [{ id: 'a', to: { 'round-robin': ['1', '2'] } }, one('b')], default: { to: { team: 'all' } } },
    findings: [['routing.default', never('The default rule', 'Rule "b"')]],
  },
  {
    title: 'R19: an account owner may be missing, so the next rule is reached',
    code: 'unreachable-rule',
    routing: { rules: [{ id: 'a', to: 'account-owner' }], default: { to: { team: 'all' } } },
    findings: [],
  },
  {
    title: 'R18: a disabled agent and a bot yield nobody, so the next rule is reached',
    code: 'unreachable-rule',
    routing: {
      rules: [
        { id: 'a', to: { agent: '3' } },
        { id: 'b', to: { agent: '9' } },
      ],
      default: { to: { team: 'all' } },
    },
    findings: [],
  },
  {
    title: 'R22: rules for other visitors do not hide each other',
    code: 'unreachable-rule',
    routing: { rules: [one('a', { country: 'DE' }), one('b', { country: 'AT' }), one('c', { vip: true })] },
    findings: [],
  },
  {
    title: 'R22: a wider rule after a narrower one is reached',
    code: 'unreachable-rule',
    routing: {
      rules: [one('a', { country: 'DE', vip: true }), one('b', { country: 'DE' })],
      default: { to: { agent: '2' } },
    },
    findings: [],
  },
]

for (const { title, code, routing, parts, findings } of cases) {
  test(`${title}: ${findings.length === 0 ? 'no ' : ''}${code}`, () => {
    const teams = [
      { id: 'all', members: ['1', '2'] },
      { id: 'empty', members: [] },
    ]
    const found = lint(workspaceOf({ agents: AGENTS, teams, routing, ...parts }), OPEN)
    const severity = code === 'empty-rule' ? 'error' : 'warning'
    expect(found.filter((finding) => finding.code === code)).toEqual(
      findings.map(([path, text]) => ({ code, severity, text, path })),
    )
  })
}

function ofOne(id: string, name = id): string {
  return `A round robin of one skips ${name} while away: write { agent: "${id}" } to route to them always, or add members.`
}
