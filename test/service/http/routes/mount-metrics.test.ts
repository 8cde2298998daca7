import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { RevisionFeed } from '../../../../src/service/http/events/revision-feed.js'
import type { Limits } from '../../../../src/service/http/limits/limits.js'
import { ServerMetrics } from '../../../../src/service/http/metrics/server-metrics.js'
import { holdLock } from '../../store/lock-holder.js'
import { readEvents } from '../event-reader.js'
import { type Family, parseMetrics, seriesValue } from '../metrics-text.js'
import { head, openConnection } from '../raw-request.js'
import { serveWorkspace } from '../served-workspace.js'

const REQUESTS = 'drift_status_http_requests_total'
const DURATIONS = 'drift_status_http_request_duration_seconds'
const WRITES = 'drift_status_writes_total'
const WAITS = 'drift_status_write_wait_seconds'
const TURNED_AWAY = 'drift_status_turned_away_total'
const WATCHERS = 'drift_status_open_watchers'
const LAST = 'drift_status_last_revision'

/** A workspace whose metrics are written anew for each scrape. */
async function measured(limits: Partial<Limits> = {}, waitMs?: number) {
  const served = await serveWorkspace({ limits: { metricsIntervalMs: 0, ...limits }, ...(waitMs && { waitMs }) })
  const token = await served.token({ name: 'prometheus', scopes: ['read'] })
  const admin = await served.token({ name: 'writer', role: 'admin' })
  const scrape = async () => parseMetrics((await served.ask('GET', '/metrics', { token })).body)
  const put = (status: string, headers = {}, query = '') =>
    served.ask('PUT', `/v1/agents/2/status${query}`, { token: admin, body: { status }, headers })
  return { ...served, newToken: served.token, token, admin, scrape, put }
}

type Scrape = ReadonlyMap<string, Family>

/** How much each series of a counter has gone up, those that have not left out: by what its labels say. */
function rise(name: string, before: Scrape, after: Scrape): Readonly<Record<string, number>> {
  const samples = after.get(name)!.samples
  const rises = samples.map(({ labels, value }) => {
    const { method, route, status } = labels
    const key = method === undefined ? Object.values(labels).join(' ') : `${method} ${route} ${status}`
    return [key, value - (seriesValue(before, name, labels) ?? 0)] as const
  })
  return Object.fromEntries(rises.filter(([, by]) => by !== 0))
}

describe('who may read the metrics', () => {
  test('whoever has a token that may read', async () => {
    const { ask, token } = await measured()
    const { status, headers, body } = await ask('GET', '/metrics', { token })
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect([...parseMetrics(body).keys()].filter((name) => !name.startsWith('drift_status_'))).toEqual([
      'process_cpu_seconds_total',
      'process_start_time_seconds',
      'process_resident_memory_bytes',
      'nodejs_heap_size_used_bytes',
    ])
  })

  test('HEAD says how long they are, and nothing more', async () => {
    const { ask, token } = await measured({ metricsIntervalMs: 60_000 })
    const { body } = await ask('GET', '/metrics', { token })
    const { status, headers, body: none } = await ask('HEAD', '/metrics', { token })
    expect({ status, none, length: headers.get('content-length') }).toEqual({
      status: 200,
      none: '',
      length: `${Buffer.byteLength(body)}`,
    })
  })

  test('all of them, also when they are many', async () => {
    const { ask, token } = await measured()
    const long = `# HELP a_total A.\n# TYPE a_total counter\n${Array.from({ length: 9000 }, (_, n) => `a_total{n="${n}"} 1\n`).join('')}`
    const write = vi.spyOn(ServerMetrics.prototype, 'text').mockResolvedValue(long)
    onTestFinished(() => write.mockRestore())
    expect((await ask('GET', '/metrics', { token })).body).toBe(long)
    const { body, headers } = await ask('HEAD', '/metrics', { token })
    expect({ body, length: headers.get('content-length') }).toEqual({ body: '', length: `${long.length}` })
    expect((await ask('GET', '/healthz')).status).toBe(200)
  })

  test('nobody else: 401 without a token that works, 403 without read, 405 for another method', async () => {
    const { ask, token, newToken } = await measured()
    const widgetOnly = await newToken({ name: 'widget', scopes: ['widget'] })
    expect((await ask('GET', '/metrics')).status).toBe(401)
    expect((await ask('GET', '/metrics', { token: 'dst_wrong' })).status).toBe(401)
    expect((await ask('HEAD', '/metrics')).status).toBe(401)
    expect(await ask('GET', '/metrics', { token: widgetOnly })).toMatchObject({
      status: 403,
      body: { code: 'not-allowed' },
    })
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const { status, headers } = await ask(method, '/metrics', { token })
      expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'GET, HEAD, OPTIONS' })
    }
  })
})

