import { describe, expect, test } from 'vitest'
import { freePort, pem, proxy, serve, serveSocket, serveTls } from '../../api/network/servers.js'
import { doctored, ME, NOW, SECRET, service, TOKEN } from './doctor-run.js'

const DAY = 86_400_000
const SECOND = 1000
const AFTER_CONNECTION = ['healthz', 'readyz', 'clock', 'version', 'token', 'you', 'scopes', 'expiry', 'workspace-zone']

test('a service that is well passes every check, and no secret is shown', async () => {
  const { url } = await serve(service())
  const run = await doctored({ DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: TOKEN })
  expect([run.named('failed'), run.named('warning'), run.named('skipped')]).toEqual([[], [], []])
  expect(run).toMatchObject({ profile: undefined, service: 'shared' })
  expect(run.find('profile')?.message).toBe(`none: environment variable DRIFT_STATUS_URL names shared, ${url}`)
  expect(run.find('token')?.message).toBe('dst_ana1… (environment variable DRIFT_STATUS_TOKEN)')
  expect(run.find('you')?.message).toBe('in Acme you are ana@acme.example (agent 2)')
  expect(run.find('scopes')?.message).toBe('the token may read, and set only its own status')
  expect(run.find('readyz')?.message).toBe('the workspace is at revision 12')
  expect(run.text).not.toContain(SECRET)
})

describe('a host that is not reached is one failed check, and what needs it is skipped', () => {
  test.each<{ title: string; url: () => Promise<string>; failed: string; message: string; skipped?: string[] }>([
    {
      title: 'nothing listens',
      url: async () => `http://127.0.0.1:${await freePort()}`,
      failed: 'connection',
      message: 'refused the connection',
    },
    {
      title: 'no host has the name',
      url: async () => 'https://nobody.invalid',
      failed: 'name',
      message: 'nobody.invalid',
      skipped: ['connection', 'tls', ...AFTER_CONNECTION],
    },
    {
      title: 'it takes the connection and never answers',
      url: async () => (await serveSocket(() => {})).url,
      failed: 'healthz',
      message: 'did not',
      skipped: AFTER_CONNECTION.slice(1),
    },
    {
      title: 'it answers http where https is expected',
      url: async () => (await serve(service())).url.replace('http:', 'https:'),
      failed: 'tls',
      message: 'does not answer in TLS',
    },
    {
      title: 'it takes the connection and never speaks TLS',
      url: async () => (await serveSocket(() => {})).url.replace('http:', 'https:'),
      failed: 'tls',
      message: 'did not end within',
    },
  ])('$title', async ({ url, failed, message, skipped = AFTER_CONNECTION }) => {
    const run = await doctored({ DRIFT_STATUS_URL: await url(), DRIFT_STATUS_TOKEN: TOKEN }, { limitMs: 400 })
    expect(run.named('failed')).toEqual([failed])
    expect(run.find(failed)?.message).toContain(message)
    expect(run.find(failed)?.hint).toMatch(/\w{3}/)
    expect(run.named('skipped')).toEqual(skipped)
    expect(run.text).not.toContain(SECRET)
  })
})

describe('a certificate', () => {
  test.each<{
    certificate: string
    ca?: string
    host?: string
    now?: number
    status: string
    message: string
    hint?: string
  }>([
    { certificate: 'good', ca: 'authority', status: 'ok', message: 'TLSv1.3, certificate by ' },
    {
      certificate: 'good',
      status: 'failed',
      message: 'not signed by an authority that this machine trusts',
      hint: 'NODE_EXTRA_CA_CERTS=FILE',
    },
    {
      certificate: 'self-signed',
      ca: 'authority',
      status: 'failed',
      message: 'not signed by an authority',
      hint: 'NODE_EXTRA_CA_CERTS=FILE',
    },
    {
      certificate: 'expired',
      ca: 'authority',
      status: 'failed',
      message: 'has expired',
      hint: 'renew the certificate',
    },
    { certificate: 'early', ca: 'authority', status: 'failed', message: 'not valid yet', hint: 'check the clock' },
    {
      certificate: 'good',
      ca: 'authority',
      host: 'localhost',
      status: 'failed',
      message: 'for another host name',
      hint: 'use the name',
    },
  ])('$certificate, trusted: $ca, for $host: $status', async ({ certificate, ca, host, status, message, hint }) => {
    const { url } = await serveTls(certificate, service())
    const run = await doctored(
      { DRIFT_STATUS_URL: host ? url.replace('127.0.0.1', host) : url, DRIFT_STATUS_TOKEN: TOKEN },
      { ca: ca && pem(ca) },
    )
    expect(run.find('tls')).toMatchObject({ status, message: expect.stringContaining(message) })
    if (hint) expect(run.find('tls')?.hint).toContain(hint)
    expect(run.find('healthz')?.status).toBe(status === 'ok' ? 'ok' : 'skipped')
  })

  test('is checked whatever NODE_TLS_REJECT_UNAUTHORIZED says, and the variable is pointed out', async () => {
    const { url } = await serveTls('self-signed', service())
    const run = await doctored({ DRIFT_STATUS_URL: url, NODE_TLS_REJECT_UNAUTHORIZED: '0' })
    expect(run.find('tls')?.status).toBe('failed')
    expect(run.find('certificate-checks')).toMatchObject({
      status: 'warning',
      hint: expect.stringContaining('unset it'),
    })
  })
})

