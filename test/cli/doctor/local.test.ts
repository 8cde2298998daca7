import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDriver } from '../../../src/service/store/sqlite/sqlite-driver.js'
import { openSqliteStore } from '../../../src/service/store/sqlite/sqlite-store.js'
import { unless } from '../../skip-reason.js'
import { newFolder, runCli } from '../fake-context.js'
import { doctored, NOW, SECRET, TOKEN } from './doctor-run.js'

const MADE = new Date(NOW - 3_600_000).toISOString()
const HAS_MODES = process.platform !== 'win32'

interface Machine {
  readonly folder: string
  readonly database: string
  doctor(env?: Readonly<Record<string, string>>): ReturnType<typeof doctored>
}

/** A machine with the sample workspace as profile "local", made an hour ago. */
async function machine(): Promise<Machine> {
  const folder = newFolder()
  const env = { DRIFT_STATUS_CONFIG_DIR: folder }
  expect(await runCli(['init', '--sample'], { env, now: MADE })).toMatchObject({ exitCode: 0 })
  // What was written is in the file itself, not in a log beside it.
  await execute(join(folder, 'local.db'), 'PRAGMA wal_checkpoint(TRUNCATE)')
  return { folder, database: join(folder, 'local.db'), doctor: (more) => doctored({ ...env, ...more }) }
}

async function execute(database: string, sql: string): Promise<void> {
  const Driver = await loadDriver()
  const opened = new Driver(database)
  opened.exec(sql)
  opened.close()
}

/**
 * Every file of a folder, with its mode and its bytes. The log that SQLite keeps beside a workspace, and the index of it, are left
 * out: both are empty here, and on Node 20 they go when the process that closed the workspace collects its garbage.
 */
function contentsOf(folder: string) {
  return readdirSync(folder)
    .filter((name) => !/-(wal|shm)$/.test(name))
    .map((name) => {
      const path = join(folder, name)
      return [name, statSync(path).mode, statSync(path).mtimeMs, readFileSync(path, 'latin1')]
    })
}

