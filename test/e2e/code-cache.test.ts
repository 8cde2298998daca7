import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { crc32 } from 'node:zlib'
import { execa, execaSync } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { unless } from '../skip-reason.js'
import { BIN } from './run-command.js'

const isWindows = process.platform === 'win32'
const isRoot = process.geteuid?.() === 0
const SOMEBODY = 65_534
const LINE = ['simulate', '--file', 'docs/sample/acme.yaml', '--at', '2026-11-27T17:30-05:00', '--json']

/** What LINE answers where nothing is kept. */
let answer = ''

beforeAll(async () => {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
  answer = (await run({ NODE_DISABLE_COMPILE_CACHE: '1' })).stdout
})

function run(env: Readonly<Record<string, string>>, line: readonly string[] = LINE) {
  return execa(process.execPath, [BIN, ...line], { env, reject: false, timeout: 20_000 })
}

/** A cache folder of its own in which LINE has been run. */
async function filledCache() {
  const base = join(mkdtempSync(join(tmpdir(), 'drift-status-cache-')), 'cache')
  const env = { DRIFT_STATUS_CACHE_DIR: base }
  expect((await run(env)).stdout).toBe(answer)
  const folder = join(base, readdirSync(base)[0]!)
  return { base, env, folder, file: fileOf(folder, 'command-simulate') }
}

/** The file of one name, which also tells the folder of the build. */
function fileOf(folder: string, name: string): string {
  return join(folder, readdirSync(folder).find((file) => file.startsWith(`${name}-`) && file.endsWith('.bin'))!)
}

type Cache = Awaited<ReturnType<typeof filledCache>>

/** A start that answers rightly, says nothing else, and ends by itself. */
async function expectAnswer({ env }: { readonly env: Readonly<Record<string, string>> }): Promise<void> {
  const { stdout, stderr, exitCode, signal } = await run(env)
  expect({ stderr, exitCode, signal, isRight: stdout === answer }).toEqual({
    stderr: '',
    exitCode: 0,
    signal: undefined,
    isRight: true,
  })
}

/** Whether V8 takes what is in the file: it is left as it is. */
async function isUsed({ env, file }: Cache): Promise<boolean> {
  const before = statSync(file, { bigint: true })
  await expectAnswer({ env })
  const after = statSync(file, { bigint: true })
  return before.ino === after.ino && before.mtimeNs === after.mtimeNs
}

/** Writes other code into a cache file as the program would, with a checksum that is right. */
function forge({ file }: Cache, code: Buffer): void {
  const sum = Buffer.alloc(4)
  // The executable runs without flags of its own.
  sum.writeUInt32LE(crc32(code, crc32(`${file}  ${process.env.NODE_OPTIONS}`)))
  writeFileSync(file, Buffer.concat([code, sum]), { mode: 0o600 })
}

