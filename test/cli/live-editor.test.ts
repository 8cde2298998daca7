import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { DriftStatusError } from '../../src/domain/errors.js'
import { newFolder, type Terminal } from './fake-context.js'
import { profileName, sampleWorkspace } from './sample-workspace.js'

/** An editor that makes of each text, in turn, what the list says, and keeps what it was shown. */
function editorOf(...edits: readonly ((text: string) => string)[]) {
  const shown: string[] = []
  return {
    shown,
    editor: (text: string) => {
      shown.push(text)
      const edit = edits[shown.length - 1]
      if (!edit) throw new Error('opened more often than the test edits')
      return edit(text)
    },
  }
}

const revisionOf = async (run: Awaited<ReturnType<typeof sampleWorkspace>>) =>
  JSON.parse((await run(['status', '--json'])).stdout).revision

const same = (text: string) => text
const MISTAKE = (text: string) => text.replace('sat: closed', 'sat: 9-17')
const SATURDAY = (text: string) => text.replace('sat: closed', 'sat: 10:00-12:00')

describe.each([
  {
    line: 'hours edit',
    edit: SATURDAY,
    mistake: (text: string) => text.replace('sat: closed', 'sat: 9-17'),
    error: '# error: hours.weekly.sat: "9-17" is not a time range',
    mend: (text: string) => text.replace('sat: 9-17', 'sat: 10:00-12:00'),
    says: 'The business hours are edited',
    tells: 'Sat: closed → 10:00-12:00',
  },
  {
    line: 'routing edit',
    edit: (text: string) => text.replace('team: sales', 'team: support'),
    mistake: (text: string) => text.replace('team: sales', 'team: suport'),
    error: '"suport" is not a team',
    mend: (text: string) => text.replace('team: suport', 'team: support'),
    says: 'The waterfall is edited',
    tells: 'Rule enterprise: team sales → team support',
  },
  {
    line: 'playbook edit',
    edit: (text: string) => text.replace('Talk to sales?', 'Talk to us?'),
    mistake: (text: string) => text.replace('message: Talk to sales?', 'mesage: Talk to us?'),
    error: 'unknown key "mesage"',
    mend: (text: string) => text.replace('    mesage:', '    message:'),
    says: 'The playbooks are edited',
    tells: 'Playbook leadbot: text “Talk to sales?” → “Talk to us?”',
  },
])('$line', ({ line, edit, mistake, error, mend, says, tells }) => {
  const args = line.split(' ')

  test('shows what would change, asks, and writes', async () => {
    const run = await sampleWorkspace()
    const { stdout, stderr, exitCode } = await run(args, { answers: [true], ...editorOf(edit) })
    expect(exitCode).toBe(0)
    expect(stderr).toContain(tells)
    expect(stdout).toContain(`${says} (Acme, profile ${profileName()}, revision 2)`)
    expect(stdout).toContain(`  ${tells}`)
  })

  test('changes nothing when the person says no', async () => {
    const run = await sampleWorkspace()
    const { stdout, exitCode } = await run(args, { answers: [false], ...editorOf(edit) })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 0 })
    expect(await revisionOf(run)).toBe(1)
  })

  test('opens again after a mistake, with the error as a comment and nothing lost', async () => {
    const run = await sampleWorkspace()
    const { shown, editor } = editorOf(mistake, mend)
    const { stdout, exitCode } = await run(args, { answers: [true], editor })
    expect(exitCode).toBe(0)
    expect(shown[1]).toContain(error)
    const kept = shown[1]!.split('\n').filter((row) => !/^# (?:error|hint): /.test(row))
    expect(kept.join('\n')).toBe(mistake(shown[0]!))
    expect(stdout).toContain(`${says} (Acme, profile ${profileName()}, revision 2)`)
  })

  test('gives up with the error when a mistake is left as it is', async () => {
    const run = await sampleWorkspace()
    const same = (text: string) => text
    const { stderr, exitCode } = await run(args, { answers: [], ...editorOf(mistake, same, same) })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(error.replace('# error: ', ''))
    expect(await revisionOf(run)).toBe(1)
  })

  test('opens a script once where nobody is there: its mistake is an error', async () => {
    const run = await sampleWorkspace()
    const { stderr, exitCode } = await run([...args, '--yes'], editorOf(mistake))
    expect(exitCode).toBe(2)
    expect(stderr).toContain(error.replace('# error: ', ''))
  })

  test('says that nothing changed when nothing is edited, and asks nothing', async () => {
    const run = await sampleWorkspace()
    const { stdout } = await run(args, { answers: [], ...editorOf((text) => text) })
    expect(stdout).toBe(`${says} (Acme, profile ${profileName()}: already so, nothing changed)\n`)
  })

  test('asks nothing with --yes, and writes nothing with --dry-run', async () => {
    const run = await sampleWorkspace()
    const rehearsal = await run([...args, '--dry-run'], editorOf(edit))
    expect(rehearsal.stdout).toContain('dry run: nothing was changed')
    expect(await revisionOf(run)).toBe(1)
    expect((await run([...args, '--yes'], editorOf(edit))).stdout).toContain(
      `${says} (Acme, profile ${profileName()}, revision 2)`,
    )
  })

  test('is a usage error where nobody can answer, before the editor opens', async () => {
    const run = await sampleWorkspace()
    const { stderr, exitCode } = await run(args, editorOf())
    expect(exitCode).toBe(2)
    expect(stderr).toContain('hint: add --yes')
  })
})

