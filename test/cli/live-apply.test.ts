import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from './fake-context.js'
import { type RunCommand, sampleWorkspace } from './sample-workspace.js'

const SAMPLE = readFileSync('docs/sample/acme.yaml', 'utf8')
const TERMINAL = { isTTY: true, columns: 120, env: { NO_COLOR: '1' } }

/** The sample with one line of it written in another way, in a file. */
function sampleWith(line: RegExp, other: string): string {
  expect(SAMPLE).toMatch(line)
  return fileOf(SAMPLE.replace(line, other))
}

function fileOf(text: string, name = 'workspace.yaml'): string {
  const file = join(newFolder(), name)
  writeFileSync(file, text)
  return file
}

const SHORTER = /thu: "09:00-17:00"/

describe('plan', () => {
  test.each<{ title: string; line: RegExp; other: string; told: readonly RegExp[] }>([
    {
      title: 'hours of a day',
      line: SHORTER,
      other: 'thu: "09:00-16:00"',
      told: [/Thu 16:00 to 17:00, and 3 more times +online → offline/, /Thu: 09:00-17:00 → 09:00-16:00/],
    },
    {
      title: 'an exception, by its name',
      line: /hours: "09:00-12:00" }/,
      other: 'hours: "09:00-11:00" }',
      told: [/Thu 24 Dec 11:00 to 12:00 +online → offline, Christmas Eve/],
    },
    { title: 'a greeting', line: /Hi! How can we help\?/, other: 'Moin!', told: [/greeting: .* → "Moin!"/] },
    { title: 'a display', line: /display: always/, other: 'display: hidden', told: [/the widget is hidden/] },
    { title: 'the zone', line: /timeZone: America\/New_York/, other: 'timeZone: Asia/Tokyo', told: [/Tokyo/] },
    {
      title: 'who is routed',
      line: /to: { agent: lena@acme.example }/,
      other: 'to: { agent: "1" }',
      told: [/country=DE/],
    },
  ])('of one line is at most 12 lines: $title', async ({ line, other, told }) => {
    const run = await sampleWorkspace()
    const { stdout, stderr, exitCode } = await run(['plan', sampleWith(line, other), '--horizon', '5w'], TERMINAL)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout.trimEnd().split('\n').length, stdout).toBeLessThanOrEqual(12)
    for (const words of told) expect(stdout).toMatch(words)
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^1 changed; online .* a week; .* open with nobody there$/)
  })

  test('says that there is nothing to change, and exits 3 with --exit-code when there is', async () => {
    const run = await sampleWorkspace()
    const same = await run(['plan', 'docs/sample/acme.yaml', '--exit-code'])
    expect(same).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing to change') })
    const other = await run(['plan', sampleWith(SHORTER, 'thu: closed'), '--exit-code'])
    expect(other).toMatchObject({ exitCode: 3 })
    const wrong = await run(['plan', sampleWith(SHORTER, 'thu: 9-x'), '--exit-code'])
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/workspace\.yaml:\d+:\d+/) })
  })

  test('names what was changed by hand: who, when, why, and whether it would be undone', async () => {
    const run = await sampleWorkspace()
    await run(['hours', 'close', '2026-12-01', '--name', 'Inventory', '-m', 'stock count'])
    await run(['agent', 'away', '--note', 'lunch'])
    const { stdout } = await run(['plan', 'docs/sample/acme.yaml'], TERMINAL)
    expect(stdout).toContain('Changed by hand since the workspace was made')
    expect(stdout).toMatch(/2 +Mon 10:00 +.*1 Dec: closed.* +stock count +this would undo it/)
    expect(stdout).not.toContain('lunch')
  })

  test('for a pull request begins with a marker, and is no longer than a comment may be', async () => {
    const run = await sampleWorkspace()
    const short = await run(['plan', sampleWith(SHORTER, 'thu: closed'), '--format', 'markdown'])
    expect(short.stdout).toMatch(/^<!-- drift-status plan -->\n### Acme: 1 changed; /)
    expect(short.stdout).toContain('| when | visitors | would see |')
    const days = Array.from({ length: 2000 }, (_, day) => {
      const date = new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10)
      return `    - { date: ${date}, name: "Some day off | <b>", hours: closed }\n`
    })
    const long = fileOf(SAMPLE.replace(/ {2}exceptions:\n/, (heading) => heading + days.join('')))
    const { stdout } = await run(['plan', long, '--format', 'markdown'])
    expect(stdout.length).toBeLessThan(65_536)
    expect(stdout).toMatch(/^<!-- drift-status plan -->\n### Acme: 2000 added; [^\n]*\n\nThe plan is too long/)
  })

  test('that is kept can be shown again, with a warning once it is stale', async () => {
    const run = await sampleWorkspace()
    const kept = join(newFolder(), 'plan.json')
    const first = await run(['plan', sampleWith(SHORTER, 'thu: closed'), '--out', kept], TERMINAL)
    expect(await run(['plan', kept], TERMINAL)).toEqual(first)
    await run(['settings', 'set', '--name', 'Other'])
    const stale = await run(['plan', kept], TERMINAL)
    expect(stale.stdout).toBe(first.stdout)
    expect(stale.stderr).toMatch(/warning: the workspace has changed since this plan was made/)
    expect(readFileSync(kept, 'utf8')).not.toMatch(/"status"|openChats|on leave|lastRoutedAt/)
  })

  test.each([
    { title: 'of a later version', text: '{"plan": 2}' },
    { title: 'that is cut', text: '{"plan": 1, "document": {"version": 1}}' },
  ])('$title is refused', async ({ text }) => {
    const run = await sampleWorkspace()
    for (const command of ['plan', 'apply']) {
      expect(await run([command, fileOf(text, 'plan.json'), '--yes'])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('is a plan that this version cannot read'),
      })
    }
  })
})

