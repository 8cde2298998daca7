import { describe, expect, test } from 'vitest'
import { hintOf } from '../../src/cli/next-steps.js'
import { type ProfileFlag, resolveProfile } from '../../src/profiles/resolve-profile.js'
import { requireToken, resolveToken } from '../../src/profiles/token.js'
import { configFolderOf, SECRET, TOKEN } from './config-folder.js'

const PROD = 'https://status.acme.example'
const PROFILES = JSON.stringify({
  current: 'local',
  profiles: {
    local: { service: 'local', database: '/x.db' },
    prod: { service: 'shared', url: PROD, protected: true },
    staging: { service: 'shared', url: 'https://staging.acme.example' },
    acme: { service: 'drift', agent: '2' },
  },
})
const KEPT = JSON.stringify({
  version: 1,
  credentials: {
    prod: { token: TOKEN, origin: PROD },
    staging: { token: TOKEN, origin: PROD },
    acme: { token: 'a-drift-token', origin: 'https://driftapi.com' },
  },
})

function machine(extra: Readonly<Record<string, string>> = {}) {
  const { env, path } = configFolderOf({ 'profiles.json': [PROFILES], 'credentials.json': [KEPT] })
  return { env: { ...env, ...extra }, file: { kind: 'file', path: path('profiles.json') }, path }
}

const FILE = 'file'
const variable = (name: string) => ({ kind: 'environment', name })

describe('the flag outranks the environment, which outranks the file', () => {
  interface Row {
    readonly flag?: ProfileFlag
    readonly env?: Readonly<Record<string, string>>
    readonly name: string | undefined
    readonly place: string
    readonly nameSource: unknown
    /** Of the URL or the file. */
    readonly placeSource: unknown
  }
  const URL = 'https://ci.acme.example'
  const FROM_FLAG = { kind: 'flag', name: '--profile' }
  const FROM_PROFILE = variable('DRIFT_STATUS_PROFILE')
  const FROM_URL = variable('DRIFT_STATUS_URL')
  const BOTH = { DRIFT_STATUS_PROFILE: 'staging', DRIFT_STATUS_URL: URL }

  test.each<Row>([
    { name: 'local', place: '/x.db', nameSource: FILE, placeSource: FILE },
    { env: { DRIFT_STATUS_PROFILE: 'prod' }, name: 'prod', place: PROD, nameSource: FROM_PROFILE, placeSource: FILE },
    { env: { DRIFT_STATUS_PROFILE: '' }, name: 'local', place: '/x.db', nameSource: FILE, placeSource: FILE },
    { flag: { value: 'prod' }, name: 'prod', place: PROD, nameSource: FROM_FLAG, placeSource: FILE },
    { flag: { value: 'prod' }, env: BOTH, name: 'prod', place: PROD, nameSource: FROM_FLAG, placeSource: FILE },
    { env: { DRIFT_STATUS_URL: URL }, name: undefined, place: URL, nameSource: FROM_URL, placeSource: FROM_URL },
    { env: BOTH, name: 'staging', place: URL, nameSource: FROM_PROFILE, placeSource: FROM_URL },
  ])('flag $flag.value, environment $env: $place', ({ flag = { value: undefined }, env, ...expected }) => {
    const { file, env: all } = machine(env)
    const { name, nameSource, profile, sources } = resolveProfile(flag, all)
    const place = profile.service === 'local' ? profile.database : profile.url
    const placeSource = sources[profile.service === 'local' ? 'database' : 'url']
    const said = (source: unknown) => (source === FILE ? file : source)
    expect({ name, place, nameSource, placeSource }).toEqual({
      ...expected,
      nameSource: said(expected.nameSource),
      placeSource: said(expected.placeSource),
    })
  })

  test('DRIFT_STATUS_URL alone needs no file, not even one that can be read', () => {
    const { env } = configFolderOf({ 'profiles.json': ['broken'] })
    expect(resolveProfile({ value: undefined }, { ...env, DRIFT_STATUS_URL: URL }).profile).toEqual({
      service: 'shared',
      url: URL,
    })
  })

  test.each(['http://ci.acme.example', 'nonsense'])('DRIFT_STATUS_URL=%s is an error that names it', (url) => {
    const { env } = machine({ DRIFT_STATUS_URL: url })
    expect(() => resolveProfile({ value: undefined }, env)).toThrow('DRIFT_STATUS_URL: ')
  })

  test('a protected profile stays protected wherever the environment sends it', () => {
    const { env } = machine({ DRIFT_STATUS_PROFILE: 'prod', DRIFT_STATUS_URL: URL })
    expect(resolveProfile({ value: undefined }, env).profile).toEqual({ service: 'shared', url: URL, protected: true })
  })

  test('what a profile leaves out is a default', () => {
    const { env, file } = machine()
    expect(resolveProfile({ value: 'acme' }, env).sources).toEqual({
      service: file,
      url: { kind: 'default' },
      agent: file,
      file: { kind: 'default' },
      protected: { kind: 'default' },
    })
  })
})

