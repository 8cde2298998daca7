import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { TOPICS } from '../../src/cli/commands/help.js'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { ALL_EXIT_CODES } from '../../src/cli/exit-codes.js'
import { VERSION } from '../../src/cli/start/version.js'
import { newFolder, runCli } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

describe('help', () => {
  test.each(COMMANDS.map(({ name, examples }) => ({ name, examples })))(
    '$name explains itself, with examples',
    async ({ name, examples }) => {
      const { stdout, exitCode } = await runCli([...name.split(' '), '--help'])
      expect(exitCode).toBe(0)
      expect(stdout).toContain(`Usage: drift-status ${name}`)
      expect(stdout).toContain('Shared flags (--json')
      // A long one goes on in further lines, as a shell takes it.
      const whole = stdout.replaceAll(/ \\\n +/g, ' ')
      for (const example of examples) expect(whole).toContain(`$ drift-status ${example}`)
    },
  )

  /** Examples that speak of what only a workspace with a history has. */
  const NEEDS_MORE: Readonly<Record<string, number>> = {
    'show 12': 5,
    'revert 12': 5,
    'revert 12 --dry-run': 5,
    'route end 17': 5,
    // Editing asks before it writes, and nobody can answer in a test.
    'hours edit': 2,
    'team hours edit sales': 2,
    'routing edit': 2,
    'playbook edit': 2,
    'playbook add leadbot --type bot --text "Talk to sales?" --url "/pricing*" --route team:sales --calendar': 6,
    'team add sales --name Sales --member 1 --member ana@acme.example': 6,
    'routing add enterprise --when "company.size>=500" --to team:sales': 6,
    'team remove sales': 2,
    'profile login': 2,
    'profile login prod --token-file token.txt': 5,
    'profile logout prod': 5,
    'profile remove staging --yes': 5,
    'agent remove 12': 5,
    'agent plan remove "24 dec"': 5,
    'agent plan remove "24 dec" ana': 5,
    'widget plan remove "24 dec 14:00"': 5,
    // In the afternoon that shift is over, and in the morning you are there already.
    'duty take front --instead ana': 5,
    'duty take front --from "tue 09:00"': 6,
    // A workspace file answers nobody.
    'duty feed create': 2,
    // Nobody publishes it, and there are no such calendars.
    'holidays add berlin https://example.com/berlin.ics --dry-run': 1,
    'duty feed revoke k3v9a2xp': 5,
    'holidays sync berlin': 5,
    'team hours clear sales 2026-12-24': 5,
    'holidays edit company': 2,
    // There is no such certificate.
    'serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem': 2,
  }

  /** Examples about shifts, which the sample has none of. */
  const OF_SHIFTS = /^duty (?!add|show|list|next)./
  const ROTA = { flags: '--from docs/sample/rota.yaml --agent ana@acme.example' }

  /** Examples about a holiday calendar, which the sample has none of. */
  const OF_HOLIDAYS = / company/

  /** A new secret goes to standard output alone; all that is said of it goes beside it. */
  const SAYS_MORE = /^token (create|rotate)/
  /** What a format of others cannot hold is told beside the text. */
  const HAS_NOTES = /^(team )?hours export/

  type Run = (args: readonly string[]) => ReturnType<typeof runCli>

  const DATABASE = 'postgres://drift@db.example/drift?sslmode=verify-full'
  const backupOf = async (run: Run) => {
    const path = join(newFolder(), 'backup.db')
    await run(['backup', path])
    return path
  }

  /** What examples name of a reader's own machine or workspace, and what stands for it here. */
  const STAND_INS: Readonly<Record<string, (run: Run) => Promise<string>>> = {
    'workspace.yaml': async () => {
      const path = join(newFolder(), 'workspace.yaml')
      copyFileSync('docs/sample/acme.yaml', path)
      return path
    },
    'days.yaml': async () => {
      const path = join(newFolder(), 'days.yaml')
      writeFileSync(path, 'days: [{ date: 2027-06-18, hours: closed }]\n')
      return path
    },
    'hours.yaml': async () => {
      const path = join(newFolder(), 'hours.yaml')
      writeFileSync(path, 'hours: { weekly: { mon: "09:00-17:00" }, exceptions: [] }\n')
      return path
    },
    'scenarios.yaml': async () => join(newFolder(), 'scenarios.yaml'),
    'plan.json': async (run) => {
      const path = join(newFolder(), 'plan.json')
      await run(['plan', 'docs/sample/acme.yaml', '--out', path])
      return path
    },
    'acme.db': async () => join(newFolder(), 'acme.db'),
    'acme-2026-11-27.db': backupOf,
    // The examples need no database: see test/postgres.
    [DATABASE]: async () => join(newFolder(), 'acme.db'),
    k3v9a2xp: async (run) => {
      const { stdout } = await run(['token', 'create', '--name', 'ci', '--scope', 'read', '--json'])
      return JSON.parse(stdout).token.id
    },
  }

  /** The arguments of a line, as a shell would hand them over: where its output goes is not one of them. */
  async function argumentsOf(line: string, run: Run): Promise<string[]> {
    const [command = ''] = line.split(' > ')
    const words = command.match(/"[^"]*"|\S+/g)!.map((word) => word.replaceAll('"', ''))
    const args = await Promise.all(words.map(async (word) => (await STAND_INS[word]?.(run)) ?? word))
    // The usual port may be in use on this machine.
    return args[0] === 'serve' ? [...args, '--port', '0'] : args
  }

  // An example that fails teaches the wrong thing: each runs as it stands, against the sample.
  const examples = COMMANDS.flatMap(({ examples: lines }) => lines).map((line) => ({
    line,
    exitCode: NEEDS_MORE[line],
  }))
  test.each(examples)('the example works: $line', async ({ line, exitCode: expected }) => {
    const run = line.startsWith('init') ? runCli : await sampleWorkspace(OF_SHIFTS.test(line) ? ROTA : {})
    if (OF_HOLIDAYS.test(line)) {
      await run(['holidays', 'add', 'company', '-'], { stdin: 'days: [{ yearly: 12-24, hours: closed }]' })
    }
    const { exitCode, stderr } = await run(await argumentsOf(line, run))
    if (expected !== undefined) expect({ exitCode, stderr }).toMatchObject({ exitCode: expected })
    else {
      const said = SAYS_MORE.test(line)
        ? expect.stringContaining('The secret is shown this once')
        : HAS_NOTES.test(line)
          ? expect.stringMatching(/^(note: .*\n)*$/)
          : ''
      expect({ stderr, isDone: [0, 3].includes(exitCode) }).toEqual({ stderr: said, isDone: true })
    }
  })

  test.each([['--version'], ['-V']])('%s prints the version alone', async (flag) => {
    expect(await runCli([flag])).toEqual({ exitCode: 0, stdout: `${VERSION}\n`, stderr: '' })
  })

  test('nothing at all shows help', async () => {
    const { stdout, exitCode } = await runCli([])
    expect(exitCode).toBe(0)
    expect(stdout).toContain('Start here:')
  })
})

