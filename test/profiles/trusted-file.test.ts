import {
  chmodSync,
  chownSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { exitCodeOf } from '../../src/cli/exit-codes.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { credentialFile } from '../../src/profiles/credentials/credential-file.js'
import { findCredential } from '../../src/profiles/credentials/credentials.js'
import { type Environment, readProfiles } from '../../src/profiles/profiles.js'
import { addProfile } from '../../src/profiles/update-profiles.js'
import { BIN } from '../e2e/run-command.js'
import { unless } from '../skip-reason.js'
import { configFolderOf, TOKEN } from './config-folder.js'

const isWindows = process.platform === 'win32'
const isRoot = process.geteuid?.() === 0
const SOMEBODY = 65_534

const PROFILES = JSON.stringify({
  current: 'prod',
  profiles: { prod: { service: 'shared', url: 'https://a.example' } },
})
const CREDENTIALS = JSON.stringify({ version: 1, credentials: { prod: { token: TOKEN, origin: 'https://a.example' } } })

/** The two files, and how each is read and written. */
const FILES = [
  {
    name: 'profiles.json',
    read: async (env: Environment) => readProfiles(env).current,
    write: (env: Environment) =>
      addProfile(env, 'new', { service: 'local', database: '/x.db' }, { isUsed: true, replaces: true }),
  },
  {
    name: 'credentials.json',
    read: async (env: Environment) => (await findCredential('prod', env))?.token,
    write: (env: Environment) => credentialFile(env).write('new', { token: TOKEN, origin: 'https://a.example' }),
  },
]

function settings() {
  return configFolderOf({ 'profiles.json': [PROFILES], 'credentials.json': [CREDENTIALS] })
}

async function errorOf(work: Promise<unknown>): Promise<DriftStatusError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(DriftStatusError)
  return error as DriftStatusError
}

interface Case {
  readonly title: string
  readonly spoil: (path: string) => void
  readonly message: RegExp
  readonly hint: RegExp
}

