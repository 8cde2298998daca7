import { describe, expect, test } from 'vitest'
import { checkCondition } from '../../../src/domain/questions/check-condition.js'
import type { Condition } from '../../../src/domain/words.js'
import { CLOSED, OPEN, people, workspaceOf } from '../workspace-builder.js'

const at = (time: string) => `2026-11-23T${time}:00.000-05:00`
const AWAY_UNTIL_TWO = { id: '2', status: 'away', until: at('14:00') }
const TEAMS = [
  { id: 'sales', name: 'Sales', members: ['1'] },
  { id: 'night', name: 'Night', members: ['2', '3'] },
]
const MORNINGS = { shifts: [{ id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['2'] }] }

interface Case {
  readonly title: string
  readonly parts?: object
  readonly asked: Condition
  readonly team?: string
  readonly when?: number
  readonly holds: boolean
  readonly until: string | null
}

const CASES: readonly Case[] = [
  { title: 'R8: online until the hours close', asked: 'online', holds: true, until: at('17:00') },
  { title: 'R8: not offline for as long', asked: 'offline', holds: false, until: at('17:00') },
  { title: 'R8: for good by hand', parts: { widget: { mode: 'online' } }, asked: 'online', holds: true, until: null },
  {
    title: 'R8: until an override ends',
    parts: { widget: { override: { mode: 'offline', until: at('12:30') } } },
    asked: 'online',
    holds: false,
    until: at('12:30'),
  },
  {
    title: 'R9: until the first one is back, with auto-offline',
    parts: { widget: { autoOffline: true }, agents: [AWAY_UNTIL_TWO] },
    asked: 'online',
    holds: false,
    until: at('14:00'),
  },
  {
    title: 'open by the hours alone',
    parts: { widget: { mode: 'offline' } },
    asked: 'open',
    holds: true,
    until: at('17:00'),
  },
  { title: 'open on another day', asked: 'open', when: CLOSED, holds: false, until: '2026-11-24T09:00:00.000-05:00' },
  {
    title: 'R15: staffed until the only one goes',
    parts: { agents: [{ id: '1', status: 'available', until: at('13:00') }] },
    asked: 'staffed',
    holds: true,
    until: at('13:00'),
  },
  {
    title: 'R15: unstaffed until one is back',
    parts: { agents: [AWAY_UNTIL_TWO] },
    asked: 'unstaffed',
    holds: true,
    until: at('14:00'),
  },
  {
    title: 'R9: a bot staffs nothing',
    parts: { agents: people('1 bot') },
    asked: 'staffed',
    holds: false,
    until: null,
  },
  {
    title: 'R35: staffed until the shift ends, where one follows the duty',
    parts: { agents: [{ id: '2', status: 'automatic' }], duty: MORNINGS },
    asked: 'staffed',
    holds: true,
    until: at('13:00'),
  },
  {
    title: 'R35: unstaffed until the next shift begins',
    parts: { agents: [{ id: '2', status: 'automatic' }], duty: MORNINGS },
    asked: 'unstaffed',
    when: CLOSED,
    holds: true,
    until: '2026-11-24T09:00:00.000-05:00',
  },
  {
    title: 'R20: a team of its own members',
    parts: { agents: [...people('1', '3 away'), AWAY_UNTIL_TWO], teams: TEAMS },
    asked: 'staffed',
    team: 'night',
    holds: false,
    until: at('14:00'),
  },
  {
    title: 'R20: not by those of another team',
    parts: { agents: people('1', '2 away', '3 bot'), teams: TEAMS },
    asked: 'unstaffed',
    team: 'night',
    holds: true,
    until: null,
  },
  {
    title: 'R35: a team whose people follow the duty, past what changes nothing for it',
    parts: {
      agents: [
        { id: '1', status: 'available', until: at('12:30') },
        { id: '2', status: 'automatic' },
        ...people('3 away'),
      ],
      teams: TEAMS,
      duty: MORNINGS,
    },
    asked: 'staffed',
    team: 'night',
    holds: true,
    until: at('13:00'),
  },
  {
    title: 'R35: a rota that nobody follows is not followed for ever',
    parts: { agents: people('1', '2 away', '3 away'), teams: TEAMS, duty: MORNINGS },
    asked: 'staffed',
    team: 'night',
    holds: false,
    until: null,
  },
  {
    title: 'R35: a rota that never ends, and decides nothing for the team, is not followed for ever',
    parts: { agents: [...people('1', '3 away'), { id: '2', status: 'automatic' }], teams: TEAMS, duty: MORNINGS },
    asked: 'staffed',
    team: 'sales',
    holds: true,
    until: null,
  },
]

describe('a condition, and until when time leaves it as it is', () => {
  test.each(CASES)('$title', ({ parts = {}, asked, team, when = OPEN, holds, until }) => {
    const answer = checkCondition(asked, workspaceOf(parts), when, team)
    expect(answer).toMatchObject({ condition: asked, holds, until, ...(team !== undefined && { team }) })
  })

  test.each([
    {
      title: 'a team that there is not',
      asked: 'staffed',
      team: 'nihgt',
      message: '"nihgt" is not a team',
      hint: 'night',
    },
    {
      title: 'a team without hours, asked whether it is open',
      asked: 'open',
      team: 'night',
      message: 'has no hours of its own',
      hint: 'ask whether it is online',
    },
  ] as const)('refuses $title', ({ asked, team, message, hint }) => {
    const workspace = workspaceOf({ agents: people('1', '2', '3'), teams: TEAMS })
    expect(() => checkCondition(asked, workspace, OPEN, team)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      }),
    )
  })
})
