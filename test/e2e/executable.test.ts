import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'

const BIN = 'bin/drift-status.js'
const SAMPLE = 'docs/sample/acme.yaml'

/** Runs the built executable as a user does: no terminal, no colour. */
function run(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) {
  return execa(process.execPath, [BIN, ...args], { reject: false, stripFinalNewline: false, ...options })
}

beforeAll(() => {
  if (!existsSync('dist/cli.js')) throw new Error('dist/ is missing: run "npm run build"')
})

describe('the executable', () => {
  test('decides from a file', async () => {
    const { stdout, stderr, exitCode } = await run(['simulate', '--file', SAMPLE, '--at', '2026-11-27T17:30-05:00'])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain('OFFLINE, Sam Reed gets the chat')
  })

  test('decides from standard input', async () => {
    const { stdout } = await run(['simulate', '--file', '-', '--json'], { input: await readFile(SAMPLE, 'utf8') })
    expect(JSON.parse(stdout).timeZone).toBe('America/New_York')
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

  test('R6: every zone reads the same through the process clock as through Intl', async () => {
    // The executable reads zones through TZ; this process, through Intl.
    const { openDocument } = await import('../../src/api/workspace-file.js')
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

  test('an expected failure shows no stack trace', async () => {
    const { stderr, stdout, exitCode } = await run(['simulate', '--file', 'no-such-file.yaml'])
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toBe(
      'error: no-such-file.yaml does not exist\nhint: name a workspace document with --file, or - for standard input\n',
    )
  })
})

/** The chunks that a command line loads, from the loader's own log. */
async function loadedSources(args: readonly string[]): Promise<string> {
  const preload = `data:text/javascript,${encodeURIComponent(
    `import { register } from 'node:module';
     register('data:text/javascript,' + encodeURIComponent('export async function load(url, context, next) { process._rawDebug("LOAD " + url); return next(url, context) }'))`,
  )}`
  const { stderr } = await execa(process.execPath, ['--import', preload, BIN, ...args], { reject: false })
  const files = [...stderr.matchAll(/LOAD file:\/\/(\S+\/dist\/\S+\.js)/g)].map((match) => match[1]!)
  expect(files.length).toBeGreaterThan(0)
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
}

describe('start-up', () => {
  /** Text that only the package's own code holds. */
  const HEAVY = {
    luxon: 'Invalid DateTime',
    zod: 'invalid_union',
    yaml: 'Map keys must be unique',
    'cli-table3': 'bottom-mid',
  }

  test.each(['--version', '--help', 'simulate --help'])(
    '%s loads no date, schema, document or table library',
    async (line) => {
      const source = await loadedSources(line.split(' '))
      const loaded = Object.entries(HEAVY).flatMap(([name, mark]) => (source.includes(mark) ? [name] : []))
      expect(loaded).toEqual([])
    },
  )

  test('the marks are real: each stands in the build', async () => {
    const files = await readdir('dist/chunks')
    const source = (await Promise.all(files.map((file) => readFile(`dist/chunks/${file}`, 'utf8')))).join('\n')
    for (const mark of Object.values(HEAVY)) expect(source).toContain(mark)
  })
})