describe('a workspace file', () => {
  test('that is well passes every check, and nothing is written', async () => {
    const { folder, doctor, database } = await machine()
    const before = contentsOf(folder)
    const run = await doctor()
    expect([run.named('failed'), run.named('warning'), run.named('skipped')]).toEqual([[], [], []])
    expect(run).toMatchObject({ profile: 'local', service: 'local' })
    expect(run.find('revisions')?.message).toBe('revision 1, made 2026-11-23T16:00:00.000Z')
    expect(run.find('workspace-zone')?.message).toBe('the workspace is in America/New_York')
    expect(run.find('database')?.message).toMatch(`${database} opens (SQLite 3.`)
    expect(contentsOf(folder)).toEqual(before)
  })

  test('that others have open is looked at with what they wrote last', async () => {
    const { doctor, database, folder } = await machine()
    const store = await openSqliteStore(database)
    const env = { DRIFT_STATUS_CONFIG_DIR: folder }
    await runCli(['agent', 'away'], { env, now: MADE })
    expect(existsSync(`${database}-wal`)).toBe(true)
    const run = await doctor()
    await store.close()
    expect(run.find('revisions')?.message).toContain('revision 2')
    expect(run.named('failed')).toEqual([])
  })

  const GONE = ['disk', 'database', 'schema', 'integrity', 'revisions', 'workspace-zone', 'you']
  test.each<{
    title: string
    harm: (database: string) => unknown
    check: string
    status: string
    message: string
    hint?: string
    skipped?: readonly string[]
  }>([
    {
      title: 'that is gone',
      harm: (database) => rmSync(database),
      check: 'database-file',
      status: 'failed',
      message: 'is gone',
      hint: 'drift-status init',
      skipped: GONE,
    },
    {
      title: 'of a later version',
      harm: (database) => execute(database, 'PRAGMA user_version = 99'),
      check: 'database',
      status: 'failed',
      message: 'was written by a later version',
      hint: 'update drift-status',
      skipped: GONE.slice(2),
    },
    {
      title: 'of another program',
      harm: (database) => {
        rmSync(database)
        return execute(database, 'CREATE TABLE songs (title TEXT)')
      },
      check: 'database',
      status: 'failed',
      message: 'is not a workspace file',
      skipped: GONE.slice(2),
    },
    {
      title: 'that is not a database',
      harm: (database) => writeFileSync(database, 'hello '.repeat(1000)),
      check: 'database',
      status: 'failed',
      message: 'is not a workspace file',
      skipped: GONE.slice(2),
    },
    {
      title: 'with a page of zeros',
      harm: (database) => writeSync(openSync(database, 'r+'), Buffer.alloc(4096, 1), 0, 4096, 4096 * 4),
      check: 'integrity',
      status: 'failed',
      message: 'the file is damaged',
      hint: 'restore it from a copy',
      skipped: ['revisions', 'workspace-zone', 'you'],
    },
    {
      title: 'cut in the middle',
      harm: (database) => truncateSync(database, 4096 * 8),
      check: 'database',
      status: 'failed',
      message: 'is damaged',
      skipped: GONE.slice(2),
    },
    {
      title: 'without its workspace',
      harm: (database) => execute(database, 'DELETE FROM revision'),
      check: 'revisions',
      status: 'failed',
      message: 'holds no workspace',
      skipped: ['workspace-zone', 'you'],
    },
    {
      title: 'of a clock that was ahead',
      harm: (database) => execute(database, `UPDATE revision SET at = ${NOW + 86_400_000}`),
      check: 'revisions',
      status: 'warning',
      message: "ahead of this machine's clock",
      hint: 'set the clock',
    },
    {
      title: 'in a zone that this machine does not know',
      harm: (database) =>
        execute(database, "UPDATE section SET value = replace(value, 'America/New_York', 'Mars/Olympus')"),
      check: 'workspace-zone',
      status: 'failed',
      message: '"Mars/Olympus"',
    },
    {
      title: 'without you',
      harm: (database) => execute(database, "DELETE FROM agent WHERE email = 'sam@acme.example'"),
      check: 'you',
      status: 'failed',
      message: '"sam@acme.example", who is not an agent',
      hint: 'drift-status profile add NAME --database PATH --agent WHO',
    },
  ])('$title: $check is $status', async ({ harm, check, status, message, hint, skipped = [] }) => {
    const { doctor, database } = await machine()
    await harm(database)
    const run = await doctor()
    expect(run.find(check)).toMatchObject({ status, message: expect.stringContaining(message) })
    if (hint) expect(run.find(check)?.hint).toContain(hint)
    expect(run.named('failed')).toEqual(status === 'failed' ? [check] : [])
    expect(run.named('skipped')).toEqual(skipped)
  })

  test('of an earlier version is not migrated by being looked at', async () => {
    const { doctor, database } = await machine()
    copyFileSync('test/service/store/version-1.db', database)
    const before = readFileSync(database)
    const run = await doctor()
    expect(run.find('schema')).toMatchObject({
      status: 'ok',
      message: expect.stringMatching(/^version 1: the next command migrates it to \d/),
    })
    expect(run.find('integrity')?.status).toBe('ok')
    expect(readFileSync(database).equals(before)).toBe(true)
  })
})

