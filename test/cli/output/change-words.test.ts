import { describe, expect, test } from 'vitest'
import { changesInWords, dateWords } from '../../../src/cli/output/change-words/change-words.js'
import { diff } from '../../../src/service/revisions/diff.js'

const PEOPLE: Readonly<Record<string, string>> = { '1': 'Sam Reed', '2': 'Ana Flores', '3': 'Kofi Mensah' }
const names = {
  agent: (id: string) => PEOPLE[id] ?? id,
  time: (iso: string) => `Fri ${iso.slice(11, 16)}`,
  year: 2026,
}

interface Case {
  readonly title: string
  readonly path?: string
  readonly before?: unknown
  readonly after?: unknown
  readonly words: readonly string[]
}

const AT = '2026-11-27T17:30:00Z'
const LATER = '2026-11-27T18:00:00Z'
const vip = { id: 'vip', when: { plan: 'gold' }, to: { agent: '1' } }
const enterprise = { id: 'enterprise', when: { 'company.size': { gte: 500 } }, to: { team: 'sales' } }
const germany = { id: 'germany', when: { country: { in: ['DE', 'AT'] } }, to: { 'round-robin': ['2', '3'] } }

const cover = (agent: string, day: number) => ({
  shift: 'front',
  from: `2026-12-0${day} 09:00`,
  to: `2026-12-0${day} 13:00`,
  agent,
  instead: '1',
})