describe('what V8 compiled is kept for the next start', () => {
  test('in files and folders of its owner alone, and is used from then on', async () => {
    const cache = await filledCache()
    expect(await isUsed(cache)).toBe(true)
    for (const name of ['', ...readdirSync(cache.folder)]) {
      expect(statSync(join(cache.folder, name)).mode & 0o077).toBe(0)
    }
    for (const name of ['command-simulate', 'package-yaml']) expect(existsSync(fileOf(cache.folder, name))).toBe(true)
  })

  test('for each copy of the build by itself, as stack traces show the path of the code', async () => {
    const { base, env, folder } = await filledCache()
    const copy = join(base, '..', 'copy')
    for (const part of ['bin', 'dist', 'package.json']) cpSync(part, join(copy, part), { recursive: true })
    const line = [join(copy, 'bin/drift-status.js'), 'simulate', '--file', 'docs/sample/acme.yaml']
    for (const _ of ['made', 'used']) {
      const coverage = mkdtempSync(join(tmpdir(), 'drift-status-coverage-'))
      await execa(process.execPath, line, { env: { ...env, NODE_V8_COVERAGE: coverage } })
      const report = readFileSync(join(coverage, readdirSync(coverage)[0]!), 'utf8')
      const { result } = JSON.parse(report) as { readonly result: readonly { readonly url: string }[] }
      const code = result.map(({ url }) => url).filter((url) => url.endsWith('/dist/cli.cjs'))
      expect(code).toEqual([`${pathToFileURL(realpathSync(copy))}/dist/cli.cjs`])
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('command-simulate-'))).toHaveLength(2)
  })

  test('but for a line that failed', async () => {
    const base = join(newFolder(), 'cache')
    await run({ DRIFT_STATUS_CACHE_DIR: base }, ['simulate', '--file', 'no-such-file'])
    expect(existsSync(base)).toBe(false)
  })

  test('a month later another build takes it away, and nothing else that lies there', async () => {
    const { base, folder, file, env } = await filledCache()
    const names = ['0.0.9-0123456789ab-v20.19.0-x64', '0.1.0-rc.1-0123456789ab-v22.0.0-arm64', 'photos', '2024-v1']
    for (const name of names) {
      mkdirSync(join(base, name))
      writeFileSync(join(base, name, 'a.bin'), '')
      utimesSync(join(base, name), 0, 0)
    }
    writeFileSync(join(base, 'notes.txt'), '')
    utimesSync(join(base, 'notes.txt'), 0, 0)
    unlinkSync(file)
    await run(env)
    expect(readdirSync(base).sort()).toEqual([basename(folder), '2024-v1', 'notes.txt', 'photos'].sort())
  })

  test.each([{ NODE_DISABLE_COMPILE_CACHE: '1' }, { DRIFT_STATUS_CACHE_DIR: '/dev/null/no-folder' }])(
    'without a place for it a command answers all the same: %o',
    async (env) => {
      const { stdout, stderr, exitCode } = await run(env)
      expect({ stderr, exitCode, isRight: stdout === answer }).toEqual({ stderr: '', exitCode: 0, isRight: true })
    },
  )

  test('a relative XDG_CACHE_HOME is ignored, as its specification says', async () => {
    const home = newFolder()
    const [cwd, bin] = [newFolder(), join(process.cwd(), BIN)]
    const line = ['hours', 'next', '--file', join(process.cwd(), 'docs/sample/acme.yaml')]
    await execa(process.execPath, [bin, ...line], { cwd, env: { HOME: home, XDG_CACHE_HOME: 'here' } })
    expect([readdirSync(cwd), existsSync(join(home, '.cache', 'drift-status'))]).toEqual([[], true])
  })
})

describe('compiled code that is not what was written', () => {
  test.each<[string, (file: string) => void]>([
    ['cut short', (file) => truncateSync(file, 100)],
    ['cut to less than a checksum', (file) => truncateSync(file, 3)],
    ['empty', (file) => truncateSync(file, 0)],
    ['longer', (file) => writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(64)]))],
    ['another text', (file) => writeFileSync(file, 'no code at all'.repeat(1000))],
    ['huge', (file) => truncateSync(file, 2 ** 33)],
    ['of another command', (file) => writeFileSync(file, readFileSync(fileOf(dirname(file), 'package-yaml')))],
  ])('is not used when it is %s, and made again', async (_, spoil) => {
    const cache = await filledCache()
    spoil(cache.file)
    expect(await isUsed(cache)).toBe(false)
    expect(await isUsed(cache)).toBe(true)
  })

  test('is not used with one bit flipped, wherever that is', async () => {
    const cache = await filledCache()
    const whole = readFileSync(cache.file)
    for (let flip = 0; flip < 12; flip++) {
      const bytes = Buffer.from(whole)
      // All over the file, its first and last bytes included.
      const place = Math.round(((bytes.length - 1) * flip) / 11)
      bytes[place]! ^= 1 << (flip % 8)
      writeFileSync(cache.file, bytes)
      expect({ place, isUsed: await isUsed(cache) }).toEqual({ place, isUsed: false })
    }
  })

  test('is not used with other flags of V8', async () => {
    const cache = await filledCache()
    const before = statSync(cache.file).ino
    await expectAnswer({ env: { ...cache.env, NODE_OPTIONS: '--stack-trace-limit=9' } })
    expect(statSync(cache.file).ino).not.toBe(before)
  })
})

