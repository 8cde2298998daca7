import { chmodSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DriftStatusError } from '../../src/domain/errors.js'
import type { Profile } from '../../src/profiles/profile.js'
import { getProfile, readProfiles } from '../../src/profiles/profiles.js'
import { addProfile, updateProfiles } from '../../src/profiles/update-profiles.js'
import { unless } from '../skip-reason.js'
import { configFolderOf, modeOf } from './config-folder.js'

const isWindows = process.platform === 'win32'
const LOCAL: Profile = { service: 'local', database: '/x.db' }
const SHARED: Profile = { service: 'shared', url: 'https://status.acme.example' }
const USED = { isUsed: true, replaces: false }
const ADDED = { isUsed: false, replaces: false }

/** What the first version wrote, to the letter. */
const OLD =
  '{\n\t"current": "local",\n\t"profiles": {\n\t\t"local": {\n\t\t\t"service": "local",\n\t\t\t"database": "/x.db"\n\t\t}\n\t}\n}'

function thrown(work: () => unknown): DriftStatusError {
  try {
    work()
  } catch (error) {
    if (error instanceof DriftStatusError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('the file of profiles', () => {
  test('there are none while there is no file', () => {
    expect(readProfiles(configFolderOf().env)).toEqual({ profiles: {} })
  })

  test('one of the first version is read, as everyone may read it, and takes more profiles', async () => {
    const { env, mode } = configFolderOf({ 'profiles.json': [OLD, 0o644] })
    expect(readProfiles(env)).toEqual({ current: 'local', profiles: { local: LOCAL } })
    await addProfile(env, 'prod', SHARED, ADDED)
    expect(readProfiles(env)).toEqual({ current: 'local', profiles: { local: LOCAL, prod: SHARED } })
    if (!isWindows) expect(mode('profiles.json')).toBe('600')
  })

  test.skipIf(isWindows)(
    unless(isWindows, 'modes say nothing on Windows', 'it is made with mode 0600, in a folder of mode 0700'),
    async () => {
      const home = mkdtempSync(join(tmpdir(), 'drift-status-profiles-'))
      await addProfile({ XDG_CONFIG_HOME: home }, 'prod', SHARED, ADDED)
      expect(modeOf(join(home, 'drift-status'))).toBe('700')
      expect(modeOf(join(home, 'drift-status', 'profiles.json'))).toBe('600')
    },
  )

  test.skipIf(isWindows)(
    unless(
      isWindows,
      'modes say nothing on Windows',
      'its own folder is closed to others, a folder that you named is left as it is',
    ),
    async () => {
      const home = mkdtempSync(join(tmpdir(), 'drift-status-profiles-'))
      mkdirSync(join(home, 'drift-status'), { mode: 0o755 })
      await addProfile({ XDG_CONFIG_HOME: home }, 'prod', SHARED, ADDED)
      expect(modeOf(join(home, 'drift-status'))).toBe('700')
      const { env, folder } = configFolderOf()
      chmodSync(folder, 0o755)
      await addProfile(env, 'prod', SHARED, ADDED)
      expect(modeOf(folder)).toBe('755')
    },
  )

  const BROKEN = [
    { title: 'cut off', text: '{ "current": "prod", "prof', message: 'is not valid JSON' },
    { title: 'empty', text: '', message: 'is not valid JSON' },
    { title: 'a list', text: '[]', message: 'holds no profiles' },
    { title: 'null', text: 'null', message: 'holds no profiles' },
    { title: 'with a list of profiles', text: '{ "profiles": [] }', message: 'holds no profiles' },
    { title: 'with a number in use', text: '{ "current": 5 }', message: 'has a current profile that is not a name' },
    {
      title: 'with a profile of an unknown service',
      text: '{ "profiles": { "prod": { "service": "cloud" } } }',
      message: 'profile "prod" has service "cloud"',
    },
    {
      title: 'with a URL that would send a token in the clear',
      text: '{ "profiles": { "prod": { "service": "shared", "url": "http://acme.example" } } }',
      message: 'profile "prod" has a url that cannot be used',
    },
  ]
  test.each(BROKEN)(
    'one that is $title is an error that names it, and is never written over',
    async ({ text, message }) => {
      const { env, path, read } = configFolderOf({ 'profiles.json': [text] })
      const error = thrown(() => readProfiles(env))
      expect(error).toMatchObject({ code: 'invalid-input', reason: 'profiles-unreadable' })
      expect(error.message).toContain(path('profiles.json'))
      expect(error.message).toContain(message)
      await expect(addProfile(env, 'new', SHARED, USED)).rejects.toThrow(message)
      expect(read('profiles.json')).toBe(text)
    },
  )

  test.skipIf(isWindows).each([0o666, 0o620, 0o602])(
    unless(
      isWindows,
      'modes say nothing on Windows',
      'one of mode %o is refused: whoever writes it could send your token elsewhere',
    ),
    async (mode) => {
      const { env, path, read } = configFolderOf({ 'profiles.json': [OLD, mode] })
      expect(thrown(() => readProfiles(env))).toMatchObject({
        message: expect.stringContaining('can be changed by others'),
        hint: `run "chmod 600 ${path('profiles.json')}"`,
      })
      await expect(addProfile(env, 'new', SHARED, USED)).rejects.toThrow('can be changed by others')
      expect(read('profiles.json')).toBe(OLD)
    },
  )

  test('a folder in its place is an error that names it', () => {
    const { env, path } = configFolderOf()
    mkdirSync(path('profiles.json'), { mode: 0o700 })
    expect(thrown(() => readProfiles(env)).message).toContain(`${path('profiles.json')} cannot be read (EISDIR)`)
  })

  test('a folder that cannot be made is an error that names it', async () => {
    const { env, path } = configFolderOf({ file: [''] })
    const inFile = { ...env, DRIFT_STATUS_CONFIG_DIR: join(path('file'), 'inner') }
    await expect(addProfile(inFile, 'prod', SHARED, USED)).rejects.toThrow(
      `${join(path('file'), 'inner')} cannot be written`,
    )
  })
})

describe('adding', () => {
  test('the first profile is the one in use, another only when asked', async () => {
    const { env } = configFolderOf()
    await addProfile(env, 'one', SHARED, ADDED)
    await addProfile(env, 'two', LOCAL, ADDED)
    expect(readProfiles(env).current).toBe('one')
    await addProfile(env, 'three', LOCAL, USED)
    expect(readProfiles(env).current).toBe('three')
  })

  test('the same again changes nothing; another of the name is a conflict, unless it may replace', async () => {
    const { env, read } = configFolderOf()
    expect(await addProfile(env, 'prod', SHARED, ADDED)).toBe(true)
    const text = read('profiles.json')
    expect(await addProfile(env, 'prod', { ...SHARED }, ADDED)).toBe(false)
    await expect(addProfile(env, 'prod', LOCAL, ADDED)).rejects.toMatchObject({
      code: 'conflict',
      message: 'profile "prod" already names another workspace: https://status.acme.example',
    })
    expect(read('profiles.json')).toBe(text)
    expect(await addProfile(env, 'prod', LOCAL, { isUsed: false, replaces: true })).toBe(true)
    expect(readProfiles(env).profiles.prod).toEqual(LOCAL)
  })

  test('a change is made to what the file holds by then, not to what was read before', async () => {
    const { env } = configFolderOf()
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => addProfile(env, name, SHARED, ADDED)))
    expect(Object.keys(readProfiles(env).profiles).sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  test('settings that a later version added are kept', async () => {
    const text = JSON.stringify({ theme: 'dark', profiles: { prod: { ...SHARED, region: 'eu' } } })
    const { env, read } = configFolderOf({ 'profiles.json': [text] })
    await updateProfiles(env, (before) => ({ ...before, current: 'prod' }))
    expect(JSON.parse(read('profiles.json'))).toEqual({
      theme: 'dark',
      current: 'prod',
      profiles: { prod: { ...SHARED, region: 'eu' } },
    })
  })
})

describe('a name without a profile', () => {
  const profiles = { profiles: { prod: SHARED, staging: SHARED } }

  test.each([
    ['prd', 'did you mean "prod"?'],
    ['elsewhere', 'profiles: prod, staging'],
    ['constructor', 'profiles: prod, staging'],
  ])('%s: %s', (name, hint) => {
    expect(thrown(() => getProfile(profiles, name))).toMatchObject({ code: 'not-found', hint })
  })

  test('a token in its place is not repeated', () => {
    const { message, hint } = thrown(() => getProfile(profiles, 'dst_ab12_secret'))
    expect(message + hint).not.toContain('secret')
  })
})

test('nothing but the file is left behind', async () => {
  const { env, folder } = configFolderOf()
  await addProfile(env, 'prod', SHARED, USED)
  expect(readdirSync(folder)).toEqual(['profiles.json'])
})
