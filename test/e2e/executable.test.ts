import { cpSync, existsSync, mkdtempSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { unless } from '../skip-reason.js'

const BIN = 'bin/drift-status.js'
const SAMPLE = 'docs/sample/acme.yaml'

/** Runs the built executable as a user does: no terminal, no colour. */
function run(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) {
  return execa(process.execPath, [BIN, ...args], { reject: false, stripFinalNewline: false, ...options })
}

beforeAll(() => {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
})

describe('the executable', () => {
  test('decides from a file', async () => {
    const { stdout, stderr, exitCode } = await run(['simulate', '--file', SAMPLE, '--at', '2026-11-27T17:30-05:00'])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain('OFFLINE, Sam Reed gets the chat')
  })

  test('R36: a rota with a gap ends a pipeline with exit code 3, and its picture is a file', async () => {
    const rota = [
      'version: 1',
      'timeZone: Europe/Berlin',
      'hours: { weekly: { sun: "00:00-24:00" } }',
      'agents: [{ id: a }, { id: b }]',
      'duty:',
      '  shifts:',
      '    - { id: night, days: sun, hours: "00:00-02:30", agents: [a] }',
      '    - { id: day, days: sun, hours: "03:00-24:00", agents: [b] }',
    ].join('\n')
    const ask = (...words: string[]) => run(['coverage', '--file', '-', ...words], { input: rota })
    // The day of 25 hours: from 02:30 summer time to 03:00 winter time.
    const { stdout, stderr, exitCode } = await ask('--week', '2026-10-25', '--exit-code')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 3 })
    expect(stdout).toContain('open 25 h, staffed 23 h 30 min, nobody 1 h 30 min: Sun 02:30 +02:00-03:00\n')
    expect((await ask('--from', '2026-03-29', '--to', '2026-03-30', '--exit-code')).exitCode).toBe(0)
    expect((await ask('--week', '2026-10-25', '--json')).exitCode).toBe(0)
    const picture = await ask('--week', '2026-10-25', '--format', 'svg')
    expect(picture.stdout).toMatch(/^<\?xml .*<\/svg>\n$/s)
    const csv = await ask('--from', '2026-10-25', '--to', '2026-10-26', '--format', 'csv')
    expect(csv.stdout.split('\n')[2]).toBe('2026-10-25T02:30:00.000+02:00,2026-10-25T03:00:00.000+01:00,nobody,0,90')
  })

  test('decides from standard input', async () => {
    const { stdout } = await run(['simulate', '--file', '-', '--json'], { input: await readFile(SAMPLE, 'utf8') })
    expect(JSON.parse(stdout).timeZone).toBe('America/New_York')
  })

  const hasOwnSqlite = Number(process.versions.node.split('.')[0]) > 20
  test.skipIf(hasOwnSqlite)(
    unless(
      hasOwnSqlite,
      'Node has SQLite of its own',
      'without the packages that npm may leave out is one clear error',
    ),
    async () => {
      const copy = mkdtempSync(join(tmpdir(), 'drift-status-test-'))
      for (const part of ['bin', 'dist', 'package.json']) cpSync(part, join(copy, part), { recursive: true })
      const { stdout, stderr, exitCode } = await execa(
        process.execPath,
        [
          join(copy, BIN),
          'init',
          '--name',
          'Acme',
          '--time-zone',
          'UTC',
          '--your-name',
          'Ana',
          '--email',
          'ana@acme.example',
        ],
        {
          env: { DRIFT_STATUS_CONFIG_DIR: join(copy, 'config') },
          reject: false,
        },
      )
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
      expect(stderr).toBe(
        `error: Node ${process.versions.node} has no SQLite of its own, and @photostructure/sqlite is not installed\n` +
          'hint: use Node 22.13 or later, or install with optional dependencies',
      )
    },
  )

  test('what is bundled is named, with its licence', async () => {
    const { components } = JSON.parse(await readFile('dist/bundled.cdx.json', 'utf8'))
    const notices = await readFile('dist/THIRD-PARTY-NOTICES.txt', 'utf8')
    const names = components.map(({ name }: { name: string }) => name)
    expect(names).toEqual(expect.arrayContaining(['commander', 'fastify', 'pino', 'zod']))
    for (const { name, version } of components) expect(notices).toContain(`${name} ${version}\n`)
  })

  test('an answer longer than the buffer of a pipe arrives whole', async () => {
    const { stdout, exitCode } = await run(['simulate', '--file', SAMPLE, '--json', '--sequence', '20000'])
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout).sequence).toHaveLength(20_000)
  })

  test('a closed pipe ends quietly', async () => {
    const command = `"${process.execPath}" ${BIN} simulate --file ${SAMPLE} --json --sequence 200000 | head -n 1; echo "exit \${PIPESTATUS[0]}"`
    const { stdout, stderr } = await execa('bash', ['-c', command])
    expect({ stdout, stderr }).toEqual({ stdout: '{\nexit 0', stderr: '' })
  })

  const FULL = '/dev/full'
  test.runIf(existsSync(FULL)).each(['status', 'agent away', 'status --json', 'status --watch', '--version', '--help'])(
    unless(!existsSync(FULL), 'there is no /dev/full', 'a full disk behind standard output is one clear error: %s'),
    async (line) => {
      const env = { DRIFT_STATUS_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'drift-status-test-')) }
      await run(['init', '--sample'], { env })
      const command = `"${process.execPath}" ${BIN} ${line} > ${FULL}`
      const { stderr, exitCode } = await execa('bash', ['-c', command], { env, reject: false })
      expect(exitCode).toBe(1)
      expect(stderr).toContain('cannot write to standard output')
      expect(stderr.split('\n').length).toBeLessThanOrEqual(2)
    },
  )

  test.runIf(existsSync('/dev/zero'))(
    unless(!existsSync('/dev/zero'), 'there is no /dev/zero', 'a file without an end is refused'),
    async () => {
      const { stderr, exitCode } = await run(['simulate', '--file', '/dev/zero'])
      expect({ stderr, exitCode }).toMatchObject({
        stderr: expect.stringContaining('is longer than 16 MB'),
        exitCode: 2,
      })
    },
  )

  test('R6: every zone reads the same through the process clock as through Intl', async () => {
    // The executable reads zones through TZ; this process, through Intl.
    const { openDocument } = await import('../../src/api/workspace-questions.js')
    const zones = ['UTC', 'US/Eastern', ...Intl.supportedValuesOf('timeZone').filter((_, index) => index % 60 === 0)]
    for (const zone of zones) {
      const document = `version: 1\ntimeZone: ${zone}\nhours: { weekly: { sun: "01:30-23:30", wed: "22:00-03:00" } }\n`
      const { stdout } = await run(['hours', 'next', '300', '--file', '-', '--at', '2026-01-01', '--json'], {
        input: document,
      })
      const { changes } = JSON.parse(stdout)
      const workspace = openDocument(new TextEncoder().encode(document), zone)
      expect(changes).toEqual(workspace.nextHours(Date.parse(`${JSON.parse(stdout).at}`), 300).changes)
    }
  })

  test.each(['TZ=Asia/Tokyo', 'TZ=America/St_Johns'])(
    'the answer does not depend on where it runs: %s',
    async (setting) => {
      const [name = '', value = ''] = setting.split('=')
      const args = ['simulate', '--file', SAMPLE, '--at', '2026-11-27T17:30-05:00', '--json']
      const [here, there] = await Promise.all([run(args), run(args, { env: { [name]: value } })])
      expect(there.stdout).toBe(here.stdout)
    },
  )

  const isRoot = process.geteuid?.() === 0
  test.skipIf(!isRoot)(
    unless(
      !isRoot,
      'only root can be somebody else',
      'a user without a home is told so, and needs none for a document',
    ),
    async () => {
      // No user has this number, so the system knows no home for it.
      const who = { uid: 54_321, gid: 54_321, extendEnv: false, env: { PATH: process.env.PATH } } as const
      const asked = await execa(process.execPath, [BIN, 'simulate', '--file', SAMPLE], who)
      expect(asked.stdout).toContain('gets the chat')
      const { stderr, exitCode } = await execa(process.execPath, [BIN, 'status'], { ...who, reject: false })
      expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining('hint: set HOME'), exitCode: 2 })
    },
  )

  test('an expected failure shows no stack trace', async () => {
    const { stderr, stdout, exitCode } = await run(['simulate', '--file', 'no-such-file.yaml'])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toBe(
      'error: no-such-file.yaml does not exist\nhint: name a file that you may read, or - for standard input\n',
    )
  })
})