describe('a start with kept code that does not come to its end', () => {
  test('by a crash: the next start makes the code anew', async () => {
    const cache = await filledCache()
    const code = readFileSync(cache.file).subarray(0, -4)
    // Behind the header, which V8 looks at, there is nothing that it could run.
    forge(cache, Buffer.concat([code.subarray(0, 64), Buffer.alloc(code.length - 64)]))
    const crashed = await run(cache.env)
    expect(crashed.signal ?? crashed.exitCode).not.toBe(0)
    await expectAnswer(cache)
    expect(await isUsed(cache)).toBe(true)
  })

  test.skipIf(isWindows)(
    unless(
      isWindows,
      'no signals on Windows',
      'by a signal: the next start makes the code anew, and while it runs none',
    ),
    async () => {
      const { base } = await filledCache()
      const env = { ...process.env, DRIFT_STATUS_CACHE_DIR: base, DRIFT_STATUS_CONFIG_DIR: newFolder() }
      await run(env, ['init', '--sample'])
      await run(env, ['status'])
      const file = fileOf(join(base, readdirSync(base)[0]!), 'command-status')
      const watch = spawn(process.execPath, [BIN, 'status', '--watch'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
      await new Promise((resolve) => watch.stdout.once('data', resolve))
      const before = statSync(file).ino
      await run(env, ['status'])
      expect(statSync(file).ino).toBe(before)
      watch.kill('SIGKILL')
      await new Promise((resolve) => watch.once('exit', resolve))
      const { stdout, exitCode } = await run(env, ['status'])
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining('LINE')])
      const made = statSync(file).ino
      expect(made).not.toBe(before)
      await run(env, ['status'])
      expect(statSync(file).ino).toBe(made)
    },
  )

  test.skipIf(isWindows)(
    unless(
      isWindows,
      'no marks without modes',
      'leaves a mark that may be anything without keeping a command from its work',
    ),
    async () => {
      const cache = await filledCache()
      const mark = join(cache.folder, 'command-simulate.running')
      const made: readonly (() => void)[] = [
        () => writeFileSync(mark, ''),
        () => writeFileSync(mark, 'x'.repeat(1000)),
        () => writeFileSync(mark, '-1'),
        () => symlinkSync('/etc/passwd', mark),
        () => mkdirSync(mark),
        () => execaSync('mkfifo', [mark]),
      ]
      for (const make of made) {
        rmSync(mark, { recursive: true, force: true })
        make()
        await expectAnswer(cache)
      }
      expect(readFileSync('/etc/passwd', 'utf8')).not.toBe('')
    },
  )
})