const WRONG: readonly Case[] = [
  { title: 'cut off', spoil: (path) => truncateSync(path, 20), message: /is not valid JSON$/, hint: /move it away/ },
  {
    title: 'in UTF-16',
    spoil: (path) => writeFileSync(path, PROFILES, 'utf16le'),
    message: /is not valid JSON$|is not UTF-8/,
    hint: /move it away|save it/,
  },
  {
    title: 'with a byte order mark, as editors of Windows write it',
    spoil: (path) => writeFileSync(path, `\ufeff${PROFILES}`),
    message: /is not UTF-8 without a byte order mark$/,
    hint: /save it/,
  },
  {
    title: 'of bytes that are not text',
    spoil: (path) => writeFileSync(path, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
    message: /is not UTF-8/,
    hint: /save it/,
  },
  {
    title: 'huge',
    spoil: (path) => truncateSync(path, 2 ** 33),
    message: /is longer than 4 MB$/,
    hint: /move it away/,
  },
  {
    title: 'a folder',
    spoil: (path) => {
      rmSync(path)
      mkdirSync(path)
    },
    message: /cannot be read \(EISDIR\)$/,
    hint: /move it away/,
  },
]

const WRONG_ON_POSIX: readonly Case[] = [
  {
    title: 'a pipe that nobody writes to',
    spoil: (path) => execaSync('sh', ['-c', 'rm "$0" && mkfifo -m 600 "$0"', path]),
    message: /is a pipe or a device, not a file$/,
    hint: /move it away/,
  },
  {
    title: 'a link to a device without an end',
    spoil: (path) => execaSync('ln', ['-sf', '/dev/zero', path]),
    message: /is a pipe or a device, not a file$/,
    hint: /move it away/,
  },
  {
    title: 'a link to nothing',
    spoil: (path) => execaSync('ln', ['-sf', '/no/where', path]),
    message: /cannot be read \(ENOENT\)$/,
    hint: /move it away/,
  },
  {
    title: 'a link to itself',
    spoil: (path) => execaSync('sh', ['-c', 'rm "$0" && ln -s "$0" "$0"', path]),
    message: /cannot be read \(ELOOP\)$/,
    hint: /move it away/,
  },
  {
    title: 'one that others may change',
    spoil: (path) => chmodSync(path, 0o666),
    message: /can be (changed|read) by others \(mode 0666\)$/,
    hint: /^run "chmod 600 \/\S+json"$/,
  },
  {
    title: 'in a folder that others may change',
    spoil: (path) => chmodSync(join(path, '..'), 0o777),
    message: /can be changed by others \(mode 0777\)$/,
    hint: /^run "chmod 700 \/\S+"$/,
  },
]

const OF_SOMEBODY: readonly Case[] = [
  {
    title: 'one of somebody else',
    spoil: (path) => chownSync(path, SOMEBODY, SOMEBODY),
    message: /json belongs to another user \(65534\), not to you \(0\)$/,
    hint: /^run "sudo chown 0 \/\S+json" if you trust it/,
  },
  {
    title: 'in a folder of somebody else',
    spoil: (path) => chownSync(join(path, '..'), SOMEBODY, SOMEBODY),
    message: /belongs to another user \(65534\)/,
    hint: /^run "sudo chown 0 \/\S+" if you trust it/,
  },
  {
    title: 'a link of somebody else, to a file of yours',
    spoil: (path) => {
      renameSync(path, `${path}.mine`)
      symlinkSync(`${path}.mine`, path)
      lchownSync(path, SOMEBODY, SOMEBODY)
    },
    message: /is a link that belongs to another user \(65534\)/,
    hint: /^run "sudo chown -h 0 /,
  },
  {
    title: 'a link of yours, to a file of somebody else',
    spoil: (path) => {
      renameSync(path, `${path}.theirs`)
      symlinkSync(`${path}.theirs`, path)
      chownSync(`${path}.theirs`, SOMEBODY, SOMEBODY)
    },
    message: /belongs to another user \(65534\)/,
    hint: /^run "sudo chown 0 /,
  },
]

describe.each(FILES)('$name', ({ name, read, write }) => {
  async function expectRefusal({ spoil, message, hint }: Case): Promise<void> {
    const { env, path } = settings()
    spoil(path(name))
    for (const work of [read(env), write(env)]) {
      const error = await errorOf(work)
      expect([error.message, error.hint]).toEqual([expect.stringMatching(message), expect.stringMatching(hint)])
      expect(exitCodeOf(error)).toBe(2)
      expect(`${error.message}${error.hint}${error.stack}`).not.toContain(TOKEN.slice(-20))
    }
  }

  test.each(WRONG)('that is $title is one clear error', expectRefusal)

  test.skipIf(isWindows).each(WRONG_ON_POSIX)(
    unless(isWindows, 'Windows has none', 'that is $title is one clear error'),
    expectRefusal,
  )

  test.skipIf(!isRoot).each(OF_SOMEBODY)(
    unless(!isRoot, 'only root can give files away', 'that is $title is refused with what mends it'),
    expectRefusal,
  )

  test.skipIf(isWindows)(
    unless(
      isWindows,
      'links need a privilege on Windows',
      'behind links of your own is read and written, as managers of dotfiles make them',
    ),
    async () => {
      const { folder, env, path } = settings()
      renameSync(path(name), path(`${name}.kept`))
      symlinkSync(`${name}.kept`, path(name))
      const link = `${folder}-link`
      symlinkSync(folder, link)
      const linked = { ...env, DRIFT_STATUS_CONFIG_DIR: link }
      expect(await read(linked)).toBeDefined()
      await write(linked)
      expect(await read(linked)).toBeDefined()
    },
  )

  test.skipIf(isWindows)(
    unless(isWindows, 'Windows has no modes', 'names a path with a blank so that a shell takes it back'),
    async () => {
      const folder = join(mkdtempSync(join(tmpdir(), 'drift-status-profiles-')), "it's mine")
      mkdirSync(folder, { mode: 0o700 })
      writeFileSync(join(folder, name), '{}', { mode: 0o666 })
      chmodSync(join(folder, name), 0o666)
      const env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
      const { hint } = await errorOf(read(env))
      const command = /^run "(.*)"$/.exec(hint ?? '')?.[1] ?? ''
      execaSync('sh', ['-c', command])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    },
  )
})

describe.skipIf(!isRoot)(
  unless(!isRoot, 'only root can be left in the home of somebody else', 'root by sudo in the home of who asked'),
  () => {
    afterEach(() => vi.unstubAllEnvs())

    test('reads no settings of theirs, and says how to go on', async () => {
      const { env, folder, path } = settings()
      for (const one of [folder, path('profiles.json')]) chownSync(one, SOMEBODY, SOMEBODY)
      vi.stubEnv('SUDO_UID', `${SOMEBODY}`)
      expect((await errorOf(Promise.resolve().then(() => readProfiles(env)))).hint).toMatch(/^run it without sudo/)
    })

    test('makes nothing there that they could no longer use', async () => {
      const home = mkdtempSync(join(tmpdir(), 'drift-status-profiles-'))
      chownSync(home, SOMEBODY, SOMEBODY)
      vi.stubEnv('SUDO_UID', `${SOMEBODY}`)
      const env = { XDG_CONFIG_HOME: join(home, '.config') }
      const error = await errorOf(
        addProfile(env, 'new', { service: 'local', database: '/x.db' }, { isUsed: true, replaces: true }),
      )
      expect([error.message, error.hint]).toEqual([expect.stringContaining(home), expect.stringMatching(/sudo -H/)])
      expect(readdirSync(home)).toEqual([])
    })

    test('makes no workspace there either', () => {
      const home = mkdtempSync(join(tmpdir(), 'drift-status-profiles-'))
      chownSync(home, SOMEBODY, SOMEBODY)
      const env = { PATH: process.env.PATH, HOME: home, SUDO_UID: `${SOMEBODY}` }
      const { stderr, exitCode } = execaSync(process.execPath, [BIN, 'init', '--sample'], {
        env,
        extendEnv: false,
        reject: false,
      })
      expect([exitCode, stderr, readdirSync(home)]).toEqual([
        2,
        expect.stringContaining('hint: run it without sudo'),
        [],
      ])
    })

    test('settings of root that everyone may read are read by anyone', () => {
      const { folder, path } = settings()
      chmodSync(folder, 0o755)
      chmodSync(path('profiles.json'), 0o644)
      const env = { PATH: process.env.PATH, HOME: '/', DRIFT_STATUS_CONFIG_DIR: folder }
      const { stdout } = execaSync(process.execPath, [BIN, 'profile', 'list'], { env, extendEnv: false, uid: SOMEBODY })
      expect(stdout).toContain('https://a.example')
    })
  },
)