interface ScriptCoverage {
  readonly url: string
  readonly functions: readonly {
    readonly ranges: readonly { startOffset: number; endOffset: number; count: number }[]
  }[]
}

/** A text that only zod's own code holds: it is part of the command line's file, and the other packages have files of their own. */
const ZOD = 'invalid_union'

/** The packages whose code a command line runs, as the engine counts what it runs; the parser of lines left out. */
async function packagesOf(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-coverage-'))
  await execa(process.execPath, [BIN, ...args], { reject: false, env: { ...env, NODE_V8_COVERAGE: folder } })
  const [report = ''] = await readdir(folder)
  const { result } = JSON.parse(await readFile(join(folder, report), 'utf8')) as { result: ScriptCoverage[] }
  const scripts = result.filter(({ url }) => url.includes('/dist/'))
  expect(scripts.length).toBeGreaterThan(0)
  const packages = scripts.flatMap(({ url }) => /\/packages\/(.+)\.cjs$/.exec(url)?.[1] ?? [])
  const main = scripts.find(({ url }) => url.endsWith('/cli.cjs'))
  const source = main ? await readFile(fileURLToPath(main.url), 'utf8') : ''
  const hasZod = main && hasRun(main.functions, source.indexOf(ZOD), source.length)
  return [...packages, ...(hasZod ? ['zod'] : [])].filter((name) => name !== 'commander').sort()
}