describe('what was typed is kept in a file that its owner alone may read, and the path is told', () => {
  const interrupt = () => {
    throw new DriftStatusError('interrupted', 'interrupted: nothing was changed')
  }
  const crash = () => {
    throw new DriftStatusError('failed', 'the editor "vi" ended with 1')
  }

  test.each<{ title: string; flags?: readonly string[]; terminal: Terminal; exitCode: number; typed?: string }>([
    { title: 'the person says no', terminal: { answers: [false], ...editorOf(SATURDAY) }, exitCode: 0 },
    {
      title: 'the person leaves the question',
      terminal: { answers: [true], asked: interrupt, ...editorOf(SATURDAY) },
      exitCode: 130,
    },
    {
      title: 'a mistake is left as it is',
      terminal: { answers: [], ...editorOf(MISTAKE, same, same) },
      exitCode: 2,
      typed: 'sat: 9-17',
    },
    {
      title: 'the editor fails the second time',
      terminal: { answers: [], ...editorOf(MISTAKE, crash) },
      exitCode: 1,
      typed: 'sat: 9-17',
    },
    { title: 'a rehearsal', flags: ['--dry-run'], terminal: editorOf(SATURDAY), exitCode: 0 },
    {
      title: 'something is wrong with us',
      terminal: {
        answers: [true],
        asked: () => {
          throw new TypeError('x is not a function')
        },
        ...editorOf(SATURDAY),
      },
      exitCode: 1,
    },
  ])('$title', async ({ flags = [], terminal, exitCode, typed = 'sat: 10:00-12:00' }) => {
    const run = await sampleWorkspace()
    const outcome = await run(['hours', 'edit', ...flags], terminal)
    expect(outcome.exitCode, outcome.stderr).toBe(exitCode)
    const [, path = ''] = /our text is kept: "drift-status hours edit --from (\S+)"/.exec(outcome.stderr) ?? []
    expect(readFileSync(path, 'utf8')).toContain(typed)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await revisionOf(run)).toBe(1)
    // The command takes back what was typed, whether it can be written or not.
    const back = await run(['hours', 'edit', '--from', path, '--yes'])
    expect(back.exitCode, back.stderr).toBe(typed.includes('9-17') ? 2 : 0)
    expect(await revisionOf(run)).toBe(typed.includes('9-17') ? 1 : 2)
  })

  test('a write that came in between', async () => {
    const run = await sampleWorkspace()
    const { editor } = editorOf(SATURDAY)
    const others: Promise<unknown>[] = []
    const { stderr, exitCode } = await run(['hours', 'edit'], {
      editor,
      answers: [
        {
          // biome-ignore lint/suspicious/noThenProperty: the other write is made while the question is open
          then(resolve: (answer: boolean) => void) {
            others.push(run(['hours', 'set', 'sat', '08:00-09:00']).then(() => resolve(true)))
          },
        },
      ],
    })
    await Promise.all(others)
    expect(exitCode).toBe(6)
    expect(stderr).toMatch(/hint: your text is kept: "drift-status hours edit --from \S+"/)
  })

  test.each([
    { title: 'written', terminal: { answers: [true], ...editorOf(SATURDAY) } },
    { title: 'nothing typed', terminal: { answers: [], ...editorOf(same) } },
    { title: 'nothing typed in an editor that fails', terminal: { answers: [], ...editorOf(crash) } },
  ])('nothing is kept: $title', async ({ terminal }) => {
    const run = await sampleWorkspace()
    const drafts = newFolder()
    vi.stubEnv('TMPDIR', drafts)
    try {
      expect((await run(['hours', 'edit'], terminal)).stderr).not.toContain('kept in')
    } finally {
      vi.unstubAllEnvs()
    }
    expect(readdirSync(drafts).filter((name) => !name.startsWith('drift-status-test-'))).toEqual([])
  })
})

