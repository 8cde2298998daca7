import { describe, expect, test } from 'vitest'
import { serveWorkspace } from './served-workspace.js'

const AGENTS = 5000
const agents = Array.from({ length: AGENTS }, (_, index) => ({
  id: String(index + 1),
  email: `${index + 1}@acme.example`,
  role: index === 0 ? 'admin' : 'agent',
  status: index % 2 === 0 ? 'available' : 'away',
}))

describe(`a question about ${AGENTS} agents holds up nobody`, async () => {
  const { ask, token } = await serveWorkspace({ parts: { agents } })
  const secret = await token({ name: 'reader', role: 'admin' })

  test.each([
    { title: 'the workspace', method: 'GET', path: '/v1/workspace' },
    { title: 'lint', method: 'GET', path: '/v1/lint' },
    { title: 'a simulation', method: 'POST', path: '/v1/simulate', body: {} },
    {
      title: 'a timeline',
      method: 'POST',
      path: '/v1/simulate/timeline',
      body: { from: '2026-11-23T00:00:00Z', to: '2026-11-30T00:00:00Z' },
    },
    { title: 'the list of users', method: 'GET', path: '/users/list' },
  ])('$title', async ({ method, path, body }) => {
    // Written since: nothing that was kept answers.
    await ask('PUT', '/v1/agents/2/status', { token: secret, body: { status: 'away', note: path } })
    let isAnswered = false
    const long = ask(method, path, { token: secret, body }).then((answer) => {
      isAnswered = true
      return answer
    })
    for (let index = 0; index < 3; index++) {
      expect((await ask('GET', '/healthz')).status).toBe(200)
      expect(isAnswered).toBe(false)
    }
    expect((await long).status).toBe(200)
  })
})
