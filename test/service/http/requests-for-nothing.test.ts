import { describe, expect, test } from 'vitest'
import { head, openConnection } from './raw-request.js'
import { serveWorkspace } from './served-workspace.js'

const LIMIT = 5
const NOTHING = [
  { what: 'a path that is not there', method: 'GET', path: '/v1/nothing', status: 404 },
  { what: 'a path of Drift that is not there', method: 'GET', path: '/users/x/y', status: 403 },
  { what: 'a path of Drift that is too long', method: 'GET', path: `/users/${'x'.repeat(501)}`, status: 400 },
  { what: 'a method that is not there', method: 'DELETE', path: '/v1/status', status: 405 },
  { what: 'OPTIONS', method: 'OPTIONS', path: '/v1/status', status: 204 },
  { what: 'OPTIONS of what is public', method: 'OPTIONS', path: '/v1/public/x/widget', status: 204 },
  { what: 'HEAD', method: 'HEAD', path: '/healthz', status: 200 },
  { what: 'HEAD without a token', method: 'HEAD', path: '/v1/status', status: 401 },
  { what: 'a path that is badly encoded', method: 'GET', path: '/v1/agents/%E0%A4%A', status: 400 },
  { what: 'a path that is too long', method: 'GET', path: `/v1/agents/${'x'.repeat(501)}`, status: 414 },
  { what: 'no token', method: 'GET', path: '/v1/status', status: 401 },
  { what: 'another workspace', method: 'GET', path: '/v1/public/x/widget', status: 404 },
]

describe('requests for nothing count against the limit of their address', () => {
  test.each(NOTHING)('$what ($method)', async ({ method, path, status }) => {
    const served = await serveWorkspace({ limits: { requestsPerMinute: LIMIT } })
    const token = await served.token({ agent: '2' })
    const statuses = []
    for (let count = 0; count <= LIMIT; count++) statuses.push((await served.ask(method, path)).status)
    expect(statuses).toEqual([...Array.from({ length: LIMIT }, () => status), 429])
    expect((await served.ask('GET', '/healthz')).status).toBe(429)
    expect((await served.ask('GET', '/v1/widget', { token })).status).toBe(200)
    await served.close()
  })

  test.each([
    { what: 'what is no HTTP', text: 'hello\r\n\r\n' },
    { what: 'headers that are too large', text: head('GET /healthz', undefined, { x: 'x'.repeat(20_000) }) },
    { what: 'no host', text: 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n' },
  ])('$what', async ({ text }) => {
    const served = await serveWorkspace({ limits: { requestsPerMinute: LIMIT } })
    const answers = []
    for (let count = 0; count < LIMIT; count++) {
      const raw = openConnection(served.url)
      raw.send(text)
      answers.push((await raw.closed).slice(0, 11))
    }
    expect(new Set(answers)).toEqual(new Set([expect.stringMatching(/^HTTP\/1.1 4/)]))
    expect((await served.ask('GET', '/healthz')).status).toBe(429)
    await served.close()
  })
})
