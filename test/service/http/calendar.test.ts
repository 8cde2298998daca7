import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPEN } from '../../domain/workspace-builder.js'
import { AGENTS, type ServedWorkspace, serveWorkspace } from './served-workspace.js'

const DUTY = {
  shifts: [{ id: 'front', name: 'Front desk; north', days: 'mon-fri', hours: '09:00-13:00', agents: ['1', '2'] }],
  covers: [
    { shift: 'front', from: '2026-11-25 09:00', to: '2026-11-25 13:00', agent: '2', instead: '1', note: 'dentist' },
  ],
}

let served: ServedWorkspace
let ana: string
beforeAll(async () => {
  served = await serveWorkspace({ parts: { agents: AGENTS, duty: DUTY } })
  ana = await served.token({ agent: '2' })
})
afterAll(() => served.close())

const create = async (token: string, body: object = {}) => served.ask('POST', '/v1/duty/feeds', { token, body })
const get = (secret: string, headers: Record<string, string> = {}) =>
  fetch(`${served.url}/v1/calendar/${secret}.ics`, { headers })

describe('R31: the turns of duty of one person at an address of their own', () => {
  test('it is a calendar that another program reads, with covers applied', async () => {
    const { body, status } = await create(ana)
    expect(status).toBe(200)
    expect(body.token).toMatchObject({ agent: '2', scopes: [], expiresAt: null })
    const answer = await get(body.secret)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()))
    const events = calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
    expect(events.length).toBeGreaterThan(60)
    expect(new Set(events.map(({ summary }) => summary))).toEqual(new Set(['Front desk; north']))
    const again = await get(body.secret, { 'if-none-match': answer.headers.get('etag')! })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('its secret opens nothing else, and no other secret opens it', async () => {
    const { body } = await create(ana)
    // Drift's own API refuses a token with 403.
    expect((await served.ask('GET', '/users/list', { token: body.secret })).status).toBe(403)
    const facts = await served.ask('POST', '/app/token_info', { body: { accessToken: body.secret } })
    expect([facts.status, JSON.stringify(facts.body)]).toEqual([403, expect.not.stringContaining('duty calendar')])
    for (const path of ['/v1/me', '/v1/status', '/v1/duty', '/v1/events']) {
      expect((await served.ask('GET', path, { token: body.secret })).status, path).toBe(401)
    }
    expect((await create(body.secret)).status).toBe(401)
    // Asked to log in, a calendar program would ask for a password.
    for (const secret of [ana, 'dst_nowhere_x', 'x', `${body.secret}x`]) {
      const refused = await get(secret)
      expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([404, null])
    }
  })

  test('it ends at once when it is revoked, or with its agent', async () => {
    const [first, second] = [(await create(ana)).body, (await create(ana)).body]
    const ended = await served.ask('DELETE', `/v1/duty/feeds/${first.token.id}`, { token: ana })
    expect(ended.status).toBe(200)
    expect([(await get(first.secret)).status, (await get(second.secret)).status]).toEqual([404, 200])
    await served.owner.revokeToken({ id: second.token.id })
    expect((await get(second.secret)).status).toBe(404)
  })

  test('everyone has their own; only an admin has those of others', async () => {
    const sam = await served.token({ agent: '1' })
    expect((await create(ana, { agent: '1' })).status).toBe(403)
    const ofAna = await create(sam, { agent: '2' })
    expect(ofAna.status).toBe(200)
    const ofSam = await create(sam)
    const listed = async (token: string) =>
      (await served.ask('GET', '/v1/duty/feeds', { token })).body.map(({ agent }: { agent: string }) => agent)
    expect(new Set(await listed(ana))).toEqual(new Set(['2']))
    expect(new Set(await listed(sam))).toEqual(new Set(['1', '2']))
    const ended = await served.ask('DELETE', `/v1/duty/feeds/${ofSam.body.token.id}`, { token: ana })
    expect(ended.status).toBe(404)
    const reader = await served.token({ name: 'reader', scopes: ['read'] })
    expect((await create(reader)).status).toBe(403)
  })

  test('its secret is in no log, in no answer and in no list', async () => {
    const { body } = await create(ana)
    await get(body.secret)
    await get(`${body.secret}x`)
    const list = await served.ask('GET', '/v1/duty/feeds', { token: ana })
    const log = await served.log()
    expect(log).toContain('/v1/calendar/:secret')
    for (const text of [
      log,
      JSON.stringify(list.body),
      JSON.stringify(await served.owner.listRevisions({ limit: 100 })),
    ]) {
      expect(text).not.toContain(body.secret)
      expect(text).not.toContain(body.secret.split('_')[2])
    }
    for (const [method, path] of [
      ['GET', `/v1/calendar/${body.secret}x.ics`],
      ['POST', `/v1/calendar/${body.secret}.ics`],
      ['GET', `/v1/calendar/${body.secret}.ics/more`],
      ['GET', `/v1/calender/${body.secret}.ics`],
    ] as const) {
      const refusal = await fetch(served.url + path, { method })
      expect(refusal.status).toBeGreaterThanOrEqual(404)
      expect(await refusal.text(), path).not.toContain(body.secret.split('_')[2])
    }
    expect(await served.log()).not.toContain(body.secret.split('_')[2])
    // Whose it was is known by the id of the token.
    expect(log).toContain(`"token":"${body.token.id}"`)
  })

  test('it is the same text all day, as a cache has it, also while a turn runs without an end', async () => {
    const always = { id: 'always', name: 'Always\u0007', days: 'all', hours: '00:00-24:00', agents: ['2'] }
    await served.owner.putDuty({ duty: { ...DUTY, shifts: [...DUTY.shifts, always] } })
    const { body } = await create(ana)
    const first = await get(body.secret)
    const text = await first.text()
    expect(text).toContain('SUMMARY:Always\ufffd\r\n')
    served.clock(OPEN + 3 * 60_000)
    const etag = first.headers.get('etag')!
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      expect((await get(body.secret, { 'if-none-match': known })).status, known).toBe(304)
    }
    expect((await get(body.secret, { 'if-none-match': '"x"' })).status).toBe(200)
    served.clock(OPEN)
  })

  test('wrong addresses are counted as wrong tokens are, and right ones still work', async () => {
    const { body } = await create(ana)
    const wrong = () => get(`dst_nowhere2_${'x'.repeat(43)}`)
    let status = 0
    for (let turn = 0; turn < 100 && status !== 429; turn++) status = (await wrong()).status
    expect([status, (await get(body.secret)).status]).toEqual([429, 200])
  })
})
