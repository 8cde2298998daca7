import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../fake-context.js'

const BIN = 'bin/drift-status.js'

beforeAll(() => {
  if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
})

/** Serves the sample workspace with the built executable, until the test ends. */
async function serveSample(folder: string): Promise<{ readonly url: string; readonly adminToken: string }> {
  const args = [BIN, 'serve', '--port', '0', '--json', '--quiet', '--sample', '--database', join(folder, 'shared.db')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill())
  for await (const line of child.stdout.setEncoding('utf8')) return JSON.parse(line)
  throw new Error('it ended without a word')
}

test('the executable against a real "serve": everything is well, as one who may set only their own status', async () => {
  const folder = newFolder()
  const { url, adminToken } = await serveSample(folder)
  const env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    execa(process.execPath, [BIN, ...args], { reject: false, env: { ...env, ...more } })

  const create = ['token', 'create', '--agent', 'sam@acme.example', '--role', 'agent', '--expires', '90d', '--json']
  const made = await run(create, { DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: adminToken })
  const { secret } = JSON.parse(made.stdout)
  writeFileSync(join(folder, 'token.txt'), secret, { mode: 0o600 })
  await run(['profile', 'add', 'prod', '--url', url])
  await run(['profile', 'use', 'prod'])
  const login = await run(['profile', 'login', 'prod', '--token-file', join(folder, 'token.txt')])
  expect(login.stdout).toBe('Logged in to Acme as profile prod; you are sam@acme.example')

  const { stdout, stderr, exitCode } = await run(['doctor', '--json'])
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  const answer = JSON.parse(stdout)
  expect(answer).toMatchObject({ profile: 'prod', service: 'shared', failed: 0 })
  const messages = Object.fromEntries(
    answer.checks.map((one: { check: string; message: string }) => [one.check, one.message]),
  )
  expect(messages).toMatchObject({
    version: expect.stringContaining('the service and this program are both'),
    you: 'in Acme you are sam@acme.example (agent 1)',
    scopes: 'the token may read, and set only its own status',
    expiry: expect.stringMatching(/in (89|90) days$/),
    'workspace-zone': 'the workspace is in America/New_York',
  })
  expect(answer.checks.filter(({ status }: { status: string }) => status === 'skipped')).toEqual([])

  const human = await run(['doctor', '--verbose'])
  for (const shown of [stdout, human.stdout, human.stderr]) expect(shown).not.toContain(secret.slice(-43))

  const wrong = await run(['doctor', '--json'], { DRIFT_STATUS_TOKEN: `${secret.slice(0, -1)}-` })
  expect(wrong.exitCode).toBe(1)
  expect(JSON.parse(wrong.stdout).checks).toContainEqual(
    expect.objectContaining({ check: 'you', status: 'failed', message: 'the token does not belong to this workspace' }),
  )
  expect(wrong.stdout).not.toContain(secret.slice(-43, -1))
})