describe('what is counted', () => {
  test('requests by method, pattern and status, each once', async () => {
    const { ask, admin, scrape, put } = await measured()
    const before = await scrape()
    for (let count = 0; count < 3; count++) await ask('GET', `/v1/agents/${count}`, { token: admin })
    await ask('GET', '/v1/agents/2', { token: admin })
    await ask('HEAD', '/healthz')
    await ask('GET', '/v1/status')
    await ask('GET', '/users/list', { token: admin })
    await put('away')
    const after = await scrape()
    expect(rise(REQUESTS, before, after)).toEqual({
      'GET /v1/agents/:id 200': 3,
      'GET /v1/agents/:id 404': 1,
      'HEAD /healthz 200': 1,
      'GET /v1/status 401': 1,
      'GET /users/list 200': 1,
      'PUT /v1/agents/:id/status 200': 1,
      'GET /metrics 200': 1,
    })
    expect(seriesValue(after, `${DURATIONS}_count`, { route: '/v1/agents/:id' })).toBe(4)
    const sum = seriesValue(after, `${DURATIONS}_sum`, { route: '/v1/agents/:id' })!
    expect(sum).toBeGreaterThan(0)
    expect(sum).toBeLessThan(60)
  })

  test('writes that were kept and refused; a dry run is neither', async () => {
    const { scrape, put, owner } = await measured()
    const before = await scrape()
    for (const status of ['away', 'available', 'away']) expect((await put(status)).status).toBe(200)
    expect((await put('nowhere')).status).toBe(400)
    expect((await put('available', { 'if-match': '"1000"' })).status).toBe(412)
    expect((await put('available', {}, '?dryRun=true')).status).toBe(200)
    const after = await scrape()
    expect(rise(WRITES, before, after)).toEqual({ kept: 3, refused: 2 })
    // What is no request of the operation does not come to the store.
    expect(seriesValue(after, `${WAITS}_count`)! - seriesValue(before, `${WAITS}_count`)!).toBe(5)
    expect(seriesValue(after, LAST)! - seriesValue(before, LAST)!).toBe(3)
    await owner.putStatus({ id: '1', status: 'away' })
    expect(seriesValue(await scrape(), LAST)).toBe(seriesValue(after, LAST)! + 1)
  })

  test('writes that failed because another process holds the file, and how long they waited', async () => {
    const { scrape, put, path } = await measured({}, 300)
    const holder = await holdLock(path)
    const before = await scrape()
    expect((await put('away')).status).toBe(503)
    const after = await scrape()
    await holder.release()
    expect(rise(WRITES, before, after)).toEqual({ failed: 1 })
    expect(seriesValue(after, `${WAITS}_count`)! - seriesValue(before, `${WAITS}_count`)!).toBe(1)
    expect(seriesValue(after, `${WAITS}_sum`)! - seriesValue(before, `${WAITS}_sum`)!).toBeGreaterThan(0.25)
  })

  test('event streams while they are open; how long they last is no duration of a request', async () => {
    const { url, token, scrape } = await measured({ maxStreamsPerToken: 2 })
    const open = () => readEvents(`${url}/v1/events`, token)
    const streams = [await open(), await open()]
    expect((await open()).status).toBe(429)
    const during = await scrape()
    expect(seriesValue(during, WATCHERS)).toBe(2)
    expect(seriesValue(during, TURNED_AWAY, { limit: 'streams' })).toBe(1)
    for (const stream of streams) stream.close()
    await expect.poll(async () => seriesValue(await scrape(), WATCHERS)).toBe(0)
    const after = await scrape()
    expect(seriesValue(after, REQUESTS, { method: 'GET', route: '/v1/events', status: '200' })).toBe(2)
    expect(seriesValue(after, `${DURATIONS}_count`, { route: '/v1/events' })).toBeUndefined()
  })

  test('what limits turn away, by limit', async () => {
    const { ask, admin, url, scrape } = await measured({ requestsPerMinute: 20, failedLoginsPerMinute: 3 })
    const before = await scrape()
    for (let count = 0; count < 5; count++) await ask('GET', '/v1/status', { token: `dst_wrong${count}` })
    for (let count = 0; count < 20; count++) await ask('GET', '/healthz')
    // 5 + 20 of this address, of which 20 are allowed; what is not HTTP is the 26th, and is cut off.
    const raw = openConnection(url)
    raw.send('hello\r\n\r\n')
    await raw.closed
    await ask('POST', '/v1/simulate', { token: admin, body: 'x'.repeat(70_000) })
    const after = await scrape()
    expect(rise(TURNED_AWAY, before, after)).toEqual({ 'wrong-tokens': 2, requests: 6, body: 1 })
    expect(rise(REQUESTS, before, after)).toMatchObject({
      'GET /v1/status 401': 3,
      'GET /v1/status 429': 2,
      'GET /healthz 200': 15,
      'GET /healthz 429': 5,
      'POST /v1/simulate 413': 1,
    })
  })

  test('the versions', async () => {
    const labels = { version: '0.0.0', node_version: process.version }
    expect(seriesValue(await (await measured()).scrape(), 'drift_status_build_info', labels)).toBe(1)
  })
})