describe('help TOPIC', () => {
  test.each([
    { words: 'times', says: '24 Dec 09:00' },
    { words: 'hours', says: 'mon-fri' },
    { words: 'conditions', says: 'company.size>=500' },
    { words: 'exit-codes', says: 'conflict' },
    { words: 'environment', says: 'DRIFT_STATUS_TOKEN' },
    { words: 'profiles', says: 'profile use prod' },
    { words: 'flags', says: '--no-pager' },
    { words: 'rules', says: 'R30 Links' },
    { words: 'R9', says: 'R9 With auto-offline on' },
    { words: 'r9', says: 'R9 With auto-offline on' },
    { words: 'hours set', says: 'Usage: drift-status hours set' },
    { words: 'agent', says: 'step away from the counter' },
    { words: '', says: 'Start here:' },
    { words: 'help', says: 'Topics: times' },
  ])('$words', async ({ words, says }) => {
    const { stdout, stderr, exitCode } = await runCli(['help', ...words.split(' ').filter(Boolean)])
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toContain(says)
  })

  test.each([
    { words: 'timse', says: 'did you mean "times"?' },
    { words: 'R99', says: 'there is no rule R99' },
  ])('$words is an error that names the nearest', async ({ words, says }) => {
    const { stderr, exitCode } = await runCli(['help', words])
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
  })

  test('every page is a topic', () => {
    const pages = readdirSync('docs/help').map((file) => file.replace('.md', ''))
    expect([...pages, 'rules', 'flags'].sort()).toEqual([...TOPICS].sort())
  })

  test('exit-codes and environment say what the code has', async () => {
    const codes = (await runCli(['help', 'exit-codes'])).stdout.matchAll(/^ +(\d+) /gm)
    expect(new Set([...codes].map(([, code]) => Number(code)))).toEqual(new Set(ALL_EXIT_CODES))
    const named = (await runCli(['help', 'environment'])).stdout
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))
    const used = new Set(
      sources.flatMap((path) => readFileSync(`src/${path}`, 'utf8').match(/\bDRIFT_STATUS_[A-Z_]*[A-Z]\b/g) ?? []),
    )
    for (const name of used) expect(named).toContain(name)
  })

  test.each([[60], [80], [120]])('no line of help is wider than %d columns', async (columns) => {
    for (const words of [
      '',
      'times',
      'hours',
      'conditions',
      'environment',
      'profiles',
      'flags',
      'rules',
      'hours set',
    ]) {
      const { stdout } = await runCli(['help', ...words.split(' ').filter(Boolean)], { isTTY: true, columns })
      for (const line of stripVTControlCharacters(stdout).split('\n'))
        expect(line.length, line).toBeLessThanOrEqual(columns)
    }
  })
})

describe('flags of every command may stand before it', () => {
  test.each([
    ['--json status', 'status --json'],
    ['--json=mode widget', 'widget --json=mode'],
    ['--utc --no-color hours next 2', 'hours next 2 --utc --no-color'],
    ['--profile local agent list --format csv', 'agent list --format csv --profile local'],
    ['--profile=local -q widget offline', 'widget offline -q --profile local'],
    ['--yes hours', 'hours --yes'],
  ])('%s is %s', async (before, behind) => {
    const told = async (line: string) => {
      const run = await sampleWorkspace({}, 'embedded')
      return run(line.split(' '))
    }
    expect(await told(before)).toEqual(await told(behind))
    expect((await told(before)).exitCode).toBe(0)
  })

  test.each(['--json', '--profile prod', '--yes --no-input'])('%s alone is not a command', async (line) => {
    const { exitCode, stderr } = await runCli(line.split(' '))
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('a command is missing') })
  })
})