describe('apply', () => {
  const stateOf = async (run: RunCommand) => (await run(['agent', 'list', '--json=id,status,note,openChats'])).stdout

  test('shows the plan and asks; who says no has changed nothing', async () => {
    const run = await sampleWorkspace()
    const file = sampleWith(SHORTER, 'thu: closed')
    const asked: string[] = []
    const ask = (answer: boolean) => ({
      ...TERMINAL,
      answers: [answer],
      asked: (text: string) => void asked.push(text),
    })
    const no = await run(['apply', file], ask(false))
    expect(no.stderr).toContain('Thu: 09:00-17:00 → closed')
    expect((await run(['log', '--json=number'])).stdout.match(/number/g)).toHaveLength(1)
    const before = await stateOf(run)
    const yes = await run(['apply', file, '--source', '4f2a1bc', '-m', 'no chats on Thursdays'], ask(true))
    expect(yes).toMatchObject({ exitCode: 0 })
    expect(yes.stdout).toMatch(/^The workspace is as \S+workspace\.yaml says \(Acme, profile \w+, revision 2\)\n$/)
    expect(asked).toEqual(['Apply it?', 'Apply it?'])
    expect(await stateOf(run)).toBe(before)
    expect((await run(['log'], TERMINAL)).stdout).toContain('no chats on Thursdays, from 4f2a1bc')
    const again = await run(['apply', file, '--yes'])
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('already so, nothing changed') })
  })

  test('where nobody can answer needs --yes', async () => {
    const run = await sampleWorkspace()
    expect(await run(['apply', sampleWith(SHORTER, 'thu: closed')])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/applying asks first, and nobody can answer here\nhint: add --yes/),
    })
  })

  test('removes agents with --prune alone, names them and asks', async () => {
    const run = await sampleWorkspace()
    const file = sampleWith(/ {2}- { id: "9".*\n/, '')
    const refused = await run(['apply', file, '--yes'])
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('this would remove the agent LeadBot (9)'),
    })
    const asked: string[] = []
    const terminal = { ...TERMINAL, answers: [true], asked: (text: string) => void asked.push(text) }
    expect(await run(['apply', file, '--prune'], terminal)).toMatchObject({ exitCode: 0 })
    expect(asked).toEqual(['Apply it, and remove the agent LeadBot (9)?'])
  })

  test('of a plan does it as it was planned, once', async () => {
    const run = await sampleWorkspace()
    const kept = join(newFolder(), 'plan.json')
    await run(['plan', sampleWith(SHORTER, 'thu: closed'), '--out', kept])
    expect(await run(['apply', kept, '--dry-run', '--exit-code'])).toMatchObject({ exitCode: 3 })
    await run(['agent', 'away'])
    expect(await run(['apply', kept, '--yes'])).toMatchObject({ exitCode: 0 })
    expect(await run(['apply', kept, '--yes'])).toMatchObject({
      exitCode: 6,
      stderr: expect.stringContaining('revision 3 applied this plan already'),
    })
  })

  test('of a plan that is stale is a conflict, and nobody is asked', async () => {
    const run = await sampleWorkspace()
    const kept = join(newFolder(), 'plan.json')
    await run(['plan', sampleWith(SHORTER, 'thu: closed'), '--out', kept])
    await run(['hours', 'close', '2026-12-01'])
    const terminal = { ...TERMINAL, answers: [] }
    expect(await run(['apply', kept], terminal)).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(/the workspace has changed since the plan was made: revision 2/),
    })
  })
})