describe("this machine's clock", () => {
  test.each([
    { skew: 0, status: 'ok', message: 'agree' },
    { skew: 4 * SECOND, status: 'ok', message: 'agree' },
    { skew: -5 * SECOND, status: 'ok', message: 'agree' },
    { skew: 30 * SECOND, status: 'warning', message: "30 s behind the service's" },
    { skew: -31 * SECOND, status: 'warning', message: "30 s ahead of the service's" },
    { skew: 10 * 60 * SECOND, status: 'failed', message: "10 min behind the service's" },
    { skew: -3 * DAY, status: 'failed', message: "3 days ahead of the service's" },
  ])('against a service whose clock is off by $skew ms: $status', async ({ skew, status, message }) => {
    const { url } = await serve(service({}, skew))
    const run = await doctored({ DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: TOKEN })
    expect(run.find('clock')).toMatchObject({ status, message: expect.stringContaining(message) })
    expect(run.find('you')?.status).toBe('ok')
  })

  test('is compared with nothing where the service does not say the time', async () => {
    const { url } = await serve((request, response) => {
      response.sendDate = false
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(request.url === '/v1/me' ? JSON.stringify(ME) : '{"status":"ok"}')
    })
    const run = await doctored({ DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: TOKEN })
    expect(run.find('clock')?.status).toBe('skipped')
    expect(run.find('version')?.status).toBe('skipped')
  })
})

describe('what answers', () => {
  const problem = (status: number, code: string, detail: string) => ({
    status,
    type: 'application/problem+json',
    body: { type: 'about:blank', title: 'No', status, detail, code, hint: 'ask an admin for a new one' },
  })
  test.each<{
    title: string
    answers: Parameters<typeof service>[0]
    check: string
    status: string
    message: string
    skipped?: string
  }>([
    {
      title: 'the page of something else',
      answers: { '/healthz': { body: '<h1>Log in to the Wi-Fi</h1>', type: 'text/html' } },
      check: 'healthz',
      status: 'failed',
      message: 'not an answer of drift-status',
      skipped: 'token',
    },
    {
      title: 'another API',
      answers: { '/healthz': { body: { healthy: true } } },
      check: 'healthz',
      status: 'failed',
      message: 'not an answer of drift-status',
      skipped: 'token',
    },
    {
      title: 'a service that is not ready',
      answers: { '/readyz': problem(503, 'interrupted', 'the service is stopping') },
      check: 'readyz',
      status: 'failed',
      message: 'the service is stopping',
    },
    {
      title: 'a service that does not know the token',
      answers: { '/v1/me': problem(401, 'not-logged-in', 'the token was revoked') },
      check: 'you',
      status: 'failed',
      message: 'the token was revoked',
      skipped: 'expiry',
    },
    {
      title: 'a service that repeats the token',
      answers: { '/v1/me': problem(401, 'not-logged-in', `no such token: ${TOKEN}`) },
      check: 'you',
      status: 'failed',
      message: 'no such token',
      skipped: 'expiry',
    },
    {
      title: 'a later service',
      answers: { '/healthz': { body: { status: 'ok', server: 'drift-status/99.0.0' } } },
      check: 'version',
      status: 'warning',
      message: 'the service is 99.0.0, and this program',
    },
    {
      title: 'a workspace in a zone of another planet',
      answers: {
        '/v1/settings': { body: { value: { name: 'A', plan: 'pro', timeZone: 'Mars/Olympus' }, revision: 1 } },
      },
      check: 'workspace-zone',
      status: 'failed',
      message: '"Mars/Olympus"',
    },
  ])('$title: $check is $status', async ({ answers, check, status, message, skipped }) => {
    const { url } = await serve(service(answers))
    const run = await doctored({ DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: TOKEN })
    expect(run.find(check)).toMatchObject({ status, message: expect.stringContaining(message) })
    if (skipped) expect(run.find(skipped)?.status).toBe('skipped')
    expect(run.text).not.toContain(SECRET)
  })

  test.each<{ title: string; me: object; check: string; status: string; message: string }>([
    {
      title: 'never expires',
      me: { token: { ...ME.token, expiresAt: null } },
      check: 'expiry',
      status: 'warning',
      message: 'never expires',
    },
    {
      title: 'expires in three days',
      me: { token: { ...ME.token, expiresAt: new Date(NOW + 3.5 * DAY).toISOString() } },
      check: 'expiry',
      status: 'warning',
      message: 'in 3 days',
    },
    {
      title: 'expires in a month',
      me: { token: { ...ME.token, expiresAt: new Date(NOW + 30 * DAY).toISOString() } },
      check: 'expiry',
      status: 'ok',
      message: 'in 30 days',
    },
    {
      title: 'belongs to nobody',
      me: { agent: null, email: null, name: 'ci' },
      check: 'you',
      status: 'ok',
      message: 'you are "ci", which is not an agent',
    },
    {
      title: 'may not read',
      me: { scopes: ['hours'] },
      check: 'scopes',
      status: 'ok',
      message: 'may set only the hours, and read nothing',
    },
    {
      title: 'may not read',
      me: { scopes: ['hours'] },
      check: 'workspace-zone',
      status: 'skipped',
      message: 'may not read',
    },
  ])('to a token that $title: $check is $status', async ({ me, check, status, message }) => {
    const { url } = await serve(service({ '/v1/me': { body: { ...ME, ...me } } }))
    const run = await doctored({ DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: TOKEN })
    expect(run.find(check)).toMatchObject({ status, message: expect.stringContaining(message) })
  })

  test('is asked nothing with a token where there is no token', async () => {
    const server = await serve(service())
    const run = await doctored({ DRIFT_STATUS_URL: server.url })
    expect(run.find('token')).toMatchObject({ status: 'failed', hint: 'set DRIFT_STATUS_TOKEN as well' })
    expect(run.named('skipped')).toEqual(['you', 'scopes', 'expiry', 'workspace-zone'])
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined])
  })
})

