import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../api/network/servers.js'
import { fixture, fixtureServer, type Replies } from '../../drift/fixture-server.js'
import { doctored, NOW } from './doctor-run.js'

const TOKEN = '1234567890-1234-1234-123456'
const INFO = 'POST /app/token_info'
const DATED = { 'content-type': 'application/json', date: new Date(NOW).toUTCString() }
const USERS = { status: 200, text: fixture('users-list'), headers: DATED }
const WELL: Replies = { 'GET /users/list': USERS, [INFO]: { fixture: 'token-info' } }

/** A machine whose only profile is a Drift account at an address. */
async function account(url: string, settings: object = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-test-'))
  const acme = { service: 'drift', url, agent: 'ana@acme.example', ...settings }
  const text = JSON.stringify({ current: 'acme', profiles: { acme } })
  writeFileSync(join(folder, 'profiles.json'), text, { mode: 0o600 })
  return doctored({ DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_TOKEN: TOKEN })
}

const DAY = 86_400_000
const expiring = (days: number) => ({
  status: 200,
  text: JSON.stringify({
    ...JSON.parse(fixture('token-info')),
    created_at: NOW - 10 * DAY,
    expires_in: (10 + days) * DAY,
  }),
})

describe('a Drift account', () => {
  test('that is well passes every check but for its token, which never expires', async () => {
    const { base } = await fixtureServer(WELL)
    const run = await account(base, { file: 'docs/sample/acme.yaml' })
    expect(run).toMatchObject({ profile: 'acme', service: 'drift' })
    expect([run.named('failed'), run.named('skipped'), run.named('warning')]).toEqual([[], [], ['expiry']])
    expect(run.find('account')?.message).toContain('the token belongs to organisation 123')
    expect(run.find('expiry')?.message).toMatch(/^the token never expires: .*; it is \d+ days old$/)
    expect(run.find('you')?.message).toBe('you are ana@acme.example (user 228225)')
    expect(run.find('document')?.message).toContain('docs/sample/acme.yaml is the workspace Acme')
    expect(run.find('token')?.message).toBe('(hidden) (environment variable DRIFT_STATUS_TOKEN)')
    expect(run.text).not.toContain(TOKEN)
  })

  test.each<{ title: string; replies?: Replies; settings?: object; check: string; status: string; message: string }>([
    {
      title: 'a token without user_write',
      replies: { [INFO]: { fixture: 'token-info-expiring' } },
      check: 'scopes',
      status: 'warning',
      message: 'may read users, and not set their availability (user_write)',
    },
    {
      title: 'a token that expired long ago',
      replies: { [INFO]: { fixture: 'token-info-expiring' } },
      check: 'expiry',
      status: 'failed',
      message: 'expired at',
    },
    {
      title: 'a token that ends tomorrow',
      replies: { [INFO]: expiring(1.5) },
      check: 'expiry',
      status: 'warning',
      message: 'in 1 day; it is 10 days old',
    },
    {
      title: 'a token that ends in a month',
      replies: { [INFO]: expiring(30) },
      check: 'expiry',
      status: 'ok',
      message: 'in 30 days; it is 10 days old',
    },
    {
      title: 'a token that Drift does not know',
      replies: { [INFO]: { status: 401, text: `{"error":{"type":"x","message":"no ${TOKEN}"}}` } },
      check: 'account',
      status: 'failed',
      message: 'Drift does not accept the token',
    },
    {
      title: 'a page in place of the API',
      replies: { 'GET /users/list': { status: 200, text: '<h1>Hotel</h1>', headers: { 'content-type': 'text/html' } } },
      check: 'service',
      status: 'warning',
      message: 'something that is not JSON',
    },
    {
      title: 'an API that fails',
      replies: { 'GET /users/list': { status: 500, text: '' } },
      check: 'service',
      status: 'failed',
      message: 'fails (500)',
    },
    {
      title: 'a user whom nobody knows',
      settings: { agent: 'eve@acme.example' },
      check: 'you',
      status: 'failed',
      message: '"eve@acme.example"',
    },
    {
      title: 'a profile without a user',
      settings: { agent: undefined },
      check: 'you',
      status: 'warning',
      message: 'names no Drift user',
    },
    {
      title: 'a document that is gone',
      settings: { file: '/nowhere/acme.yaml' },
      check: 'document',
      status: 'failed',
      message: '/nowhere/acme.yaml',
    },
    {
      title: 'a document with a mistake',
      settings: { file: 'package.json' },
      check: 'document',
      status: 'failed',
      message: 'package.json',
    },
    {
      title: 'a profile without a document',
      check: 'document',
      status: 'skipped',
      message: 'names no workspace document',
    },
  ])('with $title: $check is $status', async ({ replies, settings, check, status, message }) => {
    const { base } = await fixtureServer({ ...WELL, ...replies })
    const run = await account(base, settings)
    expect(run.find(check)).toMatchObject({ status, message: expect.stringContaining(message) })
    expect(run.text).not.toContain(TOKEN)
  })

  test('out of reach is one failed check; the document is looked at all the same', async () => {
    const run = await account(`http://127.0.0.1:${await freePort()}`, { file: 'docs/sample/acme.yaml' })
    expect(run.named('failed')).toEqual(['connection'])
    expect(run.named('skipped')).toEqual(['service', 'clock', 'token', 'account', 'scopes', 'expiry', 'you'])
    expect(run.find('document')?.status).toBe('ok')
  })
})
