import { expect, test } from 'vitest'
import { AGENTS, serveWorkspace } from './served-workspace.js'

test('R33: the scope duty alone is enough for covers', async () => {
  const shifts = [{ id: 'front', days: 'mon-fri', hours: '09:00-13:00', agents: ['1'] }]
  const served = await serveWorkspace({ parts: { agents: AGENTS, duty: { shifts, covers: [] } } })
  const token = await served.token({ name: 'planner', scopes: ['read', 'duty'] })
  const cover = { shift: 'front', from: '2026-12-01 09:00', to: '2026-12-01 13:00', agent: '2', instead: '1' }
  const { status } = await served.ask('POST', '/v1/duty/covers', { token, body: { covers: [cover] } })
  expect(status).toBe(200)
  const hours = await served.token({ name: 'hours', scopes: ['hours'] })
  expect((await served.ask('POST', '/v1/duty/covers', { token: hours, body: { covers: [cover] } })).status).toBe(403)
})