describe('a token', () => {
  test.each([
    { title: 'is the one kept for the profile', flag: 'prod', env: {}, token: TOKEN, source: 'file' },
    {
      title: 'of the environment outranks it',
      flag: 'prod',
      env: { DRIFT_STATUS_TOKEN: ' from-the-environment\n' },
      token: 'from-the-environment',
      source: 'environment',
    },
    { title: 'kept for another origin is not sent', flag: 'staging', env: {}, token: undefined, source: undefined },
    { title: 'of a Drift account is kept for Drift', flag: 'acme', env: {}, token: 'a-drift-token', source: 'file' },
    { title: 'is nothing for a file', flag: 'local', env: { DRIFT_STATUS_TOKEN: TOKEN }, token: undefined },
    {
      title: 'is not sent where DRIFT_STATUS_URL points instead',
      flag: undefined,
      env: { DRIFT_STATUS_PROFILE: 'prod', DRIFT_STATUS_URL: 'https://elsewhere.example' },
      token: undefined,
    },
    {
      title: 'is sent where DRIFT_STATUS_URL points when the environment gives it',
      flag: undefined,
      env: { DRIFT_STATUS_URL: 'https://elsewhere.example', DRIFT_STATUS_TOKEN: TOKEN },
      token: TOKEN,
      source: 'environment',
    },
  ])('$title', async ({ flag, env, token, source }) => {
    const { env: all } = machine(env as Record<string, string>)
    const found = await resolveToken(resolveProfile({ value: flag }, all), all)
    expect([found?.token, found?.source.kind]).toEqual([token, source])
  })

  test.each([
    {
      title: 'a profile without one',
      flag: 'staging',
      env: {},
      message: 'profile "staging" has no token',
      hint: 'profile login staging',
    },
    {
      title: 'a service of the environment without one',
      flag: undefined,
      env: { DRIFT_STATUS_URL: PROD },
      message: 'DRIFT_STATUS_URL names a service',
      hint: 'set DRIFT_STATUS_TOKEN',
    },
    {
      title: 'a service of the environment beside a profile that has its own',
      flag: undefined,
      env: { DRIFT_STATUS_URL: 'https://elsewhere.example', DRIFT_STATUS_PROFILE: 'staging' },
      message: 'DRIFT_STATUS_URL names a service',
      hint: 'set DRIFT_STATUS_TOKEN',
    },
  ])('$title is not logged in', async ({ flag, env, message, hint }) => {
    const { env: all } = machine(env as Record<string, string>)
    const resolved = resolveProfile({ value: flag }, all)
    const error = await requireToken(resolved, all).catch((caught) => caught)
    expect(error).toMatchObject({ code: 'not-logged-in', message: expect.stringContaining(message) })
    expect(hintOf(error)).toContain(hint)
  })

  test.each(['short', 'two words of it', `${TOKEN}\n${TOKEN}`, 'tökenökenöken', 'x'.repeat(5000)])(
    'of the environment that cannot be used is an error that does not repeat it',
    async (text) => {
      const { env } = machine({ DRIFT_STATUS_TOKEN: text })
      const error = await resolveToken(resolveProfile({ value: 'prod' }, env), env).catch((caught: Error) => caught)
      expect(error).toMatchObject({ code: 'usage' })
      const shown = `${(error as Error).stack} ${(error as { hint?: string }).hint}`
      expect(shown).toContain('DRIFT_STATUS_TOKEN is not a token')
      expect(shown).not.toContain(text)
      expect(shown).not.toContain(SECRET)
    },
  )
})