/** Whether the module around a place ran: the outermost function that is not the whole file. */
function hasRun(functions: ScriptCoverage['functions'], place: number, length: number): boolean {
  const around = functions
    .map(({ ranges }) => ranges[0]!)
    .filter(
      ({ startOffset, endOffset }) =>
        startOffset <= place && place < endOffset && endOffset - startOffset < 0.9 * length,
    )
    .sort((a, b) => b.endOffset - b.startOffset - (a.endOffset - a.startOffset))
  return (around[0]?.count ?? 1) > 0
}

describe('what a shell asks at Tab', () => {
  const env = { DRIFT_STATUS_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'drift-status-complete-')) }
  beforeAll(async () => {
    await run(['init', '--sample'], { env })
  })

  test.each([
    ['agent show ', 'sam@acme.example\tSam Reed\nana@acme.example\tAna Flores\n'],
    ['agent show --profile local ', 'sam@acme.example\tSam Reed\n'],
    ['team edit ', 'sales\t'],
    ['routing edit ', 'owned'],
    ['playbook show ', 'welcome-online\t'],
    ['profile use ', 'local\t'],
    ['hours zone ', 'UTC\n'],
  ])('"%s" has an answer', async (line, start) => {
    const { stdout, stderr, exitCode } = await run(['__complete', '--', ...line.split(' ')], { env })
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain(`\n${start}`)
  })

  test.each(['agent show ', 'routing edit ', 'hours zone ', 'simulate --'])(
    '"%s" runs no date, schema, document, table or prompt library',
    async (line) => {
      expect(await packagesOf(['__complete', '--', ...line.split(' ')], env)).toEqual([])
    },
  )

  test.each(['agent show --profile nobody ', 'team edit --profile nobody '])(
    '"%s" offers nothing and is no error',
    async (line) => {
      expect(await run(['__complete', '--', ...line.split(' ')], { env })).toMatchObject({
        stdout: 'no-files\n',
        stderr: '',
        exitCode: 0,
      })
    },
  )
})

describe('start-up', () => {
  test.each(['--version', '--help', 'simulate --help', '__complete'])(
    '%s runs no date, schema, document, table or prompt library',
    async (line) => {
      expect(await packagesOf(line.split(' '))).toEqual([])
    },
  )

  test('the count is real: a simulation of a document runs those that it needs', async () => {
    const packages = await packagesOf(['simulate', '--file', SAMPLE, '--at', 'fri 17:30'])
    expect(packages).toEqual(['luxon', 'yaml', 'zod'])
  })
})
