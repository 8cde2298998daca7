import { describe, expect, test } from 'vitest'
import { ANA_TOKEN, ROBOT_TOKEN, type SharedMachine, sharedMachine } from './shared-workspace.js'

const PROD = 'https://status.acme.example'

async function machine(): Promise<SharedMachine> {
  const shared = await sharedMachine()
  await shared.run(`profile add prod --url ${PROD} --protected --use`)
  await shared.run('profile login --token-file -', { stdin: ROBOT_TOKEN })
  return shared
}

const revisionOf = async ({ run }: SharedMachine) => JSON.parse((await run('status --json')).stdout).revision

describe('a protected profile', () => {
  const WRITES = [
    'widget offline',
    'hours close 2026-12-25 --name Christmas',
    'agent away --agent sam@acme.example',
    'auto-offline off',
    'team add night',
    'routing remove germany',
    'playbook disable welcome-online',
    'api PUT /v1/auto-offline -F enabled=false',
    'routing cursor default --reset',
  ]
  test.each(WRITES)('%s asks, and a no changes nothing', async (line) => {
    const shared = await machine()
    expect(await shared.run(line, { answers: [false] })).toMatchObject({
      exitCode: 0,
      stdout: '',
      stderr: expect.stringMatching(/Nothing changed\n$/),
    })
    expect(await revisionOf(shared)).toBe(1)
  })

  test.each(WRITES)('%s without anybody to ask is an error that names --yes', async (line) => {
    const shared = await machine()
    const { exitCode, stderr, stdout } = await shared.run(line)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(`this writes to the protected profile "prod" (${PROD})`)
    expect(stderr).toContain('hint: add --yes')
    expect(await revisionOf(shared)).toBe(1)
  })

  test.each([
    { title: 'a yes', flags: '', terminal: { answers: [true] } },
    { title: '--yes', flags: ' --yes', terminal: {} },
    { title: '--yes in JSON', flags: ' -y --json', terminal: {} },
  ])('$title writes', async ({ flags, terminal }) => {
    const shared = await machine()
    expect((await shared.run(`widget offline${flags}`, terminal)).exitCode).toBe(0)
    expect(await revisionOf(shared)).toBe(2)
  })

  test('shows what would change, and what visitors would see, before it asks', async () => {
    const shared = await machine()
    const { stderr } = await shared.run('widget offline', { answers: [false] })
    expect(stderr).toContain('Widget mode: automatic → offline\n')
    expect(stderr).toContain('Visitors would see:\n')
  })

  test('a write that would fail says so before it asks', async () => {
    const shared = await machine()
    const { exitCode, stderr } = await shared.run('team remove sales', { answers: [true] })
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is still named by') })
  })

  test('asks once a command, in words that name the place', async () => {
    const shared = await machine()
    const questions: string[] = []
    await shared.run('widget offline', { answers: [true], asked: (question) => questions.push(question) })
    expect(questions).toEqual([`This writes to the protected profile "prod" (${PROD}). Go on?`])
  })

  test.each(['status', 'widget', 'agent list', 'log', 'simulate', 'route list', 'widget offline --dry-run', 'is open'])(
    '%s writes nothing and does not ask',
    async (line) => {
      const shared = await machine()
      const { exitCode } = await shared.run(line, { answers: [] })
      expect([0, 3]).toContain(exitCode)
    },
  )

  test('a profile that is not protected does not ask', async () => {
    const shared = await machine()
    await shared.run('profile add open --url https://open.acme.example --use')
    await shared.run('profile login --token-file -', { stdin: ANA_TOKEN })
    expect((await shared.run('agent away', { answers: [] })).exitCode).toBe(0)
  })
})

describe('--verbose', () => {
  test('says what was asked of whom on standard error, and never the token', async () => {
    const shared = await machine()
    const { stdout, stderr } = await shared.run('status --verbose --json')
    expect(JSON.parse(stdout).workspace).toBe('Acme')
    expect(stderr).toMatch(/^getStatus of profile prod, shared https:\/\/status\.acme\.example: done in \d+ ms\n$/)
    expect(stderr).not.toContain(ROBOT_TOKEN.split('_')[2])
  })

  test('says how a call failed, and what was only tried', async () => {
    const shared = await machine()
    expect((await shared.run('show 99 --verbose')).stderr).toMatch(/^getRevision of .*: not-found in \d+ ms\nerror: /)
    expect((await shared.run('widget offline --dry-run --verbose')).stderr).toMatch(
      /putWidget \(dry run\) of profile prod/,
    )
  })

  test('names the service where there is no profile', async () => {
    const shared = await machine()
    const env = { DRIFT_STATUS_URL: 'https://ci.acme.example', DRIFT_STATUS_TOKEN: ROBOT_TOKEN }
    expect((await shared.run('lint --verbose', { env })).stderr).toContain(
      'of no profile, shared https://ci.acme.example',
    )
  })

  test('without it nothing is said', async () => {
    const shared = await machine()
    expect((await shared.run('status')).stderr).toBe('')
  })
})
