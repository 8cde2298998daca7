import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { credentialFile } from '../../src/profiles/credentials/credential-file.js'
import {
  chooseStore,
  findCredential,
  removeCredential,
  saveCredential,
} from '../../src/profiles/credentials/credentials.js'
import { unless } from '../skip-reason.js'
import { configFolderOf, SECRET, TOKEN } from './config-folder.js'

const isWindows = process.platform === 'win32'
const ORIGIN = 'https://status.acme.example'
const CREDENTIAL = { token: TOKEN, origin: ORIGIN }
const KEPT = JSON.stringify({ version: 1, credentials: { prod: CREDENTIAL } })

/** What a promise is rejected with, as a person would read it. */
async function rejection(promise: Promise<unknown>): Promise<{ code: string; text: string }> {
  try {
    await promise
  } catch (error) {
    const { code, message, hint, stack, cause } = error as Error & { code: string; hint?: string }
    return { code, text: [message, hint, stack, (cause as Error | undefined)?.stack].join('\n') }
  }
  throw new Error('it was not rejected')
}

describe('the file of credentials', () => {
  test('gives back what it was given, and forgets what it is told to', async () => {
    const { env, path } = configFolderOf()
    const store = credentialFile(env)
    await store.write('prod', CREDENTIAL)
    await store.write('staging', { token: 'another-token', origin: 'http://localhost:1' })
    expect(await findCredential('prod', env)).toEqual({
      ...CREDENTIAL,
      source: { kind: 'file', path: path('credentials.json') },
    })
    expect(await removeCredential('prod', env)).toBe(true)
    expect(await removeCredential('prod', env)).toBe(false)
    expect(await findCredential('prod', env)).toBeUndefined()
    expect(await findCredential('staging', env)).toMatchObject({ token: 'another-token' })
  })

  test.skipIf(isWindows)(
    unless(
      isWindows,
      'modes say nothing on Windows',
      'has mode 0600 in a folder of mode 0700, and leaves nothing else behind',
    ),
    async () => {
      const { env, folder, mode } = configFolderOf()
      await credentialFile(env).write('prod', CREDENTIAL)
      expect([mode('.'), mode('credentials.json')]).toEqual(['700', '600'])
      expect(readdirSync(folder)).toEqual(['credentials.json'])
    },
  )

  test('a name that every object has is no entry', async () => {
    const { env } = configFolderOf({ 'credentials.json': [KEPT] })
    expect(await findCredential('constructor', env)).toBeUndefined()
  })

  test('looking for a token that is nowhere makes no file and no folder', async () => {
    const { env, path } = configFolderOf()
    const inner = { ...env, DRIFT_STATUS_CONFIG_DIR: path('inner') }
    expect(await findCredential('prod', inner)).toBeUndefined()
    expect(await removeCredential('prod', inner)).toBe(false)
    expect(existsSync(path('inner'))).toBe(false)
  })

  test.each([
    { title: 'cut off', text: KEPT.slice(0, -20), message: 'is not valid JSON' },
    { title: 'followed by more', text: `${KEPT} ${TOKEN}`, message: 'is not valid JSON' },
    { title: 'empty', text: '', message: 'is not valid JSON' },
    { title: 'null', text: 'null', message: 'holds no credentials' },
    {
      title: 'of a later version',
      text: KEPT.replace('1', '2'),
      message: 'holds no credentials that this version reads',
    },
    {
      title: 'without an origin',
      text: JSON.stringify({ version: 1, credentials: { prod: { token: TOKEN } } }),
      message: 'has no token and origin for profile "prod"',
    },
  ])('one that is $title is an error without a secret, and is never written over', async ({ text, message }) => {
    const { env, path, read } = configFolderOf({ 'credentials.json': [text] })
    for (const attempt of [
      () => findCredential('prod', env),
      () => credentialFile(env).write('new', CREDENTIAL),
      () => removeCredential('prod', env),
    ]) {
      const { code, text: shown } = await rejection(attempt())
      expect(code).toBe('invalid-input')
      expect(shown).toContain(`${path('credentials.json')} ${message}`)
      expect(shown).toContain('move it away')
      expect(shown).not.toContain(SECRET)
    }
    expect(read('credentials.json')).toBe(text)
  })

  test.skipIf(isWindows).each([0o640, 0o604, 0o644, 0o666, 0o610])(
    unless(isWindows, 'modes say nothing on Windows', 'one of mode %o is refused, with the command that mends it'),
    async (mode) => {
      const { env, path, read } = configFolderOf({ 'credentials.json': [KEPT, mode] })
      const { text } = await rejection(findCredential('prod', env))
      expect(text).toContain('can be read by others')
      expect(text).toContain(`chmod 600 ${path('credentials.json')}`)
      expect(text).not.toContain(SECRET)
      await rejection(credentialFile(env).write('new', CREDENTIAL))
      expect(read('credentials.json')).toBe(KEPT)
    },
  )

  test.skipIf(isWindows)(
    unless(
      isWindows,
      'modes say nothing on Windows',
      'no token is put into a folder that others may enter, nor read where they may write',
    ),
    async () => {
      const { env, folder } = configFolderOf()
      chmodSync(folder, 0o755)
      const { text } = await rejection(credentialFile(env).write('prod', CREDENTIAL))
      expect(text).toContain(`chmod 700 ${folder}`)
      expect(readdirSync(folder)).toEqual([])
      const open = configFolderOf({ 'credentials.json': [KEPT] })
      chmodSync(open.folder, 0o777)
      expect((await rejection(findCredential('prod', open.env))).text).toContain('can be changed by others')
    },
  )

  test('a folder in its place is an error that names it', async () => {
    const { env, path } = configFolderOf()
    mkdirSync(path('credentials.json'), { mode: 0o700 })
    expect((await rejection(findCredential('prod', env))).text).toContain('cannot be read (EISDIR)')
  })
})

describe('where a token is kept', () => {
  test.each(['file', undefined] as const)('a wanted file (%s, or by the environment) is a file', async (wanted) => {
    const { env } = configFolderOf()
    expect((await chooseStore(wanted, env)).place.kind).toBe('file')
  })

  test('an unknown place is an error of usage', async () => {
    const { env } = configFolderOf()
    const other = { ...env, DRIFT_STATUS_CREDENTIALS: 'vault' }
    expect(await rejection(chooseStore(undefined, other))).toMatchObject({ code: 'usage' })
    expect(await rejection(findCredential('prod', other))).toMatchObject({ code: 'usage' })
  })

  test('saving keeps it in one place', async () => {
    const { env, read } = configFolderOf({ 'credentials.json': [KEPT] })
    await saveCredential('prod', { token: 'a-new-token', origin: ORIGIN }, credentialFile(env), env)
    expect(read('credentials.json')).not.toContain(SECRET)
  })
})
