import { describe, expect, test } from 'vitest'
import { json, type Step, serve } from '../api/network/servers.js'
import { TOKEN } from '../api/network/test-sender.js'
import { STATUS_ANSWER } from '../api/network/valid-answers.js'
import { newFolder, runCli } from './fake-context.js'

const STRANGERS: readonly (readonly [string, Step])[] = [
  ['an empty object', json({})],
  ['a list', json([])],
  ['the login page of a network', { headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }],
  ['nothing', { status: 204 }],
]

const COMMANDS = [
  'agent away',
  'agent away --until 18:00',
  'agent list',
  'status',
  'status --watch',
  'is online',
  'hours',
  'hours set mon closed',
  'widget offline --for 1h',
  'route chat',
  'route',
  'simulate',
  'log',
  'token create --name ci',
  'api GET /v1/status',
] as const

describe('a server of another kind that answers with success is a failure', () => {
  test.each(STRANGERS)('%s', async (_, step) => {
    const server = await serve(step)
    for (const line of COMMANDS) {
      const outcome = await runCli(line.split(' '), {
        env: { DRIFT_STATUS_URL: server.url, DRIFT_STATUS_TOKEN: TOKEN },
      })
      // A list of nothing is what some are promised.
      if (line === 'route' && outcome.exitCode === 0) continue
      expect(outcome, line).toMatchObject({ exitCode: 1, stdout: '' })
      expect(outcome.stderr, line).toContain('did not answer as a drift-status service does')
      expect(outcome.stderr, line).toContain('hint: check the address')
    }
  })

  test.each(STRANGERS)('%s keeps no token', async (_, step) => {
    const server = await serve(step)
    const env = { DRIFT_STATUS_CONFIG_DIR: newFolder(), DRIFT_STATUS_CREDENTIALS: 'file' }
    await runCli(['profile', 'add', 'team', '--url', server.url], { env })
    const login = await runCli(['profile', 'login', '--token-file', '-'], { env, stdin: TOKEN })
    expect(login).toMatchObject({ exitCode: 1, stdout: '' })
    const shown = await runCli(['profile', 'show', '--json'], { env })
    expect(JSON.parse(shown.stdout).values.token.value).toBeNull()
  })

  test('a status whose words act on a terminal is shown without acting', async () => {
    const hostile = 'x\u001b[8m\r\n\u202e\u0000\u009b2J'
    const server = await serve(json({ ...STATUS_ANSWER, workspace: hostile, timeZone: 'UTC' }))
    const { stdout, exitCode } = await runCli(['status'], {
      env: { DRIFT_STATUS_URL: server.url, DRIFT_STATUS_TOKEN: TOKEN },
    })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('x\ufffd[8m \ufffd\ufffd\ufffd2J, ')
  })

  test('so is a problem in whose words are controls', async () => {
    const hostile = 'x\u001b[8m\r\n\u202e\u0000\u009b2J'
    const problem = {
      type: 'about:blank',
      title: hostile,
      status: 400,
      code: 'invalid-input',
      detail: hostile,
      hint: hostile,
    }
    const server = await serve({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify(problem),
    })
    const env = { DRIFT_STATUS_URL: server.url, DRIFT_STATUS_TOKEN: TOKEN }
    const shown = 'x\ufffd[8m \ufffd\ufffd\ufffd2J'
    expect(await runCli(['status'], { env })).toMatchObject({
      stderr: `error: ${shown}\nhint: ${shown}\n`,
      exitCode: 2,
    })
    const { stderr } = await runCli(['status', '--json'], { env })
    expect(stderr).toMatch(/^[\n -~]*$/)
    expect(JSON.parse(stderr).error).toMatchObject({ message: hostile, hint: hostile })
  })
})
