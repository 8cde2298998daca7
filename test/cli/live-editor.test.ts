import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

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

const SATURDAY = (text: string) => text.replace('sat: closed', 'sat: 10:00-12:00')

describe.each([
  {
    line: 'hours edit',
    edit: SATURDAY,
    mistake: (text: string) => text.replace('sat: closed', 'sat: 9-17'),
    error: '# error: hours.weekly.sat: "9-17" is not a time range',
    mend: (text: string) => text.replace('sat: 9-17', 'sat: 10:00-12:00'),
    says: 'The business hours are edited',
    path: 'hours.weekly.sat',
  },
  {
    line: 'routing edit',
    edit: (text: string) => text.replace('team: sales', 'team: support'),
    mistake: (text: string) => text.replace('team: sales', 'team: suport'),
    error: '"suport" is not a team',
    mend: (text: string) => text.replace('team: suport', 'team: support'),
    says: 'The waterfall is edited',
    path: 'routing.rules[enterprise].to.team',
  },
  {
    line: 'playbook edit',
    edit: (text: string) => text.replace('Talk to sales?', 'Talk to us?'),
    mistake: (text: string) => text.replace('message: Talk to sales?', 'mesage: Talk to us?'),
    error: 'unknown key "mesage"',
    mend: (text: string) => text.replace('    mesage:', '    message:'),
    says: 'The playbooks are edited',
    path: 'playbooks[leadbot].message',
  },
])('$line', ({ line, edit, mistake, error, mend, says, path }) => {
  const args = line.split(' ')

  test('shows what would change, asks, and writes', async () => {
    const run = await sampleWorkspace()
    const { stdout, stderr, exitCode } = await run(args, { answers: [true], ...editorOf(edit) })
    expect(exitCode).toBe(0)
    expect(stderr).toContain(path)
    expect(stdout).toContain(`${says} (Acme, revision 2)`)
    expect(stdout).toContain(`  ${path} `)
  })

  test('changes nothing when the person says no', async () => {
    const run = await sampleWorkspace()
    const { stdout, exitCode } = await run(args, { answers: [false], ...editorOf(edit) })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 130 })
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
    expect(stdout).toContain(`${says} (Acme, revision 2)`)
  })

  test('gives up with the error when a mistake is left as it is', async () => {
    const run = await sampleWorkspace()
    const same = (text: string) => text
    const { stderr, exitCode } = await run(args, { answers: [], ...editorOf(mistake, same, same) })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(error.replace('# error: ', ''))
    expect(await revisionOf(run)).toBe(1)
  })

  test('says that nothing changed when nothing is edited, and asks nothing', async () => {
    const run = await sampleWorkspace()
    const { stdout } = await run(args, { answers: [], ...editorOf((text) => text) })
    expect(stdout).toBe(`${says} (Acme: already so, nothing changed)\n`)
  })

  test('asks nothing with --yes, and writes nothing with --dry-run', async () => {
    const run = await sampleWorkspace()
    const rehearsal = await run([...args, '--dry-run'], editorOf(edit))
    expect(rehearsal.stdout).toContain('dry run: nothing was changed')
    expect(await revisionOf(run)).toBe(1)
    expect((await run([...args, '--yes'], editorOf(edit))).stdout).toContain(`${says} (Acme, revision 2)`)
  })

  test('is a usage error where nobody can answer, before the editor opens', async () => {
    const run = await sampleWorkspace()
    const { stderr, exitCode } = await run(args, editorOf())
    expect(exitCode).toBe(2)
    expect(stderr).toContain('hint: add --yes')
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
    expect(stderr).toContain('the text needs the key hours')
  })
})