const CASES: readonly Case[] = [
  {
    title: 'a cover that is given to another',
    path: 'duty',
    before: { covers: [cover('2', 1)] },
    after: { covers: [{ ...cover('3', 1), note: 'dentist' }] },
    words: [
      'Cover of Sam Reed in front, 2026-12-01 09:00 to 2026-12-01 13:00: Ana Flores → Kofi Mensah',
      'Cover of Sam Reed in front, 2026-12-01 09:00 to 2026-12-01 13:00: note dentist',
    ],
  },
  {
    title: 'covers of a list that has two of one place and time',
    path: 'duty',
    before: { covers: [cover('2', 1), cover('3', 1)] },
    after: { covers: [cover('3', 1), cover('3', 2)] },
    words: [
      'Kofi Mensah for Sam Reed in front, 2026-12-02 09:00 to 2026-12-02 13:00',
      'No longer Ana Flores for Sam Reed in front, 2026-12-01 09:00 to 2026-12-01 13:00',
    ],
  },
  {
    title: 'leaving with an end and a reason',
    path: 'agents[2]',
    before: { id: '2', status: 'available' },
    after: { id: '2', status: 'away', until: AT, note: 'lunch' },
    words: ['Ana Flores: available → away until Fri 17:30, lunch'],
  },
  {
    title: 'coming back',
    path: 'agents[2]',
    before: { id: '2', status: 'away', until: AT, note: 'lunch' },
    after: { id: '2', status: 'available' },
    words: ['Ana Flores: away → available'],
  },
  {
    title: 'another end',
    path: 'agents[2]',
    before: { id: '2', status: 'away', until: AT },
    after: { id: '2', status: 'away', until: LATER },
    words: ['Ana Flores: until Fri 18:00'],
  },
  {
    title: 'another note alone',
    path: 'agents[2]',
    before: { id: '2', status: 'away', note: 'lunch' },
    after: { id: '2', status: 'away' },
    words: ['Ana Flores: without its note'],
  },
  {
    title: 'what holds afterwards',
    path: 'agents[2]',
    before: { id: '2', status: 'available' },
    after: { id: '2', status: 'away', until: AT, afterwards: [{ status: 'available', until: LATER }] },
    words: ['Ana Flores: available → away until Fri 17:30, then available until Fri 18:00'],
  },
  {
    title: 'settings of an agent',
    path: 'agents[2]',
    before: { id: '2', role: 'agent', email: 'ana@acme.example' },
    after: { id: '2', role: 'admin', chatLimit: 5 },
    words: ['Ana Flores: role agent → admin; email ana@acme.example → not set; chats at once 5'],
  },
  {
    title: 'a new agent',
    path: 'agents[7]',
    after: { id: '7', name: 'Lea Braun', role: 'agent', status: 'away' },
    words: ['Lea Braun added: agent, away'],
  },
  {
    title: 'an agent who is removed',
    path: 'agents[7]',
    before: { id: '7', name: 'Lea Braun', role: 'agent' },
    words: ['Lea Braun removed'],
  },
  {
    title: 'R8: a mode by hand',
    path: 'widget',
    before: { mode: 'automatic' },
    after: { mode: 'automatic', override: { mode: 'offline', until: AT } },
    words: ['Widget offline until Fri 17:30, by hand'],
  },
  {
    title: 'R8: its end',
    path: 'widget',
    before: { mode: 'automatic', override: { mode: 'offline', until: AT } },
    after: { mode: 'automatic' },
    words: ['Widget no longer offline until Fri 17:30 by hand'],
  },
  {
    title: 'R8: another mode by hand',
    path: 'widget',
    before: { override: { mode: 'offline', until: AT } },
    after: { override: { mode: 'online' } },
    words: ['Widget by hand: offline → online without an end'],
  },
  {
    title: 'switches of the widget',
    path: 'widget',
    before: { mode: 'automatic', display: 'always', autoOffline: false },
    after: { mode: 'online', display: 'hidden', autoOffline: true },
    words: ['Widget mode: automatic → online', 'Widget display: always → hidden', 'Auto-offline: off → on'],
  },
  {
    title: 'a day of the week',
    path: 'hours',
    before: { weekly: { sat: 'closed', mon: '09:00-17:00' } },
    after: { weekly: { sat: '10:00-14:00', mon: ['09:00-12:00', '13:00-17:00'] } },
    words: ['Sat: closed → 10:00-14:00', 'Mon: 09:00-17:00 → 09:00-12:00, 13:00-17:00'],
  },
  {
    title: 'a holiday',
    path: 'hours',
    before: { exceptions: [] },
    after: { exceptions: [{ from: '2026-12-25', to: '2026-12-26', name: 'Christmas', hours: 'closed' }] },
    words: ['Christmas, 25-26 Dec: closed'],
  },
  {
    title: 'a holiday that is taken away',
    path: 'hours',
    before: { exceptions: [{ date: '2026-12-25', hours: 'closed' }] },
    after: { exceptions: [] },
    words: ['25 Dec: closed, removed'],
  },
  {
    title: 'other hours of a holiday',
    path: 'hours',
    before: { exceptions: [{ yearly: '12-24', name: 'Christmas Eve', hours: 'closed' }] },
    after: { exceptions: [{ yearly: '12-24', name: 'Half day', hours: '09:00-12:00' }] },
    words: ['every 24 Dec: called Christmas Eve → called Half day', 'every 24 Dec: closed → 09:00-12:00'],
  },
  {
    title: 'a rule in its place',
    path: 'routing',
    before: { rules: [enterprise, germany] },
    after: { rules: [vip, enterprise, germany] },
    words: ['Rule vip added before enterprise: plan is gold → Sam Reed'],
  },
  {
    title: 'a rule at the end',
    path: 'routing',
    before: { rules: [vip] },
    after: { rules: [vip, germany] },
    words: ['Rule germany added: country is DE or AT → Ana Flores, Kofi Mensah in turn'],
  },
  {
    title: 'a rule that is moved',
    path: 'routing',
    before: { rules: [vip, enterprise, germany] },
    after: { rules: [enterprise, germany, vip] },
    words: ['Rule vip moved to the end'],
  },
  {
    title: 'rules in quite another order',
    path: 'routing',
    before: { rules: [vip, enterprise, germany] },
    after: { rules: [germany, enterprise, vip] },
    words: ['Rules in the order germany, enterprise, vip'],
  },
  {
    title: 'a condition and a target of a rule',
    path: 'routing',
    before: { rules: [vip] },
    after: { rules: [{ ...vip, when: { plan: 'silver', country: 'DE' }, to: 'account-owner' }] },
    words: ['Rule vip: plan is gold → plan is silver; now asks country is DE; Sam Reed → the account owner'],
  },
  {
    title: 'a rule that is removed',
    path: 'routing',
    before: { rules: [vip, germany] },
    after: { rules: [germany] },
    words: ['Rule vip removed'],
  },
  {
    title: 'whom everyone else gets',
    path: 'routing',
    before: { rules: [] },
    after: { rules: [], default: { to: { team: 'sales', strategy: 'random' } } },
    words: ['Everyone else: → team sales (random)'],
  },
  {
    title: 'another strategy of a target',
    path: 'routing',
    before: { rules: [{ id: 'germany', to: { team: 'sales' } }], default: { to: { agent: '1' } } },
    after: {
      rules: [{ id: 'germany', to: { team: 'sales', strategy: 'random' } }],
      default: { to: { team: 'sales' } },
    },
    words: ['Rule germany: → the same, random', 'Everyone else: Sam Reed → team sales'],
  },
  {
    title: 'another bound of a condition',
    path: 'routing',
    before: { rules: [enterprise] },
    after: { rules: [{ ...enterprise, when: { 'company.size': { gte: 800 } } }] },
    words: ['Rule enterprise: company.size is at least 500 → company.size is at least 800'],
  },
  {
    title: 'members of a team',
    path: 'teams',
    before: [{ id: 'sales', members: ['1', '2'] }],
    after: [{ id: 'sales', members: ['2', '3'] }],
    words: ['Team sales: Kofi Mensah joined, Sam Reed left'],
  },
  {
    title: 'a team',
    path: 'teams',
    before: [],
    after: [{ id: 'night', members: ['1', '2', '3'] }],
    words: ['Team night added: Sam Reed, Ana Flores and Kofi Mensah'],
  },
  {
    title: 'a playbook',
    path: 'playbooks',
    before: [{ id: 'talk', type: 'bot', enabled: true, message: 'Hello' }],
    after: [{ id: 'talk', type: 'bot', enabled: false, message: 'Hi', target: { visitor: { plan: 'gold' } } }],
    words: ['Playbook talk: turned off; text “Hello” → “Hi”; now asks plan is gold'],
  },
  {
    title: 'where a playbook leads, and whom it is for',
    path: 'playbooks',
    before: [{ id: 'talk', goal: { route: { to: 'rules' } }, target: { url: ['/a'], visitor: { plan: 'gold' } } }],
    after: [{ id: 'talk', goal: { route: { to: { agent: '2' } }, calendar: true }, target: { url: ['/b'] } }],
    words: ['Playbook talk: offers a calendar; pages /a → /b; no longer asks plan is gold; the rules → Ana Flores'],
  },
  {
    title: 'a new playbook',
    path: 'playbooks',
    before: [],
    after: [{ id: 'talk', type: 'bot', when: 'online', enabled: true }],
    words: ['Playbook talk added: bot, online, on'],
  },
  {
    title: 'a greeting and a plan',
    before: { plan: 'free', greeting: {} },
    after: { plan: 'pro', greeting: { offline: 'We are back tomorrow' } },
    words: ['Plan: free → pro', 'Greeting while offline: “We are back tomorrow”'],
  },
  {
    title: 'a token',
    path: 'tokens[ci]',
    before: { name: 'CI' },
    after: { name: 'CI', revokedAt: AT },
    words: ['Token ci revoked'],
  },
]

describe('a change in words', () => {
  test.each(CASES)('$title', ({ path = '', before, after, words }) => {
    expect(changesInWords(diff(path, before, after), names)).toEqual(words)
  })

  test.each([
    ['2026-12-25', '25 Dec'],
    ['2027-01-01', '1 Jan 2027'],
    ['2026-12-25..2026-12-26', '25-26 Dec'],
    ['2026-11-30..2026-12-02', '30 Nov-2 Dec'],
    ['2026-12-24..2027-01-02', '24 Dec-2 Jan 2027'],
    ['2027-12-24..2028-01-02', '24 Dec 2027-2 Jan 2028'],
    ['12-25', 'every 25 Dec'],
    ['12-24..01-02', 'every 24 Dec-2 Jan'],
  ])('the dates %s are said as "%s"', (dates, words) => {
    expect(dateWords(dates, 2026)).toBe(words)
  })
})
