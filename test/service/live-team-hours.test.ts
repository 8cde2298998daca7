import { expect, test } from 'vitest'
import { createClient } from '../../src/api/client.js'
import type { Scope } from '../../src/api/contract/operation.js'
import { inProcessTransport } from '../../src/service/embedded/in-process-transport.js'
import { createService } from '../../src/service/service.js'
import { checkedTransport } from '../api/checked-transport.js'
import { OPEN } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const HOURS = { weekly: { mon: '08:00-11:00' }, exceptions: [] }
const PARTS = {
  hours: { weekly: { mon: '09:00-17:00' } },
  agents: [{ id: '1' }],
  teams: [
    { id: 'sales', members: ['1'], availability: 'custom-hours', hours: HOURS },
    { id: 'support', members: ['1'] },
  ],
}

test('R37: hours of a team are read and written as those of the workspace are', async () => {
  const { owner } = await liveWorkspace(PARTS)
  expect(await owner.getHours({ team: 'sales' })).toEqual({
    team: 'sales',
    availability: 'custom-hours',
    value: HOURS,
    revision: 1,
  })
  expect(await owner.getHours({ team: 'support' })).toMatchObject({
    availability: 'always-online',
    value: { weekly: {}, exceptions: [] },
  })
  const hours = { weekly: { tue: '10:00-12:00' }, exceptions: [] }
  const { changes } = await owner.putHours({ hours, team: 'support' }, { ifMatch: 1 })
  expect(changes).toEqual([{ path: 'teams[support].hours', after: hours }])
  expect((await owner.getHours({})).value.weekly).toEqual({ mon: '09:00-17:00' })
  // What was read at the revision before is another state of the teams.
  await expect(owner.putHours({ hours, team: 'sales' }, { ifMatch: 1 })).rejects.toMatchObject({ code: 'conflict' })
  await expect(owner.putHours({ hours }, { ifMatch: 1 })).resolves.toMatchObject({ changed: true })
})

test('R37: hours without anything in them are none', async () => {
  const { owner } = await liveWorkspace(PARTS)
  await owner.putHours({ hours: { weekly: {}, exceptions: [] }, team: 'sales' })
  expect((await owner.getTeams({})).value[0]).not.toHaveProperty('hours')
  await owner.putException({ date: '2026-12-24', hours: 'closed', team: 'sales' })
  await owner.deleteException({ date: '2026-12-24', team: 'sales' })
  expect((await owner.getTeams({})).value[0]).not.toHaveProperty('hours')
})

test('R16, R37: the scope for hours is enough for those of a team, and for nothing else of it', async () => {
  const { owner, store } = await liveWorkspace(PARTS)
  const service = createService({ store, now: () => OPEN })
  const withScopes = (...scopes: Scope[]) =>
    createClient(
      checkedTransport(inProcessTransport(service, { name: 'robot', agent: undefined, scopes: new Set(scopes) })),
    )
  const robot = withScopes('read', 'hours')
  await robot.putHours({ hours: HOURS, team: 'support' })
  await robot.putException({ date: '2026-12-24', hours: 'closed', team: 'support' })
  await robot.deleteException({ date: '2026-12-24', team: 'support' })
  const { value: teams } = await owner.getTeams({})
  await expect(robot.putTeams({ teams })).rejects.toMatchObject({ code: 'not-allowed' })
  for (const scope of ['read', 'routing'] as const) {
    await expect(withScopes(scope).putHours({ hours: HOURS, team: 'sales' })).rejects.toMatchObject({
      code: 'not-allowed',
    })
  }
})

test('R37: a team that is not there is told with the nearest', async () => {
  const { owner } = await liveWorkspace(PARTS)
  for (const call of [
    owner.getHours({ team: 'salse' }),
    owner.putHours({ hours: HOURS, team: 'salse' }),
    owner.putException({ date: '2026-12-24', hours: 'closed', team: 'salse' }),
    owner.deleteException({ date: '2026-12-24', team: 'salse' }),
  ]) {
    await expect(call).rejects.toMatchObject({ code: 'not-found', hint: 'did you mean "sales"?' })
  }
})
