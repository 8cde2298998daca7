import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { publicWidget } from '../../../src/api/contract/responses/public-widget.js'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { MAX_FACTS, MAX_LENGTH } from '../../../src/service/public/public-query.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { type Answered, type Asked, serveWorkspace } from './served-workspace.js'

const SECOND = 1000
const HOUR = 3600 * SECOND
/** In the sample, on Monday, lunch is from twelve to one: the clock of these tests starts before it. */
const MORNING = OPEN - HOUR
const NOON = OPEN

const sample = parseWorkspace(await readFile('docs/sample/acme.yaml', 'utf8'), 'acme.yaml')
const { version, ...parts } = sample
const served = await serveWorkspace({ parts, widgetMaxAgeSeconds: 10 })
const { owner, clock, ask } = served
const { id } = await served.store.read((transaction) => transaction.identity())

/** What a visitor is answered, and that it is what the contract says. */
async function look(query = '', asked: Asked & { method?: string } = {}): Promise<Answered> {
  const answered = await ask(asked.method ?? 'GET', `/v1/public/${id}/widget${query}`, asked)
  if (answered.status === 200 && asked.method !== 'HEAD') z.parse(publicWidget(), answered.body)
  return answered
}

const maxAge = ({ headers }: Answered) => headers.get('cache-control')

describe('a copy may be kept', () => {
  test.each([
    { title: 'for the longest, far from any change', at: MORNING, says: 10 },
    { title: 'for exactly as long as it holds', at: NOON - 7 * SECOND, says: 7 },
    { title: 'for no part of a second too long', at: NOON - 7 * SECOND + 1, says: 6 },
    { title: 'not at all within the last second', at: NOON - 1, says: 0 },
    { title: 'for the longest again once it changed', at: NOON, says: 10 },
    { title: 'for the longest after the clock was set back', at: MORNING - HOUR / 2, says: 10 },
  ])('$title', async ({ at, says }) => {
    clock(at)
    const answered = await look()
    expect(maxAge(answered)).toBe(`public, max-age=${says}`)
    expect(answered.body.mode).toBe(at < NOON ? 'online' : 'offline')
  })

  test('R15: until a timed status ends', async () => {
    clock(MORNING)
    await owner.putAutoOffline({ enabled: true })
    const { agents } = sample
    for (const agent of agents) {
      if (agent.bot) continue
      const until = agent.id === '1' ? { until: new Date(MORNING + 5 * SECOND).toISOString() } : {}
      await owner.putStatus({ id: agent.id, status: 'away', ...until })
    }
    const { body, ...answered } = await look()
    expect(body).toMatchObject({ mode: 'offline', offlineNotice: { backAt: '2026-11-23T11:00:05.000-05:00' } })
    expect(maxAge({ body, ...answered })).toBe('public, max-age=5')
    clock(MORNING + 5 * SECOND)
    expect((await look()).body).toMatchObject({ mode: 'online', offlineNotice: null })
    for (const { id, status } of agents) {
      await owner.putStatus({ id, status: status === 'away' ? 'away' : 'available' })
    }
  })

  test('for ten seconds, unless the server is told otherwise', async () => {
    const other = await serveWorkspace()
    const { id } = await other.store.read((transaction) => transaction.identity())
    expect(maxAge(await other.ask('GET', `/v1/public/${id}/widget`))).toBe('public, max-age=10')
  })
})

