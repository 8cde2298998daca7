import { describe, expect, test } from 'vitest'
import type { Scope } from '../../../src/api/contract/operation.js'
import { SCOPES } from '../../../src/api/contract/operation.js'
import { Checks, failed, ok } from '../../../src/cli/doctor/check.js'
import { scopesInWords } from '../../../src/cli/doctor/findings.js'
import { DriftStatusError } from '../../../src/domain/errors.js'
import { doctored, SECRET, TOKEN } from './doctor-run.js'

describe('what runs the program', () => {
  test.each([
    { node: '20.19.0', status: 'ok' },
    { node: '24.1.0', status: 'ok' },
    { node: '20.18.3', status: 'failed' },
    { node: '18.20.0', status: 'failed' },
  ])('Node $node: $status', async ({ node, status }) => {
    const run = await doctored({}, { runtime: { node } })
    expect(run.find('node')).toMatchObject({ status, message: expect.stringContaining(`Node ${node} (`) })
  })

  test.each([
    { tz: '2026a', status: 'ok' },
    { tz: '2024b', status: 'ok' },
    { tz: '2023c', status: 'warning' },
    { tz: undefined, status: 'warning' },
  ])('time-zone data $tz in 2026: $status', async ({ tz, status }) => {
    expect((await doctored({}, { runtime: { tz } })).find('time-zones')?.status).toBe(status)
  })

  test.each<{ env: Record<string, string>; check: string; status: string; message: string; hint?: string }>([
    { env: {}, check: 'variables', status: 'ok', message: 'DRIFT_STATUS_CONFIG_DIR=' },
    { env: { DRIFT_STATUS_TOKEN: TOKEN }, check: 'variables', status: 'ok', message: 'DRIFT_STATUS_TOKEN (set)' },
    {
      env: { DRIFT_STATUS_TOKENN: TOKEN },
      check: 'variables',
      status: 'warning',
      message: 'DRIFT_STATUS_TOKENN is set, and nothing reads it',
      hint: 'DRIFT_STATUS_TOKEN',
    },
    { env: { CI: '1' }, check: 'terminal', status: 'ok', message: 'CI: nothing asks' },
    {
      env: { NO_COLOR: '1', FORCE_COLOR: '1' },
      check: 'terminal',
      status: 'ok',
      message: 'NO_COLOR: nothing is coloured',
    },
    { env: { FORCE_COLOR: '1' }, check: 'terminal', status: 'ok', message: 'FORCE_COLOR=1' },
    {
      env: { NODE_EXTRA_CA_CERTS: 'package.json' },
      check: 'extra-certificates',
      status: 'ok',
      message: 'package.json',
    },
    {
      env: { NODE_EXTRA_CA_CERTS: '/nowhere.pem' },
      check: 'extra-certificates',
      status: 'warning',
      message: 'cannot be read',
    },
    {
      env: { XDG_CONFIG_HOME: 'settings' },
      check: 'base-folders',
      status: 'warning',
      message: 'XDG_CONFIG_HOME: a relative path',
      hint: 'whole path',
    },
    {
      env: { DRIFT_STATUS_CACHE_DIR: '/tmp' },
      check: 'compile-cache',
      status: 'warning',
      message: 'others could change it',
      hint: 'DRIFT_STATUS_CACHE_DIR',
    },
    { env: { NODE_DISABLE_COMPILE_CACHE: '1' }, check: 'compile-cache', status: 'ok', message: 'is not kept' },
    {
      env: { DRIFT_STATUS_CACHE_DIR: 'package.json/cache' },
      check: 'compile-cache',
      status: 'warning',
      message: 'cannot be kept',
      hint: 'DRIFT_STATUS_CACHE_DIR',
    },
  ])('with $env: $check is $status', async ({ env, check, status, message, hint }) => {
    const run = await doctored(env)
    expect(run.find(check)).toMatchObject({ status, message: expect.stringContaining(message) })
    if (hint) expect(run.find(check)?.hint).toContain(hint)
    expect(run.text).not.toContain(SECRET)
  })

  test('a token in the address of the service, or in a wrong variable, is not repeated', async () => {
    for (const env of [{ DRIFT_STATUS_URL: `https://${TOKEN}@a.example` }, { DRIFT_STATUS_URL: TOKEN }]) {
      const run = await doctored(env)
      expect(run.find('profile')?.status).toBe('failed')
      expect(run.text).not.toContain(SECRET)
    }
  })
})

describe('a check', () => {
  test('that takes too long fails, and what it waited for is told to stop', async () => {
    const checks = new Checks()
    let isStopped = false
    await checks.run('slow', { limitMs: 20 }, (signal) => {
      signal.addEventListener('abort', () => {
        isStopped = true
      })
      return new Promise<never>(() => {})
    })
    expect(checks.list).toMatchObject([{ check: 'slow', status: 'failed', message: 'did not end within 0.02 s' }])
    expect(isStopped).toBe(true)
  })

  test('that throws fails with what was thrown', async () => {
    const checks = new Checks()
    await checks.run('ours', {}, () => {
      throw new DriftStatusError('failed', 'it is raining', { hint: 'take an umbrella' })
    })
    await checks.run('other', {}, () => Promise.reject(new Error('boom\n  at line 3')))
    expect(checks.list).toEqual([
      { check: 'ours', status: 'failed', message: 'it is raining', hint: 'take an umbrella' },
      { check: 'other', status: 'failed', message: 'failed unexpectedly: boom', hint: null },
    ])
  })

  test('is skipped without what it needs, and so is what needs it', async () => {
    const checks = new Checks()
    await checks.run('first', {}, () => failed('no', 'do'))
    await checks.run('second', { needs: ['first'] }, () => ok('unreachable'))
    await checks.run('third', { needs: ['second', 'absent'] }, () => ok('unreachable'))
    await checks.run('fourth', { needs: ['absent'] }, () => ok('looked at'))
    expect(checks.list.map(({ status, message }) => [status, message])).toEqual([
      ['failed', 'no'],
      ['skipped', 'not checked: it needs "first"'],
      ['skipped', 'not checked: it needs "second"'],
      ['ok', 'looked at'],
    ])
  })

  test('shows no secret that is hidden', async () => {
    const checks = new Checks()
    checks.hide(TOKEN)
    await checks.run('leak', {}, () => failed(`it is ${TOKEN}`, `not ${TOKEN}`))
    expect(checks.list).toMatchObject([{ message: 'it is (hidden)', hint: 'not (hidden)' }])
  })
})

test.each<{ scopes: readonly Scope[]; words: string }>([
  { scopes: SCOPES, words: 'may do everything' },
  { scopes: ['read'], words: 'may only read' },
  { scopes: ['read', 'status:self'], words: 'may read, and set only its own status' },
  { scopes: ['status:self'], words: 'may set only its own status, and read nothing' },
  { scopes: ['read', 'status:self', 'status:any'], words: "may read, and set only everyone's status" },
  {
    scopes: ['read', 'hours', 'widget', 'routing'],
    words: 'may read, and set only the widget, the hours and routing, teams and playbooks',
  },
])('$scopes in words: $words', ({ scopes, words }) => {
  expect(scopesInWords(scopes)).toBe(words)
})
