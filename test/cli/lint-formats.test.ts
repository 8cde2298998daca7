import { expect, test } from 'vitest'
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
  expect(stdout).toMatch(/^::warning file=test\/cli\/lint-sample\.yaml,line=6,title=welcome-missing-offline::/m)
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
                  region: { startLine: 6 },
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