describe('an editor', () => {
  test('that leaves no YAML opens again with the error', async () => {
    const run = await sampleWorkspace()
    const { shown, editor } = editorOf(
      (text) => `${text}\n  - [`,
      (text) => SATURDAY(text.replace('\n  - [', '')),
    )
    expect((await run(['hours', 'edit'], { answers: [true], editor })).exitCode).toBe(0)
    expect(shown[1]).toMatch(/^# error: /)
  })

  test('sees an error that quotes several lines as one comment', async () => {
    const run = await sampleWorkspace()
    const { shown, editor } = editorOf(
      (text) => text.replace('sat: closed', 'sat: "9-17\\nsun: 24h"'),
      (text) => SATURDAY(text.replace(/^ +sat: .*/m, '    sat: closed')),
    )
    expect((await run(['hours', 'edit'], { answers: [true], editor })).exitCode).toBe(0)
    expect(shown[1]).toMatch(/^# error: hours.weekly.sat: "9-17 sun: 24h" is not a time range/)
  })

  test('that leaves nothing says which key is missing', async () => {
    const run = await sampleWorkspace()
    const { stderr, exitCode } = await run(['hours', 'edit'], {
      answers: [],
      ...editorOf(
        () => '',
        () => '',
        () => '',
      ),
    })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('your text needs the key hours')
  })
})

describe('a text that a file gives', () => {
  interface Case {
    readonly line: string
    readonly says: string
    readonly stdin?: string
  }
  const CASES: readonly Case[] = [
    { line: 'playbook edit --text x', says: 'the flags change one playbook, and none is named' },
    { line: 'playbook edit --from - --text x', says: 'the flags change one playbook, and none is named' },
    { line: 'playbook edit leadbot --from -', says: '--from takes the text of all, and playbook leadbot is named' },
    { line: 'playbook edit leadbot --from - --text x', says: 'and playbook leadbot is named' },
    { line: 'routing edit --name x', says: 'the flags change one rule, and none is named' },
    { line: 'routing edit owned --from -', says: '--from takes the text of all, and rule owned is named' },
    { line: 'playbook edit --from -', says: '"agents" is not a key of <stdin>', stdin: 'playbooks: []\nagents: []\n' },
    {
      line: 'playbook edit --from -',
      says: '<stdin> needs the key playbooks at its start',
      stdin: '- playbooks: []\n',
    },
    { line: 'hours edit --from -', says: 'hint: it holds what the editor shows: "hours:"' },
  ]
  test.each(CASES)('$line is refused, and changes nothing: $says', async ({ line, says, stdin = '' }) => {
    const run = await sampleWorkspace()
    const { exitCode, stderr } = await run([...line.split(' '), '--yes'], { stdin })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
    expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
  })
})