describe('a proxy', () => {
  // A name that only the proxy resolves; it leads to this machine.
  const URL_BEHIND = (port: number) => `https://workspace.test:${port}`

  test('is named with its variable and without its password, and the certificate is seen through it', async () => {
    const { port } = await serveTls('good', service())
    const through = await proxy()
    const HTTPS_PROXY = through.url.replace('//', '//ana:hunter22@')
    const run = await doctored(
      { DRIFT_STATUS_URL: URL_BEHIND(port), DRIFT_STATUS_TOKEN: TOKEN, HTTPS_PROXY },
      { ca: pem('authority') },
    )
    expect(run.find('proxy')?.message).toBe(`through ${through.url} (HTTPS_PROXY, with a name and a password)`)
    expect(run.named('failed')).toEqual([])
    expect(run.find('tls')?.status).toBe('ok')
    expect(run.find('you')?.status).toBe('ok')
    expect(through.asked[0]?.headers['proxy-authorization']).toBe(`Basic ${btoa('ana:hunter22')}`)
    expect(run.text).not.toContain('hunter22')
  })

  test.each([
    { status: 407, message: 'asks for a name and a password' },
    { status: 403, message: 'refused to connect' },
  ])('that answers $status is said to', async ({ status, message }) => {
    const through = await proxy(status)
    const run = await doctored({ DRIFT_STATUS_URL: URL_BEHIND(443), HTTPS_PROXY: through.url })
    expect(run.find('tls')).toMatchObject({ status: 'failed', message: expect.stringContaining(message) })
    expect(run.find('tls')?.hint).toContain('NO_PROXY=workspace.test')
  })

  test('that is not a URL is a failed check that repeats nothing of it', async () => {
    const run = await doctored({ DRIFT_STATUS_URL: URL_BEHIND(443), HTTPS_PROXY: 'ftp://ana:hunter22@proxy' })
    expect(run.find('proxy')).toMatchObject({ status: 'failed', message: expect.stringContaining('HTTPS_PROXY') })
    expect(run.find('tls')?.status).toBe('skipped')
    expect(run.text).not.toContain('hunter22')
  })

  test('is left out for this machine, and that is said', async () => {
    const { url } = await serve(service())
    const run = await doctored({ DRIFT_STATUS_URL: url, HTTPS_PROXY: 'http://127.0.0.1:9' })
    expect(run.find('proxy')?.message).toBe('none: HTTPS_PROXY is set, and this machine is reached without')
  })
})