describe('a copy is checked', () => {
  test.each([
    { title: 'by its ETag', tag: (etag: string) => etag, status: 304 },
    { title: 'by an ETag that a cache weakened', tag: (etag: string) => `W/${etag}`, status: 304 },
    { title: 'by one of several', tag: (etag: string) => `"other", ${etag}`, status: 304 },
    { title: 'by any', tag: () => '*', status: 304 },
    { title: 'by that of another body', tag: () => '"other"', status: 200 },
    { title: 'by an ETag without its quotes', tag: (etag: string) => etag.slice(1, -1), status: 200 },
  ])('$title', async ({ tag, status }) => {
    clock(NOON - 7 * SECOND)
    const etag = (await look()).headers.get('etag')!
    expect(etag).toMatch(/^"[\w-]{43}"$/)
    const checked = await look('', { headers: { 'if-none-match': tag(etag) } })
    expect(checked.status).toBe(status)
    expect(checked.headers.get('etag')).toBe(etag)
    expect(maxAge(checked)).toBe('public, max-age=7')
    if (status === 304) expect(checked.body).toBe('')
  })

  test('the ETag is that of the body: it changes with what is seen, and only then', async () => {
    clock(MORNING)
    const tagOf = async (query = '') => (await look(query)).headers.get('etag')
    const first = await tagOf()
    await owner.addAgent({ agent: { id: '77', name: 'Nobody Yet', status: 'away' } })
    expect(await tagOf()).toBe(first)
    expect(await tagOf('?visitor.plan=gold')).toBe(first)
    expect(await tagOf('?url=/pricing&visitor.company.size=80')).not.toBe(first)
    await owner.deleteAgent({ id: '77' })
  })

  test('HEAD says what GET would', async () => {
    clock(MORNING)
    const [head, get] = [await look('', { method: 'HEAD' }), await look()]
    expect(head).toMatchObject({ status: 200, body: '' })
    for (const name of ['etag', 'cache-control', 'content-type', 'content-length']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name))
    }
  })
})

describe('what is answered', () => {
  test('holds no id, email, status, note or internal name of anyone or anything, but for the ids of teams (R39)', async () => {
    const secret = sample.agents.flatMap(({ email, note }) => [email, note]).filter((text) => text !== undefined)
    const named = [sample.agents, sample.playbooks, sample.teams, sample.routing.rules].flat().map((one) => one.id)
    const words = [...named, 'away', 'available', 'hours', 'auto-offline'].map((word) => JSON.stringify(word))
    expect(secret.length + words.length).toBeGreaterThan(15)
    for (const at of [MORNING, NOON]) {
      clock(at)
      for (const query of ['', '?url=/pricing&visitor.company.size=500', '?visitor.country=DE']) {
        const { body, headers } = await look(query)
        const { teamAvailability, ...others } = body
        expect(Object.keys(teamAvailability)).toEqual(sample.teams.map((team) => team.id))
        const text = JSON.stringify(others)
        for (const word of [...secret, ...words, id, '@']) expect(text).not.toContain(word)
        expect(headers.get('set-cookie')).toBeNull()
      }
    }
  })

  test('a face without a name shows no email in its place', async () => {
    const agents = [{ id: '1', email: 'sam@acme.example', avatar: 'https://acme.example/1.png', status: 'available' }]
    const other = await serveWorkspace({ parts: { agents } })
    const { id } = await other.store.read((transaction) => transaction.identity())
    const { body } = await other.ask('GET', `/v1/public/${id}/widget`)
    expect(body.greeting.faces).toEqual([{ name: null, avatar: 'https://acme.example/1.png' }])
    expect(JSON.stringify(body)).not.toContain('@')
  })

  test('is what was written last, whoever wrote', async () => {
    clock(MORNING)
    for (const mode of ['offline', 'online', 'offline', 'automatic'] as const) {
      // `owner` has a connection of its own to the file: another process would be no different.
      await owner.putWidget({ mode })
      expect((await look()).body.mode).toBe(mode === 'offline' ? 'offline' : 'online')
    }
  })

  test.each([
    { title: 'nothing is known', query: '', message: 'Hello! Ask us anything.' },
    { title: 'page and company fit', query: '?url=/pricing&visitor.company.size=50', message: 'Talk to sales?' },
    {
      title: 'the company is small',
      query: '?url=/pricing&visitor.company.size=49',
      message: 'Hello! Ask us anything.',
    },
    { title: 'the page is another', query: '?url=/&visitor.company.size=50', message: 'Hello! Ask us anything.' },
    {
      title: 'the page is a whole address',
      query: `?url=${encodeURIComponent('https://acme.example/pricing?from=mail')}&visitor.company.size=1e3`,
      message: 'Talk to sales?',
    },
  ])('R26: says what is for this visitor: $title', async ({ query, message }) => {
    clock(MORNING)
    expect((await look(query)).body.message).toBe(message)
  })

  test.each([
    { query: '', backAt: '2026-11-23T13:00:00.000-05:00' },
    { query: '?timeZone=Europe/Berlin', backAt: '2026-11-23T19:00:00.000+01:00' },
    { query: '?timeZone=Asia/Kolkata', backAt: '2026-11-23T23:30:00.000+05:30' },
    { query: '?timeZone=UTC', backAt: '2026-11-23T18:00:00.000Z' },
  ])('R28: says when you are back, in the zone of the visitor: $query', async ({ query, backAt }) => {
    clock(NOON)
    expect((await look(query)).body.offlineNotice).toEqual({ backAt })
  })
})