describe.skipIf(!HAS_MODES)(unless(!HAS_MODES, 'modes say nothing on Windows', 'files that others may use'), () => {
  test.each<{ file: string; mode: number; check: string; status: string; message: string; chmod: string }>([
    {
      file: 'profiles.json',
      mode: 0o666,
      check: 'profiles-file',
      status: 'failed',
      message: 'can be changed by others (mode 0666)',
      chmod: '600',
    },
    {
      file: 'profiles.json',
      mode: 0o644,
      check: 'profiles-file',
      status: 'warning',
      message: 'can be read by others (mode 0644)',
      chmod: '600',
    },
    {
      file: 'credentials.json',
      mode: 0o640,
      check: 'credentials-file',
      status: 'failed',
      message: 'can be read by others (mode 0640)',
      chmod: '600',
    },
    {
      file: 'credentials.json',
      mode: 0o622,
      check: 'credentials-file',
      status: 'failed',
      message: 'can be changed by others',
      chmod: '600',
    },
    {
      file: '',
      mode: 0o755,
      check: 'config-folder',
      status: 'warning',
      message: 'can be read by others (mode 0755)',
      chmod: '700',
    },
    {
      file: '',
      mode: 0o777,
      check: 'config-folder',
      status: 'failed',
      message: 'can be changed by others (mode 0777)',
      chmod: '700',
    },
  ])('$file of mode $mode: $check is $status, with the command that mends it', async (one) => {
    const { folder, doctor } = await machine()
    const credentials = { version: 1, credentials: { prod: { token: TOKEN, origin: 'https://a.example' } } }
    writeFileSync(join(folder, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 })
    const path = join(folder, one.file).replace(/\/$/, '')
    chmodSync(path, one.mode)
    const run = await doctor()
    expect(run.find(one.check)).toEqual({
      status: one.status,
      message: expect.stringContaining(`${path} ${one.message}`),
      hint: `run "chmod ${one.chmod} ${path}"`,
    })
    expect(run.text).not.toContain(SECRET)
  })

  test.each<{ title: string; check: string; spoil: (folder: string) => void; message: string; hint: string }>([
    {
      title: 'a pipe in place of the profiles',
      check: 'profiles-file',
      spoil: (folder) => spawnSync('sh', ['-c', 'rm "$0" && mkfifo "$0"', join(folder, 'profiles.json')]),
      message: 'is a pipe or a device',
      hint: 'move it away',
    },
    ...(process.geteuid?.() === 0
      ? [
          {
            title: 'profiles of somebody else',
            check: 'profiles-file',
            spoil: (folder: string) => chownSync(join(folder, 'profiles.json'), 65_534, 65_534),
            message: 'belongs to another user',
            hint: 'chown',
          },
          {
            title: 'a folder of somebody else',
            check: 'config-folder',
            spoil: (folder: string) => chownSync(folder, 65_534, 65_534),
            message: 'belongs to another user',
            hint: 'chown',
          },
        ]
      : []),
  ])('$title: $check is failed, with what mends it', async ({ check, spoil, message, hint }) => {
    const { folder, doctor } = await machine()
    spoil(folder)
    expect((await doctor()).find(check)).toEqual({
      status: 'failed',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    })
  })

  test.each([
    { folder: 0o700, file: 0o666, status: 'ok', message: 'in a folder that you alone may enter' },
    { folder: 0o755, file: 0o600, status: 'ok', message: '(mode 0600)' },
    { folder: 0o755, file: 0o644, status: 'warning', message: 'can be read by others' },
    { folder: 0o755, file: 0o666, status: 'failed', message: 'can be changed by others' },
  ])(
    'a workspace file of mode $file in a folder of mode $folder: $status',
    async ({ folder, file, status, message }) => {
      const at = await machine()
      chmodSync(at.folder, folder)
      chmodSync(at.database, file)
      const run = await at.doctor()
      expect(run.find('database-file')).toMatchObject({ status, message: expect.stringContaining(message) })
    },
  )

  test('a file of profiles that others may change is not read', async () => {
    const { folder, doctor } = await machine()
    chmodSync(join(folder, 'profiles.json'), 0o666)
    const run = await doctor()
    expect(run.find('profile')).toEqual({
      status: 'skipped',
      message: 'not checked: it needs "profiles-file"',
      hint: null,
    })
    expect(run).toMatchObject({ profile: undefined, service: undefined })
  })
})

