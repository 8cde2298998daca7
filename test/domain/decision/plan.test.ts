import { describe, expect, test } from 'vitest'
import { planRequirements } from '../../../src/domain/decision/plan.js'
import { lint } from '../../../src/domain/questions/lint/lint.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { CLOSED, documentOf, OPEN, people, workspaceOf } from '../workspace-builder.js'

const AGENTS = people('1', '2')
const TEAM = { teams: [{ id: 'sales', members: ['1', '2'] }] }

const features: readonly { setting: string; needs: 'pro' | 'premium' | null; parts: object; paths?: string[] }[] = [
  { setting: 'nothing beyond the essentials', needs: null, parts: {} },
  { setting: 'a hidden widget', needs: null, parts: { widget: { display: 'hidden' } } },
  {
    setting: 'manual modes, overrides and auto-offline',
    needs: null,
    parts: { widget: { mode: 'online', autoOffline: true, override: { mode: 'offline' } } },
  },
  { setting: 'greetings', needs: null, parts: { greeting: { online: 'Hello', offline: 'Bye' } } },
  {
    setting: 'welcome playbooks',
    needs: null,
    parts: { playbooks: [{ id: 'w', type: 'welcome', when: 'online', enabled: true }] },
  },
  { setting: 'a default rule to one agent', needs: null, parts: { routing: { default: { to: { agent: '1' } } } } },
  {
    setting: 'a default rule to the account owner',
    needs: null,
    parts: { routing: { default: { to: 'account-owner' } } },
  },
  {
    setting: 'showing the widget by mode',
    needs: 'pro',
    parts: { widget: { display: 'online-only' } },
    paths: ['widget.display'],
  },
  {
    setting: 'round robin',
    needs: 'pro',
    parts: { routing: { default: { to: { 'round-robin': ['1', '2'] } } } },
    paths: ['routing.default.to'],
  },
  {
    setting: 'round robin',
    needs: 'pro',
    parts: { playbooks: [{ id: 'w', type: 'welcome', goal: { route: { to: { 'round-robin': ['1', '2'] } } } }] },
    paths: ['playbooks[0].goal.route.to'],
  },
  {
    setting: 'routing rule "a"',
    needs: 'pro',
    parts: { routing: { rules: [{ id: 'a', to: { agent: '1' } }] } },
    paths: ['routing.rules[0]'],
  },
  { setting: 'playbook "b"', needs: 'pro', parts: { playbooks: [{ id: 'b', type: 'bot' }] }, paths: ['playbooks[0]'] },
  { setting: 'playbook "b"', needs: 'pro', parts: { playbooks: [{ id: 'b' }] }, paths: ['playbooks[0]'] },
  { setting: 'team "sales"', needs: 'premium', parts: TEAM, paths: ['teams[0]'] },
  { setting: 'the chat limit', needs: 'premium', parts: { chatLimit: 5 }, paths: ['chatLimit'] },
  {
    setting: 'the chat limit of agent 1',
    needs: 'premium',
    parts: { agents: [{ id: '1', chatLimit: 5 }] },
    paths: ['agents[0].chatLimit'],
  },
]

const PLANS = ['free', 'pro', 'premium', 'enterprise'] as const

const planCases = features.flatMap(({ setting, needs, parts, paths = [] }) =>
  PLANS.map((plan) => {
    const isIncluded = needs === null || PLANS.indexOf(plan) >= PLANS.indexOf(needs)
    const expected = isIncluded ? [] : paths.map((path) => ({ path, setting, needs }))
    return {
      plan,
      setting,
      at: paths.map((path) => ` at ${path}`).join(''),
      verb: isIncluded ? 'includes' : 'does not include',
      parts,
      expected,
    }
  }),
)

describe('R13: plans', () => {
  for (const { verb, setting, at, plan, parts, expected } of planCases) {
    test(`R13: ${plan} ${verb} ${setting}${at}`, () => {
      expect(planRequirements(documentOf({ agents: AGENTS, plan, ...parts }))).toEqual(expected)
    })
  }

  test('R13: on free a widget shown by mode stays visible while offline', () => {
    const visible = PLANS.map(
      (plan) => simulate(documentOf({ plan, widget: { display: 'online-only' } }), { at: CLOSED }).widget.visible,
    )
    expect(visible).toEqual([true, false, false, false])
  })

  test('R13: on free a hidden widget stays hidden', () => {
    expect(simulate(documentOf({ plan: 'free', widget: { display: 'hidden' } }), { at: OPEN }).widget.visible).toBe(
      false,
    )
  })

  test('R13: on free the welcome message still follows the mode', () => {
    const playbooks = ['online', 'offline'].map((when) => ({ id: when, type: 'welcome', when, enabled: true }))
    const fired = [OPEN, CLOSED].map(
      (at) => simulate(documentOf({ plan: 'free', playbooks }), { at }).visitor.proactive,
    )
    expect(fired.map((playbook) => playbook?.playbook)).toEqual(['online', 'offline'])
  })
})

describe('R14: what the plan does not allow', () => {
  const parts = {
    plan: 'free',
    ...TEAM,
    agents: AGENTS,
    widget: { display: 'online-only' },
    routing: { rules: [{ id: 'a', to: { agent: '1' } }] },
  }
  const texts = [
    'The plan "free" does not include showing the widget by mode: it needs "pro".',
    'The plan "free" does not include routing rule "a": it needs "pro".',
    'The plan "free" does not include team "sales": it needs "premium".',
  ]

  test('R14: every setting is named at once, with the plan it needs', () => {
    const findings = lint(workspaceOf(parts), OPEN).filter(({ code }) => code === 'plan-required')
    expect(findings.map(({ text }) => text)).toEqual(texts)
    expect(findings.map(({ severity }) => severity)).toEqual(['error', 'error', 'error'])
  })

  test('R14: a simulation warns of each', () => {
    const { warnings } = simulate(documentOf(parts), { at: OPEN })
    expect(warnings.map(({ text }) => text)).toEqual(texts)
  })
})
