import { expect, test } from 'vitest'
import type { SimulateRequest } from '../../../../src/domain/questions/simulate.js'
import { people } from '../../workspace-builder.js'
import { type Routing, routingOf } from './routing-of.js'

interface Case {
  readonly title: string
  readonly parts: object
  readonly request: Partial<SimulateRequest>
  readonly expected: Partial<Routing>
}

const owner = (name: string | number): Partial<SimulateRequest> => ({
  route: 'account-owner',
  visitor: { attributes: { 'account.owner': name } },
})

const onePerson: readonly Case[] = [
  {
    title: 'R18: one person is routed while available',
    parts: { agents: people('1', '2') },
    request: { route: 'agent:2' },
    expected: { assignee: '2', calendar: '2', candidates: ['2 routed'] },
  },
  {
    title: 'R18: one person is routed while away, and the calendar drops',
    parts: { agents: people('1', '2 away') },
    request: { route: 'agent:2' },
    expected: { assignee: '2', calendar: '2', candidates: ['2 routed'] },
  },
  {
    title: 'R18: one person is routed above the chat limit',
    parts: { agents: [{ id: '1', chatLimit: 2, openChats: 9 }], chatLimit: 1 },
    request: { route: 'agent:1' },
    expected: { assignee: '1', calendar: '1', candidates: ['1 routed'] },
  },
  {
    title: 'R18: one person is routed while the widget is offline',
    parts: { agents: people('1 away') },
    request: { route: 'agent:1', assumptions: { mode: 'offline' } },
    expected: { assignee: '1', calendar: '1' },
  },
  {
    title: 'R18: a disabled agent is not routed',
    parts: { agents: people('1 disabled', '2') },
    request: { route: 'agent:1' },
    expected: { assignee: null, calendar: null, candidates: ['1 disabled'] },
  },
  {
    title: 'R18: a bot is not routed',
    parts: { agents: people('1 bot', '2') },
    request: { route: 'agent:1' },
    expected: { assignee: null, calendar: null, candidates: ['1 not-a-member'] },
  },
  {
    title: 'R19: the account owner is routed',
    parts: { agents: people('1', '2') },
    request: owner('2'),
    expected: { assignee: '2', calendar: '2', candidates: ['2 routed'] },
  },
  {
    title: 'R19: the account owner is routed while away and above the limit',
    parts: { agents: [{ id: '2', status: 'away', openChats: 3, chatLimit: 1 }] },
    request: owner('2'),
    expected: { assignee: '2', calendar: '2', candidates: ['2 routed'] },
  },
  {
    title: 'R19: the account owner is named by email',
    parts: { agents: [...people('1'), { id: '2', email: 'ana@acme.example' }] },
    request: owner('ana@acme.example'),
    expected: { assignee: '2', calendar: '2' },
  },
  {
    title: 'R19: the account owner is named by a number',
    parts: { agents: people('1', '2') },
    request: owner(2),
    expected: { assignee: '2' },
  },
  {
    title: 'R19: without an owner nobody is routed',
    parts: { agents: people('1') },
    request: { route: 'account-owner' },
    expected: { assignee: null, calendar: null, candidates: [] },
  },
  {
    title: 'R19: an empty owner is no owner',
    parts: { agents: people('1') },
    request: owner(''),
    expected: { assignee: null, calendar: null, candidates: [] },
  },
  {
    title: 'R19: an owner who is no agent is not routed',
    parts: { agents: people('1') },
    request: owner('7'),
    expected: { assignee: null, calendar: null, candidates: ['7 not-a-member'] },
  },
  {
    title: 'R19: a disabled owner is not routed',
    parts: { agents: people('1 disabled') },
    request: owner('1'),
    expected: { assignee: null, calendar: null, candidates: ['1 disabled'] },
  },
]

const SALES = [{ id: 'sales', members: ['1', '2', '3'] }]

const groups: readonly Case[] = ['team:sales', 'round-robin:1,2,3'].flatMap((route) => [
  {
    title: `R20: an away member of ${route} is never added and their calendar is not dropped`,
    parts: { teams: SALES, agents: people('1 away', '2', '3') },
    request: { route },
    expected: { assignee: '2', calendar: '2', candidates: ['1 away', '2 routed', '3 next'] },
  },
  {
    title: `R20: all of ${route} away: nobody, no calendar`,
    parts: { teams: SALES, agents: people('1 away', '2 away', '3 away', '4') },
    request: { route },
    expected: { assignee: null, calendar: null, candidates: ['1 away', '2 away', '3 away'] },
  },
  {
    title: `R20: a member of ${route} at the limit is not added, one below it is`,
    parts: {
      teams: SALES,
      agents: [
        { id: '1', openChats: 2 },
        { id: '2', openChats: 3 },
        { id: '3', openChats: 1 },
      ],
      chatLimit: 2,
    },
    request: { route },
    expected: { assignee: '3', calendar: '3', candidates: ['1 at-limit', '2 at-limit', '3 routed'] },
  },
  {
    title: `R20: in ${route} a member's own limit outranks the workspace's`,
    parts: {
      teams: SALES,
      agents: [
        { id: '1', openChats: 2, chatLimit: 2 },
        { id: '2', openChats: 9, chatLimit: 10 },
        { id: '3', chatLimit: 0 },
      ],
      chatLimit: 5,
    },
    request: { route },
    expected: { assignee: '2', candidates: ['1 at-limit', '2 routed', '3 at-limit'] },
  },
  {
    title: `R20: without a chat limit a member of ${route} takes any number`,
    parts: { teams: SALES, agents: [{ id: '1', openChats: 1000 }, ...people('2', '3')] },
    request: { route },
    expected: { assignee: '1' },
  },
  {
    title: `R20: the mode does not gate ${route}`,
    parts: { teams: SALES, agents: people('1', '2', '3') },
    request: { route, assumptions: { mode: 'offline' } },
    expected: { assignee: '1', calendar: '1' },
  },
])

const ofOne: readonly Case[] = [
  {
    title: 'R20: a round robin of one is a group: its member is skipped while away',
    parts: { agents: people('1 away') },
    request: { route: 'round-robin:1' },
    expected: { assignee: null, calendar: null, candidates: ['1 away'] },
  },
  {
    title: 'R20: a round robin of one is skipped at the limit',
    parts: { agents: [{ id: '1', openChats: 1, chatLimit: 1 }] },
    request: { route: 'round-robin:1' },
    expected: { assignee: null, calendar: null, candidates: ['1 at-limit'] },
  },
  {
    title: 'R20: a round robin of one gets every turn while available',
    parts: { agents: people('1', '2') },
    request: { route: 'round-robin:1', after: '1' },
    expected: { assignee: '1', calendar: '1', candidates: ['1 routed'] },
  },
  {
    title: 'R20: a member listed by id and by email is one member',
    parts: { agents: [{ id: '1', email: 'sam@acme.example' }, ...people('2')] },
    request: { route: 'round-robin:1,sam@acme.example,2' },
    expected: { assignee: '1', candidates: ['1 routed', '2 next'] },
  },
]

for (const { title, parts, request, expected } of [...onePerson, ...groups, ...ofOne]) {
  test(title, () => {
    expect(routingOf(parts, request)).toMatchObject(expected)
  })
}
