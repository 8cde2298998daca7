import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { unless } from '../skip-reason.js'
import { configFolderOf, SECRET, TOKEN } from './config-folder.js'

const BIN = 'bin/drift-status.js'
const PROCESSES = 8
const isWindows = process.platform === 'win32'

beforeAll(() => {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
})

function run(args: readonly string[], env: Readonly<Record<string, string | undefined>>, options: object = {}) {
  return execa(process.execPath, [BIN, ...args], { reject: false, env: { ...env, CI: '1' }, ...options })
}

describe('eight processes at once', () => {
  test('add profiles and log in: none is lost', async () => {
    const { env, read, folder, mode } = configFolderOf()
    const names = Array.from({ length: PROCESSES }, (_, index) => `p${index}`)
    const added = await Promise.all(
      names.map((name) => run(['profile', 'add', name, '--url', 'https://status.acme.example'], env)),
    )
    expect(added.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      names.map(() => ({ exitCode: 0, stderr: '' })),
    )
    expect(Object.keys(JSON.parse(read('profiles.json')).profiles).sort()).toEqual(names)

    const login = (name: string) =>
      run(['profile', 'login', name, '--no-verify', '--token-file', '-'], env, { input: `token-of-${name}` })
    const loggedIn = await Promise.all(names.map(login))
    expect(loggedIn.map(({ exitCode }) => exitCode)).toEqual(names.map(() => 0))
    const tokens = JSON.parse(read('credentials.json')).credentials as Record<string, { token: string }>
    expect(Object.keys(tokens).sort()).toEqual(names)
    for (const name of names) expect(tokens[name]!.token).toBe(`token-of-${name}`)

    const removed = await Promise.all(names.slice(1).map((name) => run(['profile', 'remove', name, '--yes'], env)))
    expect(removed.map(({ exitCode }) => exitCode)).toEqual(names.slice(1).map(() => 0))
    expect(Object.keys(JSON.parse(read('profiles.json')).profiles)).toEqual(['p0'])
    expect(Object.keys(JSON.parse(read('credentials.json')).credentials)).toEqual(['p0'])
    if (!isWindows) expect([mode('profiles.json'), mode('credentials.json')]).toEqual(['600', '600'])
    expect(readdirSync(folder).sort()).toEqual(['credentials.json', 'profiles.json'])
  })
})

test.skipIf(isWindows)(
  unless(
    isWindows,
    'modes say nothing on Windows',
    'a file that you may not read is an error that says how to get it back',
  ),
  async () => {
    const { env, folder, path } = configFolderOf({ 'profiles.json': ['{}', 0o000] })
    // Root may read everything: then someone else tries.
    const isRoot = process.getuid?.() === 0
    if (isRoot) chmodSync(folder, 0o755)
    const { exitCode, stderr } = await run(['profile', 'list'], env, isRoot ? { uid: 65534 } : {})
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`${path('profiles.json')} cannot be read (EACCES)`)
    expect(stderr).toContain(`chmod 600 ${path('profiles.json')}`)
    chmodSync(path('profiles.json'), 0o600)
    expect(readFileSync(path('profiles.json'), 'utf8')).toBe('{}')
  },
)

test.skipIf(process.platform !== 'linux')(
  unless(
    process.platform !== 'linux',
    'only Linux shows them in /proc',
    'the words of a process that logs in hold no token',
  ),
  async () => {
    const { env } = configFolderOf()
    await run(['profile', 'add', 'prod', '--url', 'https://status.acme.example'], env)
    const login = run(['profile', 'login', '--no-verify', '--token-file', '-', '--verbose'], env, {
      input: undefined,
      stdin: 'pipe',
    })
    // It waits for its standard input: until then it can be looked at, as anyone on the machine can.
    const words = readFileSync(`/proc/${login.pid}/cmdline`, 'utf8')
    login.stdin!.end(TOKEN)
    const { exitCode, stdout, stderr } = await login
    expect(exitCode).toBe(0)
    expect(words).toContain('login')
    for (const text of [words, stdout, stderr]) expect(text).not.toContain(SECRET)
  },
)

const isScriptMissing = process.platform !== 'linux' || !existsSync('/usr/bin/script')

test.skipIf(isScriptMissing)(
  unless(
    isScriptMissing,
    'there is no script(1) to make a terminal',
    'at a terminal the token is asked for, and what is typed is not shown',
  ),
  async () => {
    const { env, read } = configFolderOf()
    await run(['profile', 'add', 'prod', '--url', 'https://status.acme.example'], env)
    const command = `${process.execPath} ${BIN} profile login --no-verify`
    const terminal = execa('/usr/bin/script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...env, CI: '', NO_COLOR: '1' },
      all: true,
      reject: false,
    })
    let screen = ''
    terminal.all.on('data', (chunk: Buffer) => {
      // Typed once it is asked for, as a person would.
      if (!screen.includes('Token for') && `${screen}${chunk}`.includes('Token for'))
        terminal.stdin!.write(`${TOKEN}\r`)
      screen += chunk
    })
    const { exitCode } = await terminal
    expect(exitCode).toBe(0)
    expect(screen).toContain('Token for https://status.acme.example')
    expect(screen).toContain('Logged in')
    expect(screen).not.toContain(SECRET)
    expect(screen).not.toContain('toggle')
    expect(JSON.parse(read('credentials.json')).credentials.prod.token).toBe(TOKEN)
  },
)
