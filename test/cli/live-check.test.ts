import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Parser } from 'tap-parser'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { newFolder, runCli } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

const ACME = 'docs/sample/acme.yaml'
const SAMPLE = 'docs/sample/scenarios.yaml'

function fileOf(scenarios: readonly object[] | string, name = 'scenarios.yaml'): string {
  const file = join(newFolder(), name)
  writeFileSync(file, typeof scenarios === 'string' ? scenarios : JSON.stringify({ version: 1, scenarios }))
  return file
}

const OPEN = { at: '2026-12-07 10:00', expect: { widget: { visible: true } } }
const FAILS = { at: '2026-12-07 03:00', expect: { widget: { mode: 'online' } } }
const ask = (file: string, ...words: readonly string[]) => runCli(['check', file, '--file', ACME, ...words])

describe('check', () => {
  test('the sample holds: in a document, in a plan, and live', async () => {
    const run = await sampleWorkspace()
    expect(await ask(SAMPLE)).toMatchObject({ exitCode: 0, stdout: '6 of 6 hold\n', stderr: '' })
    expect(await run(['check', SAMPLE])).toMatchObject({ exitCode: 0, stdout: '6 of 6 hold\n', stderr: '' })
    const plan = join(newFolder(), 'plan.json')
    await run(['plan', ACME, '--out', plan])
    expect(await run(['check', SAMPLE, '--file', plan])).toMatchObject({ exitCode: 0, stdout: '6 of 6 hold\n' })
  })

  test.each(['2026-12-25T12:00:00Z', '2027-02-28T23:59:59Z', '2031-07-01T06:00:00Z'])(
    'the sample holds whenever it is asked: %s',
    async (now) => {
      const { stdout } = await runCli(['check', SAMPLE, '--file', ACME], { now })
      expect(stdout).toBe('6 of 6 hold\n')
    },
  )

  test('one that does not hold: exit code 3, what differs, since when, and why', async () => {
    const { exitCode, stdout } = await ask(
      fileOf([
        { name: 'Open', ...OPEN },
        { name: 'Open at night', ...FAILS },
        {
          name: 'Never offline',
          from: '2026-12-07 00:00',
          to: '2026-12-08 00:00',
          never: { widget: { mode: 'offline' } },
        },
      ]),
    )
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^fails Open at night \S+scenarios\.yaml:1\n {2}Mon 7 Dec 2026, 03:00/)
    expect(stdout).toContain('widget.mode: expected online, is offline')
    expect(stdout).toContain('Mon 7 Dec 2026, 00:00, until Mon 7 Dec 2026, 09:00 (America/New_York), and 2 more times')
    expect(stdout).toContain('Closed since Sat 02:00')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('1 of 3 hold')
  })

  test.each<{ title: string; text: string; says: RegExp }>([
    {
      title: 'an unknown part of a decision',
      text: 'version: 1\nscenarios:\n  - name: a\n    at: now\n    expect: { widget: { mod: online } }\n',
      says: /:5:25: .*unknown key "mod"\nhint: did you mean "mode"\?/,
    },
    {
      title: 'a time that is none',
      text: 'version: 1\nscenarios:\n  - name: a\n    at: 2026-13-01\n    expect: { widget: { mode: online } }\n',
      says: /:4:9: .*2026-13-01/,
    },
    {
      title: 'an agent that is none',
      text: 'version: 1\nscenarios:\n  - name: a\n    at: now\n    expect: { routing: { assignee: Nobody } }\n',
      says: /:5:\d+: .*Nobody/,
    },
    { title: 'no scenario', text: 'version: 1\nscenarios: []\n', says: /:2:12: .*there is no scenario/ },
    { title: 'no YAML', text: 'version: [', says: /not valid YAML/ },
  ])('a mistake has its place: $title', async ({ text, says }) => {
    expect(await ask(fileOf(text))).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(says) })
  })

  test('several files are one; standard input is one of them', async () => {
    const files = [fileOf([{ name: 'a', ...OPEN }]), fileOf([{ name: 'b', ...FAILS }])]
    const { stdout, exitCode } = await runCli(['check', ...files, '-', '--file', ACME], {
      stdin: JSON.stringify({ version: 1, scenarios: [{ name: 'c', ...FAILS }] }),
    })
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/fails b \S+:1\n[\s\S]*fails c <stdin>:1\n[\s\S]*1 of 3 hold\n$/)
  })
})