describe('whatever a client sends', () => {
  const SECRET = 'dst_never-to-be-told'
  const HOSTILE = [
    `GET /${SECRET}`,
    `GET /v1/agents/${SECRET}/x"} 1`,
    `GET /v1/calendar/${SECRET}.ics`,
    `GET /%22%7D%20999%0Adrift_status_writes_total%20999`,
    `GET /users/${SECRET}/no/such/endpoint`,
    `GET /v1/agents/%zz${SECRET}`,
    `GET /v1/agents/${SECRET}${'x'.repeat(501)}`,
    `PROPFIND /${SECRET}`,
    `M-SEARCH /v1/status`,
    `DELETE /v1/status`,
    `GET http://${SECRET}/metrics`,
    `GET //${SECRET}//metrics/`,
    `GET /__proto__`,
    `OPTIONS *`,
    `NOTAMETHOD /${SECRET}`,
  ]

  test('its paths and headers are in no label, and unknown routes are one', async () => {
    const { ask, url, token, scrape } = await measured()
    const headers = {
      'user-agent': SECRET,
      'x-request-id': SECRET,
      referer: SECRET,
      cookie: SECRET,
      connection: 'close',
    }
    for (const line of HOSTILE) {
      const raw = openConnection(url)
      raw.send(head(line, SECRET, headers))
      expect(await raw.closed, line).toMatch(/^HTTP\/1.1 \d/)
    }
    const { body } = await ask('GET', '/metrics', { token })
    for (const part of [SECRET, 'dst_', 'total 999', 'x'.repeat(20), 'proto', 'PROPFIND'])
      expect(body).not.toContain(part)
    const requests = (await scrape()).get(REQUESTS)!.samples
    expect(new Set(requests.map(({ labels }) => labels.route))).toEqual(
      new Set(['unknown', '/metrics', '/v1/calendar/:secret']),
    )
    expect(new Set(requests.map(({ labels }) => labels.method))).toEqual(new Set(['GET', 'DELETE', 'OPTIONS', 'other']))
    // Every one of them was counted, and nothing else was.
    const total = requests.reduce((sum, { value }) => sum + value, 0)
    expect(total).toBe(HOSTILE.length + 1)
  })

  test('hundreds of paths are as many series as one', async () => {
    const { url, scrape, token } = await measured({ requestsPerMinute: 0 })
    const series = async () => [...(await scrape()).values()].reduce((sum, { samples }) => sum + samples.length, 0)
    const ask = async (from: number, to: number) => {
      const raw = openConnection(url)
      for (let number = from; number < to; number++) {
        const end = number === to - 1 ? { connection: 'close' } : {}
        raw.send(head(`GET /v1/agents/${number}`, token) + head(`GET /nothing/${number}`, token, end))
      }
      await raw.closed
    }
    await ask(0, 4)
    await scrape()
    const before = await series()
    for (let from = 0; from < 400; from += 40) await ask(from, from + 40)
    expect(await series()).toBe(before)
    const path = { method: 'GET', route: 'unknown', status: '404' }
    expect(seriesValue(await scrape(), REQUESTS, path)).toBe(404)
  })

  test('what stands in a label is escaped', async () => {
    const version = '1"} 5\n# TYPE x "\\n\\'
    const text = await new ServerMetrics({ version, lastRevision: async () => 1 }).text()
    const families = parseMetrics(text)
    expect(seriesValue(families, 'drift_status_build_info', { version, node_version: process.version })).toBe(1)
    expect([...families.keys()]).not.toContain('x')
  })
})