describe('a profile', () => {
  test.each<{ title: string; profiles: string; message: string }>([
    { title: 'in a file that is not JSON', profiles: '{"profiles"', message: 'is not valid JSON' },
    { title: 'that nobody made', profiles: '{"current":"prod","profiles":{}}', message: 'there is no profile "prod"' },
    { title: 'that none is in use', profiles: '{"profiles":{}}', message: 'there is no workspace yet' },
  ])('$title is a failed check', async ({ profiles, message }) => {
    const { folder, doctor } = await machine()
    writeFileSync(join(folder, 'profiles.json'), profiles)
    const run = await doctor()
    expect(run.find('profile')).toMatchObject({ status: 'failed', message: expect.stringContaining(message) })
    expect(run.named('failed')).toEqual(['profile'])
  })
})

describe('the command', () => {
  test('exits 0 without a failed check, and says so', async () => {
    const { folder } = await machine()
    const { exitCode, stdout, stderr } = await runCli(['doctor'], {
      env: { DRIFT_STATUS_CONFIG_DIR: folder },
      now: new Date(NOW).toISOString(),
    })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^ {2}ok +node +Node \d/)
    expect(stdout).toMatch(/\n\nEverything is well\n$/)
  })

  test('exits 1 with one, prints its hint below it, and counts', async () => {
    const { folder, database } = await machine()
    rmSync(database)
    const { exitCode, stdout } = await runCli(['doctor'], { env: { DRIFT_STATUS_CONFIG_DIR: folder } })
    expect(exitCode).toBe(1)
    const lines = stdout.split('\n')
    const at = lines.findIndex((line) => /^ {2}failed +database-file /.test(line))
    expect(lines[at + 1]).toMatch(/^ {10,}hint: put it back/)
    expect(stdout).toMatch(/\n1 of \d+ checks failed, 0 warnings\n$/)
  })

  test('answers in JSON', async () => {
    const { folder, database } = await machine()
    rmSync(database)
    const { stdout } = await runCli(['doctor', '--json'], { env: { DRIFT_STATUS_CONFIG_DIR: folder } })
    const answer = JSON.parse(stdout)
    expect(answer).toMatchObject({ profile: 'local', service: 'local', failed: 1, warnings: 0 })
    for (const check of answer.checks) {
      expect(check).toEqual({
        check: expect.stringMatching(/^[a-z-]+$/),
        status: expect.stringMatching(/^(ok|warning|failed|skipped)$/),
        message: expect.stringMatching(/\w{3}/),
        hint: check.status === 'failed' ? expect.any(String) : check.hint,
      })
    }
  })

  test('colours statuses where colour is', async () => {
    const { folder } = await machine()
    const { stdout } = await runCli(['doctor'], { env: { DRIFT_STATUS_CONFIG_DIR: folder }, isTTY: true })
    expect(stdout).toContain('\u001b[32mok\u001b[39m')
  })
})

describe('the built executable', () => {
  const isRoot = process.getuid?.() === 0
  test.skipIf(!HAS_MODES)(
    unless(
      !HAS_MODES,
      'modes say nothing on Windows',
      'says of a workspace that may not be written that it may be read',
    ),
    async () => {
      const { folder, database } = await machine()
      const files = [join(folder, 'profiles.json'), ...['', '-wal', '-shm'].map((end) => `${database}${end}`)]
      for (const file of files) if (existsSync(file)) chmodSync(file, 0o444)
      chmodSync(folder, 0o555)
      const before = contentsOf(folder)
      const { stdout } = spawnSync(process.execPath, ['bin/drift-status.js', 'doctor', '--json'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CACHE_DIR: join(folder, 'cache') },
        // Root may write everything: someone else looks.
        ...(isRoot && { uid: 65_534, gid: 65_534 }),
      })
      const { checks } = JSON.parse(stdout)
      const find = (name: string) => checks.find(({ check }: { check: string }) => check === name)
      expect(find('database')).toMatchObject({
        status: 'warning',
        message: expect.stringContaining('may not be written by you'),
      })
      expect(find('integrity').status).toBe('ok')
      expect(find('revisions').status).toBe('ok')
      expect(find('compile-cache')).toMatchObject({
        status: 'warning',
        hint: expect.stringContaining('DRIFT_STATUS_CACHE_DIR'),
      })
      expect(contentsOf(folder)).toEqual(before)
    },
  )
})
