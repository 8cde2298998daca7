import { describe, expect, test } from 'vitest'
import { written } from '../../../src/cli/output/line.js'
import { modeLine } from '../../../src/cli/output/mode-line.js'
import { plainStyle } from '../../../src/cli/output/style.js'
import { simulate } from '../../../src/domain/questions/simulate.js'
import { CLOSED, documentOf, OPEN, people, ZONE } from '../../domain/workspace-builder.js'

const WIDGET = { autoOffline: true }
const NOBODY = people('1 away', '2 away')
const DUTY = { shifts: [{ id: 'late', days: 'mon-fri', hours: '10:00-17:00', agents: ['1'] }] }
const back = (at: string) => [{ id: '1', status: 'away', until: `2026-11-${at}:00-05:00` }]

describe('R36: the headline says what will happen', () => {
  test.each<{ title: string; parts: object; at: number; says: string }>([
    { title: 'online, as the hours say', parts: {}, at: OPEN, says: 'ONLINE until Mon 17:00' },
    { title: 'offline, as the hours say', parts: {}, at: CLOSED, says: 'OFFLINE until Tue 09:00' },
    {
      title: 'the hours open, and nobody is there',
      parts: { widget: WIDGET, agents: NOBODY },
      at: CLOSED,
      says: 'OFFLINE: everyone is away. Hours open Tue 09:00; it stays offline until someone is available.',
    },
    {
      title: 'the hours are open, and nobody is there',
      parts: { widget: WIDGET, agents: NOBODY },
      at: OPEN,
      says: 'OFFLINE: everyone is away. Open until Mon 17:00; it stays offline until someone is available.',
    },
    {
      title: 'someone comes back before they close',
      parts: { widget: WIDGET, agents: back('23T14:00') },
      at: OPEN,
      says: 'OFFLINE until Mon 14:00: everyone is away.',
    },
    {
      title: 'someone comes back after they have opened',
      parts: { widget: WIDGET, agents: back('24T11:30') },
      at: CLOSED,
      says: 'OFFLINE: everyone is away. Hours open Tue 09:00; it comes online Tue 11:30, when someone is expected.',
    },
    {
      title: 'someone is on duty after they have opened',
      parts: { widget: WIDGET, agents: [{ id: '1' }], duty: DUTY },
      at: CLOSED,
      says: 'OFFLINE: everyone is away. Hours open Tue 09:00; it comes online Tue 10:00, when someone is expected.',
    },
    {
      title: 'there are no agents',
      parts: { widget: WIDGET, agents: [] },
      at: CLOSED,
      says: 'OFFLINE: there are no agents. Hours open Tue 09:00; it stays offline until someone is available.',
    },
    {
      title: 'who is there now will be away then',
      parts: {
        widget: WIDGET,
        agents: [
          { id: '1', planned: [{ status: 'away', from: '2026-11-24T00:00:00-05:00', until: '2026-12-24T00:00:00Z' }] },
        ],
      },
      at: CLOSED,
      says: 'OFFLINE. Hours open Tue 09:00; it comes online Thu 24 Dec 09:00, when someone is expected.',
    },
    {
      title: 'a mode by hand hides as well',
      parts: { widget: { ...WIDGET, mode: 'online' }, agents: NOBODY },
      at: OPEN,
      says: 'OFFLINE: everyone is away.',
    },
    {
      title: 'with auto-offline off nothing is hidden',
      parts: { agents: NOBODY },
      at: CLOSED,
      says: 'OFFLINE until Tue 09:00',
    },
    { title: 'no change is ahead', parts: { widget: { mode: 'offline' } }, at: OPEN, says: 'OFFLINE, no change ahead' },
  ])('R36: $title', ({ parts, at, says }) => {
    const answer = simulate(documentOf(parts), { at })
    const available = answer.agents.filter(({ status }) => status === 'available').length
    const agents = { available, away: answer.agents.length - available }
    const view = { at: answer.at, timeZone: ZONE, agents }
    expect(written(modeLine(answer.widget, view, plainStyle(200)))).toBe(says)
  })
})
