import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, asking, type ServiceProcess, startService } from './services.js'
import { newPlace } from './shared-server.js'

describe('serve --workspaces', () => {
  let service: ServiceProcess & { readonly workspaces: NonNullable<ServiceProcess['workspaces']> }
  let one: Ask
  let other: Ask
  const names = [newPlace().workspace, newPlace().workspace]
  beforeAll(async () => {
    service = (await startService(newPlace(), ['--workspaces', names.join(',')])) as typeof service
    const [first, second] = service.workspaces
    one = asking(first!, first!.adminToken)
    other = asking(second!, second!.adminToken)
  })
  afterAll(() => service?.kill('SIGTERM'))

  test('serves each under its name, with what was written in it alone', async () => {
    expect(service.workspaces.map(({ url }) => url.split('/').at(-1))).toEqual(names)
    await one('PUT', '/v1/agents/2/status', { status: 'away', note: 'only here' })
    expect((await one('GET', '/v1/agents/2')).body.value.note).toBe('only here')
    expect((await other('GET', '/v1/agents/2')).body.value.note).not.toBe('only here')
  })

  test('a token works for its own workspace alone, and for none at the root', async () => {
    const [first, second] = service.workspaces
    expect((await asking(second!, first!.adminToken)('GET', '/v1/status')).status).toBe(401)
    expect((await asking(service, first!.adminToken)('GET', '/v1/status')).status).toBe(404)
  })

  test('a token of one is told nothing that was counted of the others', async () => {
    expect((await one('GET', '/metrics')).status).toBe(404)
  })

  test('is healthy at the root, and tells nobody which workspaces there are', async () => {
    const [health, ready] = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(`${service.url}${path}`)))
    expect([health!.status, ready!.status]).toEqual([200, 200])
    for (const path of ['/', '/v1/status', `/${names[0]!.slice(0, -1)}/v1/status`, '/x/v1/status']) {
      const answer = await fetch(`${service.url}${path}`)
      const text = await answer.text()
      expect({ path, status: answer.status }).toEqual({ path, status: 404 })
      for (const name of names) expect(text).not.toContain(name)
    }
  })
})