describe.skipIf(isWindows)(unless(isWindows, 'Windows has neither modes nor owners', 'compiled code of others'), () => {
  /** Puts a link in place of the cache file, which is elsewhere then, and as good as before. */
  function linked({ file }: Cache): string {
    const elsewhere = join(newFolder(), 'elsewhere.bin')
    renameSync(file, elsewhere)
    symlinkSync(elsewhere, file)
    return elsewhere
  }

  test.each<[string, (cache: Cache) => void]>([
    ['writable by others', ({ file }) => chmodSync(file, 0o666)],
    ['writable by a group', ({ file }) => chmodSync(file, 0o620)],
    ['a link', linked],
    ['a link to nothing', (cache) => unlinkSync(linked(cache))],
    ['a link to a device', ({ file }) => execaSync('ln', ['-sf', '/dev/zero', file])],
    ['a pipe', ({ file }) => execaSync('sh', ['-c', 'rm "$0" && mkfifo "$0"', file])],
  ])('is not used when the file is %s, and made again', async (_, spoil) => {
    const cache = await filledCache()
    spoil(cache)
    await expectAnswer(cache)
    const made = lstatSync(cache.file)
    expect([made.isFile(), made.mode & 0o777]).toEqual([true, 0o600])
    expect(await isUsed(cache)).toBe(true)
  })

  test('a folder in place of the file keeps no command from its work', async () => {
    const cache = await filledCache()
    unlinkSync(cache.file)
    mkdirSync(cache.file)
    await expectAnswer(cache)
    expect(readdirSync(cache.folder).filter((name) => name.includes('.bin.'))).toEqual([])
  })

  test('what a link in place of the file points to is never written', async () => {
    const cache = await filledCache()
    const victim = join(newFolder(), 'victim')
    writeFileSync(victim, 'mine')
    unlinkSync(cache.file)
    symlinkSync(victim, cache.file)
    await expectAnswer(cache)
    expect(readFileSync(victim, 'utf8')).toBe('mine')
  })

  /** The folder that code is in, and the one around it. */
  const FOLDERS: readonly (keyof Pick<Cache, 'base' | 'folder'>)[] = ['base', 'folder']

  describe.each(FOLDERS)('is neither used nor written when the %s', (which) => {
    test.each<[string, (path: string) => void]>([
      ['is writable by everyone', (path) => chmodSync(path, 0o777)],
      ['is writable by everyone, as /tmp is', (path) => chmodSync(path, 0o1777)],
      ['is writable by a group', (path) => chmodSync(path, 0o770)],
      [
        'is a link',
        (path) => {
          renameSync(path, `${path}-moved`)
          symlinkSync(`${path}-moved`, path)
        },
      ],
    ])('%s', async (_, open) => {
      const cache = await filledCache()
      open(cache[which])
      // Code that would crash a start that used it.
      forge(cache, Buffer.alloc(statSync(cache.file).size))
      expect(await isUsed(cache)).toBe(true)
      expect(readdirSync(cache.folder).filter((name) => name.includes('running'))).toEqual([])
    })
  })

  test.skipIf(!isRoot).each<[string, (cache: Cache) => void]>([
    ['the file', ({ file }) => chownSync(file, SOMEBODY, SOMEBODY)],
    ['the folder', ({ folder }) => chownSync(folder, SOMEBODY, SOMEBODY)],
    ['the folder around it', ({ base }) => chownSync(base, SOMEBODY, SOMEBODY)],
  ])(
    unless(!isRoot, 'only root can give files away', 'is not used when %s belongs to somebody else'),
    async (_, give) => {
      const cache = await filledCache()
      const theirs = Buffer.alloc(statSync(cache.file).size)
      forge(cache, theirs)
      give(cache)
      await expectAnswer(cache)
      expect(statSync(cache.folder).uid === SOMEBODY || lstatSync(cache.file).uid === 0).toBe(true)
    },
  )

  test.skipIf(!isRoot)(
    unless(
      !isRoot,
      'only root can give files away',
      'nothing is made in the home of somebody else, where sudo may leave us',
    ),
    async () => {
      const home = newFolder()
      chownSync(home, SOMEBODY, SOMEBODY)
      await expectAnswer({ env: { HOME: home, XDG_CACHE_HOME: '', DRIFT_STATUS_CACHE_DIR: '' } })
      expect(readdirSync(home)).toEqual([])
    },
  )

  test('a second name of the file is no way around: what is read is what was opened', async () => {
    const cache = await filledCache()
    const shared = newFolder()
    linkSync(cache.file, join(shared, 'same.bin'))
    expect(await isUsed(cache)).toBe(true)
    chmodSync(join(shared, 'same.bin'), 0o666)
    expect(await isUsed(cache)).toBe(false)
  })
})
