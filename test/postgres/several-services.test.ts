import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ask, asking, patient, type ServiceProcess, startService } from './services.js'
import { newPlace } from './shared-server.js'

describe('two services on one database', () => {
  let services: readonly ServiceProcess[] = []
  let token = ''
  let one: Ask
  let other: Ask
  beforeAll(async () => {
    const place = newPlace()
    const first = await startService(place)
    const second = await startService(place)
    services = [first, second]
    token = first.adminToken!
    ;[one, other] = [asking(first, token), asking(second, token)]
  })
  afterAll(async () => {
    for (const service of services) await service.kill('SIGTERM')
  })

  test('only the first makes the workspace and its first token', () => {
    expect(services.map(({ adminToken }) => adminToken !== undefined)).toEqual([true, false])
  })

  test('a flip in one is seen at the next request of the other', async () => {
    for (let turn = 0; turn < 40; turn++) {
      const status = turn % 2 === 0 ? 'away' : 'available'
      expect((await one('PUT', '/v1/agents/2/status', { status })).status).toBe(200)
      expect((await other('GET', '/v1/agents/2')).body.value.status).toBe(status)
      expect((await other('GET', '/v1/status')).body.revision).toBe((await one('GET', '/v1/status')).body.revision)
    }
  })

  test('a watcher of one is told what was written in the other, in order and once', async () => {
    const gone = new AbortController()
    const headers = { authorization: `Bearer ${token}` }
    const stream = await fetch(`${services[1]!.url}/v1/events`, { headers, signal: gone.signal })
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
    const { revision: start } = (await one('GET', '/v1/status')).body
    for (let turn = 0; turn < 10; turn++)
      await one('PUT', '/v1/agents/2/status', { status: turn % 2 ? 'available' : 'away' })
    let text = ''
    const seen = () =>
      [...text.matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number)).filter((number) => number > start)
    while (seen().length < 10) {
      const { value, done } = await reader.read()
      if (done) break
      text += value
    }
    gone.abort()
    expect(seen()).toEqual(Array.from({ length: 10 }, (_, index) => start + 1 + index))
  })

  test('a token revoked in one works nowhere at the next request', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const { body } = await one('POST', '/v1/tokens', { name: `ci ${turn}`, scopes: ['read'] })
      const theirs = asking(services[1]!, body.secret)
      expect((await theirs('GET', '/v1/status')).status).toBe(200)
      expect((await one('DELETE', `/v1/tokens/${body.token.id}`)).status).toBe(200)
      expect((await theirs('GET', '/v1/status')).status).toBe(401)
    }
  })

  test('one idempotency key gives one revision, wherever it is sent', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const write = (ask: Ask) =>
        ask(
          'PUT',
          '/v1/agents/3/status',
          { status: turn % 2 ? 'available' : 'away', note: `${turn}` },
          { 'idempotency-key': `key-${turn}` },
        )
      const answers = await Promise.all([write(one), write(other), write(one), write(other)])
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
      expect(answers[0]!.status).toBe(200)
    }
  })

  test('If-Match of what the other changed is refused: of many at once, one is done', async () => {
    const { revision } = (await one('GET', '/v1/greeting')).body
    const write = (ask: Ask, index: number) =>
      ask('PUT', '/v1/greeting', { greeting: { online: `Hello ${index}` } }, { 'if-match': `"${revision}"` })
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => write(index % 2 ? one : other, index)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)])
  })

  test('R21: turns go round once whoever asks, and chat limits hold', async () => {
    const members = ['1', '2', '3']
    const { value: teams } = (await one('GET', '/v1/teams')).body
    const added = [...teams, { id: 'race', name: 'Race', members }]
    expect((await one('PUT', '/v1/teams', { teams: added })).status).toBe(200)
    for (const id of members) {
      await one('PUT', `/v1/agents/${id}/status`, { status: 'available' })
      await one('PATCH', `/v1/agents/${id}`, { settings: { chatLimit: 5 } })
    }
    const chats = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        patient(index % 2 ? one : other)('POST', '/v1/route', { route: 'team:race' }),
      ),
    )
    expect(chats.filter(({ status }) => status !== 200)).toEqual([])
    const open = await Promise.all(members.map((id) => other('GET', `/v1/agents/${id}`)))
    expect(open.map(({ body }) => body.value.openChats)).toEqual([5, 5, 5])
  })

  test('many writes of both are one chain: the before of each is the after of the one before it', async () => {
    const { revision: start } = (await one('GET', '/v1/status')).body
    await Promise.all(
      Array.from({ length: 120 }, (_, index) =>
        patient(index % 2 ? one : other)('PUT', '/v1/agents/2/status', { status: 'away', note: `note ${index}` }),
      ),
    )
    const { body } = await one('GET', '/v1/revisions?limit=200&path=agents[2].note')
    const chain = body.revisions
      .filter(({ number }: { number: number }) => number > start)
      .toReversed()
      .map(({ changes }: { changes: { path: string; before?: string; after?: string }[] }) =>
        changes.find(({ path }) => path === 'agents[2].note'),
      )
    expect(chain).toHaveLength(120)
    for (const [index, { before }] of chain.entries()) if (index > 0) expect(before).toBe(chain[index - 1].after)
  })
})