describe('a question that cannot be answered', () => {
  const facts = (count: number) => Array.from({ length: count }, (_, index) => `visitor.fact${index}=1`).join('&')
  test.each([
    { title: 'an unknown zone', query: 'timeZone=Europe/Berln', says: '"Europe/Berln" is not an IANA time zone' },
    { title: 'an abbreviation', query: 'timeZone=PST', says: '"PST" is not an IANA time zone' },
    { title: 'an offset', query: 'timeZone=%2B05:30', says: '"+05:30" is not an IANA time zone' },
    { title: 'too many facts', query: facts(MAX_FACTS + 1), says: 'too many attributes of the visitor' },
    {
      title: 'a long fact',
      query: `visitor.a=${'x'.repeat(MAX_LENGTH.value + 1)}`,
      says: 'the value of "visitor.a" is',
    },
    {
      title: 'a long name',
      query: `visitor.${'x'.repeat(MAX_LENGTH.key + 1)}=1`,
      says: 'the name of a fact is too long',
    },
    { title: 'a long page', query: `url=/${'x'.repeat(MAX_LENGTH.url)}`, says: 'the value of "url" is too long' },
    { title: 'a fact of no name', query: 'visitor.=1', says: '"visitor." names no fact' },
    { title: 'a fact given twice', query: 'visitor.a=1&visitor.a=2', says: '"visitor.a" is given twice' },
    { title: 'an unknown parameter', query: 'timezone=UTC', says: '"timezone" is not a parameter of the widget' },
    // R19, R29: the face of an account owner would tell anyone who guesses an id whose it is.
    {
      title: 'the account owner',
      query: 'visitor.account.owner=2',
      says: 'a page may not say who owns an account',
    },
  ])('is a problem that no cache keeps: $title', async ({ query, says }) => {
    const { status, body, headers } = await look(`?${query}`)
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'invalid-input' })
    expect(body.detail).toContain(says)
    expect(body.hint).not.toBeNull()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  test('as many facts as there may be are answered', async () => {
    expect((await look(`?${facts(MAX_FACTS)}`)).status).toBe(200)
  })

  test.each(['widget', 'widget.js'])('the %s of another workspace is not found', async (what) => {
    const { status, body, headers } = await ask('GET', `/v1/public/000000000000/${what}`)
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not-found' })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('a method that writes is refused', async () => {
    const { status, headers } = await look('', { method: 'POST', body: {} })
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD, OPTIONS' })
  })
})

describe('any page', () => {
  const ORIGIN = { origin: 'https://shop.example' }

  test.each(['widget', 'widget.js'])('may read the %s, and may ask first whether it may', async (what) => {
    const path = `/v1/public/${id}/${what}`
    const read = await ask('GET', path, { headers: ORIGIN })
    expect(read.status).toBe(200)
    const preflight = await ask('OPTIONS', path, {
      headers: { ...ORIGIN, 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*')
    for (const { headers } of [read, preflight]) {
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      // The same copy serves every origin.
      expect(headers.get('vary')).toBeNull()
    }
  })

  test('may not read what needs a token', async () => {
    const { headers } = await ask('GET', '/v1/status', { headers: ORIGIN })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  test('loads the script as it was built, in at most 2048 bytes', async () => {
    const path = `/v1/public/${id}/widget.js`
    const { body, headers } = await ask('GET', path)
    expect(body).toBe(await readFile('dist/widget.js', 'utf8'))
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(2048)
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(headers.get('cache-control')).toBe('public, max-age=3600')
    const checked = await ask('GET', path, { headers: { 'if-none-match': headers.get('etag')! } })
    expect(checked).toMatchObject({ status: 304, body: '' })
  })

  test('may not frame the demo, which runs nothing but its own and the widget', async () => {
    const { body, headers } = await ask('GET', '/demo')
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(body).toContain(`<script src="/v1/public/${id}/widget.js" async></script>`)
    const policy = headers.get('content-security-policy')!
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })
})
