import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../src/domain/time/calendar-date.js'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const AHEAD = new Date(OPEN + DAY_MS).toISOString()
const CROWD = Array.from({ length: 50 }, (_, index) => `${index + 1}${index % 2 === 0 ? ' away' : ''}`)

describe('R35: a live workspace says the basis of what it says of the future', () => {
  test('R35: everyone counts, also those whom a decision does not need', async () => {
    const { owner } = await liveWorkspace({ agents: people(...CROWD, '51 bot', '52 disabled') })
    const basis = { onDuty: 0, assumed: 50 }
    expect((await owner.getStatus({})).basis).toEqual(basis)
    expect((await owner.simulate({ at: AHEAD })).basis).toEqual(basis)
    expect((await owner.simulate({})).basis).toBeUndefined()
    expect((await owner.simulateTimeline({ from: new Date(OPEN).toISOString(), to: AHEAD })).basis).toEqual(basis)
    expect(await owner.getBasis({})).toMatchObject({ ...basis, people: { length: 50 } })
    const preview = await owner.putWidget({ mode: 'offline' }, { dryRun: true })
    expect(preview.basis).toEqual(basis)
  })

  test('R35: those whom the duty names follow it, unless they have a status of their own', async () => {
    const shift = { id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['1', '2', '3'] }
    const agents = [{ id: '1' }, { id: '2' }, ...people(...CROWD.slice(2))]
    const { owner } = await liveWorkspace({ agents, duty: { shifts: [shift] } })
    const basis = { onDuty: 2, assumed: 48 }
    expect((await owner.getStatus({})).basis).toEqual(basis)
    expect((await owner.simulate({ at: AHEAD })).basis).toEqual(basis)
    expect(await owner.getBasis({})).toMatchObject(basis)
    const away = await owner.putStatus({ id: '1', status: 'away' }, { dryRun: true })
    expect(away.basis).toEqual({ onDuty: 1, assumed: 49 })
  })

  test('R35: a preview counts those who are there after it; a write says nothing of the future', async () => {
    const { owner } = await liveWorkspace({ agents: people('1', '2') })
    expect((await owner.addAgent({ agent: { id: '3' } }, { dryRun: true })).basis).toEqual({ onDuty: 0, assumed: 3 })
    expect((await owner.addAgent({ agent: { id: '3' } })).basis).toBeUndefined()
  })
})