describe('reports', () => {
  /** What would end an element, an annotation or a text; what acts on a terminal is no name. */
  const NASTY = 'a <b> & "c" ]]> :: %0A # \\ 日本'
  const nasty = () =>
    fileOf([
      { name: NASTY, ...FAILS },
      { name: 'Open', ...OPEN },
    ])

  test('JUnit, by xmllint and the shape that pipelines read', async () => {
    const { stdout, exitCode } = await ask(nasty(), '--format', 'junit')
    expect(exitCode).toBe(3)
    const schema = readFileSync('test/cli/junit.xsd', 'utf8')
    const { valid, errors } = await validateXML({ xml: [{ fileName: 'a.xml', contents: stdout }], schema: [schema] })
    expect({ valid, errors }).toEqual({ valid: true, errors: [] })
    expect(stdout).toContain('classname="Open"')
    expect(stdout).toMatch(/<failure message="widget\.mode: expected online, is offline">Mon 7 Dec 2026/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
    expect(stdout).not.toMatch(/[\u0000-\u0008\u001b]/)
  })

  test('TAP, by tap-parser', async () => {
    const { stdout } = await ask(nasty(), '--format', 'tap')
    const parser = new Parser({ strict: true })
    const points: { readonly ok: boolean; readonly diag?: unknown }[] = []
    parser.on('assert', (point) => void points.push(point))
    const done = new Promise<{ readonly count: number; readonly fail: number }>((resolve) => {
      parser.on('complete', resolve)
    })
    parser.end(stdout)
    expect(await done).toMatchObject({ ok: false, count: 2, fail: 1, failures: [expect.anything()] })
    expect(points.map(({ ok }) => ok)).toEqual([false, true])
    expect(points[0]!.diag).toMatchObject({ message: 'widget.mode: expected online, is offline' })
  })

  test('annotations of GitHub: at most ten, then a count; each one line', async () => {
    const many = fileOf(Array.from({ length: 14 }, (_, index) => ({ name: `Scenario ${index}`, ...FAILS })))
    const { stdout, exitCode } = await ask(many, '--format', 'github')
    const lines = stdout.trimEnd().split('\n')
    expect([exitCode, lines.length]).toEqual([3, 11])
    expect(lines[0]).toMatch(/^::error file=.*scenarios\.yaml,line=1,title=Scenario 0::Mon 7 Dec/)
    expect(lines[10]).toBe('0 of 14 hold; 4 more do not')
    const odd = (await ask(nasty(), '--format', 'github')).stdout
    expect(odd.trimEnd().split('\n')).toHaveLength(2)
    expect(odd).toContain('%3A%3A %250A')
  })

  test('JSON', async () => {
    const { stdout } = await ask(fileOf([{ name: 'a', ...FAILS }]), '--json')
    expect(JSON.parse(stdout)).toMatchObject({
      workspace: 'Acme',
      held: 0,
      total: 1,
      scenarios: [
        {
          name: 'a',
          holds: false,
          failure: { differences: [{ path: 'widget.mode', expected: 'online', actual: 'offline' }] },
        },
      ],
    })
  })
})

describe('check --write-missing', () => {
  test('writes what holds; again it writes what is missing, after what is there', async () => {
    const file = join(newFolder(), 'scenarios.yaml')
    const first = await ask(file, '--write-missing')
    expect(first).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+ scenarios are written .*\n {2}Open on tue/),
    })
    expect(await ask(file)).toMatchObject({ exitCode: 0 })
    expect(await ask(file, '--write-missing')).toMatchObject({ stdout: `Nothing is missing in ${file}\n` })
    const mine = fileOf(`${readFileSync(SAMPLE, 'utf8')}# the end\n`)
    expect(await ask(mine, '--write-missing')).toMatchObject({ exitCode: 0 })
    expect(readFileSync(mine, 'utf8').startsWith(readFileSync(SAMPLE, 'utf8'))).toBe(true)
    expect(await ask(mine)).toMatchObject({ exitCode: 0 })
  })

  test('asks the live workspace too, and leaves what it cannot add to', async () => {
    const run = await sampleWorkspace()
    const file = join(newFolder(), 'scenarios.yaml')
    expect(await run(['check', '--write-missing', file])).toMatchObject({ exitCode: 0 })
    expect(await run(['check', file])).toMatchObject({ exitCode: 0 })
    const flow = fileOf([{ name: 'a', ...OPEN }])
    const before = readFileSync(flow, 'utf8')
    expect(await run(['check', '--write-missing', flow])).toMatchObject({ exitCode: 2 })
    expect(readFileSync(flow, 'utf8')).toBe(before)
    expect(await run(['check', '--write-missing', file, flow])).toMatchObject({ exitCode: 2 })
  })
})
