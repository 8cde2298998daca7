import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from './fake-context.js'

const BAD = `version: 1
name: "100% Acme"
timeZone: UTC
hours: { weekly: { mon: "09:00-17:00" } }
playbooks:
  - { id: a, type: welcome, when: online, enabled: true, message: Hi }
`
const lint = (...words: string[]) => runCli(['lint', '--file', '-', ...words], { stdin: BAD })

test('lint --format github writes an annotation a finding, which a workflow reads', async () => {
  const { stdout, exitCode } = await lint('--format', 'github')
  expect(exitCode).toBe(0)
  expect(stdout).toMatch(/^::warning title=welcome-missing-offline::playbooks: The online welcome playbook is enabled/m)
})

test('with a file, each finding has its line', async () => {
  const { stdout } = await runCli(['lint', '--file', 'test/cli/lint-sample.yaml', '--format', 'github'])
  expect(stdout).toMatch(/^::warning file=test\/cli\/lint-sample\.yaml,line=6,col=3,title=welcome-missing-offline::/m)
  const sarif = JSON.parse((await runCli(['lint', '--file', 'test/cli/lint-sample.yaml', '--format', 'sarif'])).stdout)
  expect(sarif).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'drift-status' } },
        results: expect.arrayContaining([
          expect.objectContaining({
            ruleId: 'welcome-missing-offline',
            level: 'warning',
            locations: [
              expect.objectContaining({
                physicalLocation: {
                  artifactLocation: { uri: 'test/cli/lint-sample.yaml' },
                  region: { startLine: 6, startColumn: 3 },
                },
              }),
            ],
          }),
        ]),
      },
    ],
  })
})

test.each([
  { words: [], exitCode: 0 },
  { words: ['--strict'], exitCode: 3 },
  { words: ['--strict', '--format', 'github'], exitCode: 3 },
  { words: ['--format', 'csv'], exitCode: 2 },
])('lint $words exits $exitCode for a warning', async ({ words, exitCode }) => {
  expect((await lint(...words)).exitCode).toBe(exitCode)
})

test('lint --format json is --json', async () => {
  expect((await lint('--format', 'json')).stdout).toBe((await lint('--json')).stdout)
})

describe('a document that is not valid', () => {
  const INVALID = `version: 1
name: Acme
plan: gold
hours: { weekly: { mon: "9-5" } }
agents:
  - { id: "1", name: Sam, "100%\\n::error::x": admin }
timeZone: UTC
`

  test.each([
    [
      '--format github annotates each problem, and no name begins a command of the workflow',
      INVALID,
      [
        '::error title=invalid-document::plan: "gold" is not one of free, pro, premium, enterprise',
        '::error title=invalid-document::hours.weekly.mon: "9-5" is not a time range (R1): write "09:00-17:00"',
        '::error title=invalid-document::agents[0]["100%25\\n::error::x"]: unknown key "100%25%0A::error::x": known keys:',
      ],
    ],
    [
      '--format github annotates a syntax error',
      'version: 1\nname: "Acme',
      ['::error title=invalid-document::not valid YAML'],
    ],
    ['--format github annotates an empty text', '', ['::error title=invalid-document::is empty: start from']],
  ])('lint %s, and exits 2', async (_, stdin, begin) => {
    const { stdout, stderr, exitCode } = await runCli(['lint', '--file', '-', '--format', 'github'], { stdin })
    const lines = stdout.trimEnd().split('\n')
    expect({ exitCode, stderr, count: lines.length }).toEqual({ exitCode: 2, stderr: '', count: begin.length })
    for (const [index, text] of begin.entries()) expect(lines[index]!.slice(0, text.length)).toBe(text)
  })

  test('has the file, the line and the column of each problem, whatever the file is called', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lint-'))
    const file = join(folder, 'a:b,c\n::error::100%.yaml')
    await writeFile(file, INVALID)
    const run = (format: string) => runCli(['lint', '--file', file, '--format', format])
    const [first, ...others] = (await run('github')).stdout.trimEnd().split('\n')
    const property = file.replaceAll('%', '%25').replaceAll('\n', '%0A').replaceAll(':', '%3A').replaceAll(',', '%2C')
    expect(first).toMatch(`::error file=${property},line=3,col=7,title=invalid-document::plan: `)
    expect(others).toHaveLength(2)
    const sarif = JSON.parse((await run('sarif')).stdout).runs[0]
    expect(sarif.results[0]).toMatchObject({ ruleId: 'invalid-document', level: 'error' })
    expect(sarif.results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: `${folder}/a%3Ab%2Cc%0A%3A%3Aerror%3A%3A100%25.yaml` },
      region: { startLine: 3, startColumn: 7 },
    })
  })

  test.each(['text', 'json'])('is an error on standard error with --format %s', async (format) => {
    const result = await runCli(['lint', '--file', '-', '--format', format], { stdin: INVALID })
    expect(result).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('3:7: plan: "gold"') })
  })
})

test('lint --json --format github: two shapes for one answer are refused', async () => {
  const { exitCode, stderr } = await lint('--json', '--format', 'github')
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining('--json and --format github are two'),
  })
})