describe('the cost', () => {
  test.each([
    { what: 'those who ask within the interval share one text', metricsIntervalMs: 600_000, texts: 1 },
    { what: 'who asks after it gets another', metricsIntervalMs: 0, texts: 20 },
  ])('$what', async ({ metricsIntervalMs, texts }) => {
    const { ask, token } = await measured({ metricsIntervalMs })
    const write = vi.spyOn(ServerMetrics.prototype, 'text')
    onTestFinished(() => write.mockRestore())
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask('GET', '/metrics', { token })))
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200]))
    expect(write).toHaveBeenCalledTimes(texts)
  })

  test('a store that does not answer holds up neither others nor the other metrics', async () => {
    const { ask, scrape, token } = await measured()
    const last = vi.spyOn(RevisionFeed.prototype, 'last').mockReturnValue(new Promise(() => {}))
    onTestFinished(() => last.mockRestore())
    const scraping = scrape()
    let isScraped = false
    void scraping.then(() => {
      isScraped = true
    })
    for (let count = 0; count < 20; count++) expect((await ask('GET', '/v1/status', { token })).status).toBe(200)
    expect(isScraped).toBe(false)
    const metrics = await scraping
    expect(metrics.get(LAST)?.samples).toEqual([])
    expect(seriesValue(metrics, WATCHERS)).toBe(0)
    last.mockRejectedValue(new Error('the disk is gone'))
    expect((await scrape()).get(LAST)?.samples).toEqual([])
    last.mockResolvedValue(7)
    expect(seriesValue(await scrape(), LAST)).toBe(7)
  })

  test('each server counts for itself', async () => {
    const [one, another] = [await measured(), await measured()]
    const before = await another.scrape()
    await one.put('away')
    expect(rise(WRITES, before, await another.scrape())).toEqual({})
  })
})

/** What the tests above read with must see a mistake, or they prove nothing. */
describe('the reader of the format refuses', () => {
  const COUNTER = '# HELP a_total A.\n# TYPE a_total counter\n'
  const HISTOGRAM = '# HELP h H.\n# TYPE h histogram\n'
  test.each([
    ['a sample before its TYPE', 'a_total 1\n'],
    ['a TYPE without HELP', '# TYPE a_total counter\na_total 1\n'],
    ['a metric twice', `${COUNTER}a_total 1\n${COUNTER}a_total 1\n`],
    ['a series twice', `${COUNTER}a_total{x="1"} 1\na_total{x="1"} 2\n`],
    ['a sample of another metric', `${COUNTER}b_total 1\n`],
    ['a quote that is not escaped', `${COUNTER}a_total{x="1"2"} 1\n`],
    ['an escape that there is not', `${COUNTER}a_total{x="\\t"} 1\n`],
    ['"Nan"', `${COUNTER}a_total Nan\n`],
    ['a counter below 0', `${COUNTER}a_total -1\n`],
    ['a last line without an end', `${COUNTER}a_total 1`],
    ['buckets that fall', `${HISTOGRAM}h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`],
    ['a histogram without +Inf', `${HISTOGRAM}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
    ['a histogram without a sum', `${HISTOGRAM}h_bucket{le="+Inf"} 1\nh_count 1\n`],
  ])('%s', (_, text) => {
    expect(() => parseMetrics(text)).toThrow()
  })
})
