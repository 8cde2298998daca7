import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Terminal } from './fake-context.js'
import { ANA_TOKEN, ROBOT_TOKEN, type SharedMachine, sharedMachine } from './shared-workspace.js'

const PROD = 'https://status.acme.example'
const SECRET = ANA_TOKEN.split('_')[2]!
const WRONG = 'dst_gone_9999999999999999999999999999999999999999999'

async function machine(): Promise<SharedMachine> {
  const shared = await sharedMachine()
  await shared.run(`profile add prod --url ${PROD}`)
  await shared.run('profile add acme --drift')
  return shared
}

function keptIn({ folder }: SharedMachine): Record<string, unknown> {
  const path = join(folder, 'credentials.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).credentials : {}
}

describe('profile login', () => {
  const SOURCES: readonly { title: string; flags?: string; terminal: (folder: string) => Terminal }[] = [
    { title: 'a question', terminal: () => ({ answers: [ANA_TOKEN] }) },
    { title: 'standard input', flags: '--token-file -', terminal: () => ({ stdin: `${ANA_TOKEN}\n` }) },
    { title: 'the environment', terminal: () => ({ env: { DRIFT_STATUS_TOKEN: ANA_TOKEN } }) },
    {
      title: 'a file, which outranks the environment',
      flags: '--token-file FOLDER/token.txt',
      terminal: (folder) => {
        writeFileSync(join(folder, 'token.txt'), `${ANA_TOKEN}\r\n`)
        return { env: { DRIFT_STATUS_TOKEN: WRONG } }
      },
    },
  ]
  test.each(SOURCES)(
    'takes the token from $title, checks it, and says who you are',
    async ({ flags = '', terminal }) => {
      const shared = await machine()
      const line = `profile login prod ${flags}`.trim().replace('FOLDER', shared.folder)
      const { stdout, stderr, exitCode } = await shared.run(line, terminal(shared.folder))
      expect(exitCode).toBe(0)
      expect(stdout).toBe('Logged in to Acme as profile prod; you are ana@acme.example\n')
      expect(stderr).toBe(
        `The token will be stored in ${join(shared.folder, 'credentials.json')}, which only you can read.\n`,
      )
      expect(keptIn(shared)).toEqual({ prod: { token: ANA_TOKEN, origin: PROD } })
      expect(shared.reached.map(({ token }) => token)).toEqual([ANA_TOKEN])
    },
  )

  test('says where the token is kept, in JSON, and nothing on the way when quiet', async () => {
    const shared = await machine()
    const { stdout, stderr } = await shared.run('profile login prod --token-file - --json --quiet', {
      stdin: ANA_TOKEN,
    })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      changed: true,
      profile: 'prod',
      place: { kind: 'file', path: join(shared.folder, 'credentials.json') },
      workspace: 'Acme',
      agent: 'ana@acme.example',
    })
  })

  test('says when it chose the file for want of a keyring', async () => {
    const shared = await machine()
    // No bus, no secret service: where there is one all the same, the keyring it is.
    const env = { DRIFT_STATUS_CREDENTIALS: '' }
    const { stderr } = await shared.run('profile login prod --token-file -', { stdin: ANA_TOKEN, env })
    if (process.platform === 'linux' && !process.env.DBUS_SESSION_BUS_ADDRESS) {
      expect(stderr).toContain('which only you can read (no system keyring here).')
    }
    await shared.run('profile logout prod', { env })
  })

  test('a token without an agent is told so', async () => {
    const shared = await machine()
    const { stdout } = await shared.run('profile login prod --token-file -', { stdin: ROBOT_TOKEN })
    expect(stdout).toContain('you are no agent of it')
  })

  test('a token that the service refuses is not kept, and not announced', async () => {
    const shared = await machine()
    const { stdout, stderr, exitCode } = await shared.run('profile login prod --token-file -', { stdin: WRONG })
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 4 })
    expect(stderr).toBe('error: the service does not know this token\nhint: ask for another\n')
    expect(keptIn(shared)).toEqual({})
  })

  test('--no-verify keeps it unasked', async () => {
    const shared = await machine()
    const { stdout } = await shared.run('profile login prod --token-file - --no-verify', { stdin: WRONG })
    expect(stdout).toContain('the token was not checked')
    expect(shared.reached).toEqual([])
    expect(keptIn(shared)).toHaveProperty('prod')
  })

  test('is for the profile in use, and for what the file says of it', async () => {
    const shared = await machine()
    await shared.run('profile use acme')
    const env = { DRIFT_STATUS_URL: 'https://elsewhere.example' }
    await shared.run('profile login --token-file -', { stdin: ANA_TOKEN, env })
    expect(keptIn(shared)).toEqual({ acme: { token: ANA_TOKEN, origin: 'https://driftapi.com' } })
  })

  test.each<{ line: string; terminal?: Terminal; message: string; hint: string }>([
    { line: 'prod', message: 'there is no token to log in with', hint: '--token-file -, or set DRIFT_STATUS_TOKEN' },
    {
      line: 'prod --json',
      terminal: { answers: [] },
      message: 'there is no token to log in with',
      hint: '--token-file',
    },
    {
      line: 'prod --token-file -',
      terminal: { stdin: ' \n' },
      message: 'standard input is empty',
      hint: 'token create',
    },
    { line: 'prod', terminal: { answers: ['no token'] }, message: 'the answer is not a token', hint: 'token create' },
    {
      line: 'local --token-file -',
      terminal: { stdin: ANA_TOKEN },
      message: 'profile "local" is a file on this machine and needs no token',
      hint: 'profile add',
    },
    { line: `prod --token ${ANA_TOKEN}`, message: 'a token is never the value of a flag', hint: '--token-file PATH' },
    { line: `prod --token=${ANA_TOKEN}`, message: 'a token is never the value of a flag', hint: 'DRIFT_STATUS_TOKEN' },
    { line: `prod ${ANA_TOKEN}`, message: 'too many arguments', hint: 'profile login --help' },
    { line: 'prod --credentials vault', message: '"vault" is not one of keyring, file', hint: '' },
  ])(
    '$line is an error of usage that keeps nothing and repeats no token',
    async ({ line, terminal, message, hint }) => {
      const shared = await machine()
      const { stdout, stderr, exitCode } = await shared.run(`profile login ${line}`, terminal)
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
      expect(stderr).toContain(message)
      expect(stderr).toContain(hint)
      expect(stderr).not.toContain(SECRET)
      expect(keptIn(shared)).toEqual({})
    },
  )
})

test.each(['status --token=TOKEN', 'agent away --token TOKEN', '--token TOKEN', 'nonsense --token=TOKEN'])(
  'no command takes a token, and none repeats it: %s',
  async (line) => {
    const { run } = await machine()
    const { stdout, stderr, exitCode } = await run(line.replace('TOKEN', ANA_TOKEN))
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toContain('a token is never the value of a flag')
    expect(stderr).not.toContain(SECRET)
  },
)

describe('a command on a profile', () => {
  test('sends the token that was kept to the service of the profile', async () => {
    const shared = await machine()
    await shared.run('profile login prod --token-file -', { stdin: ANA_TOKEN })
    expect(JSON.parse((await shared.run('agent --profile prod --json')).stdout)).toMatchObject({ name: 'Ana Flores' })
    expect(shared.reached.at(-1)).toMatchObject({ profile: { service: 'shared', url: PROD }, token: ANA_TOKEN })
  })

  test('needs no profile when the environment says where and who', async () => {
    const shared = await machine()
    const env = { DRIFT_STATUS_URL: 'https://ci.acme.example', DRIFT_STATUS_TOKEN: ROBOT_TOKEN }
    expect((await shared.run('status --json', { env })).exitCode).toBe(0)
    expect(shared.reached.at(-1)).toMatchObject({ profile: { url: 'https://ci.acme.example' }, token: ROBOT_TOKEN })
  })

  test('without a token exits 4 and says how to log in', async () => {
    const shared = await machine()
    const { stderr, exitCode } = await shared.run('status --profile prod')
    expect(exitCode).toBe(4)
    expect(stderr).toContain('run "drift-status profile login prod"')
    expect(shared.reached).toEqual([])
  })
})

describe('profile logout', () => {
  test('forgets the token, says that it still works, and that nothing changed the second time', async () => {
    const shared = await machine()
    await shared.run('profile login prod --token-file -', { stdin: ANA_TOKEN })
    const { stdout } = await shared.run('profile logout prod')
    expect(stdout).toContain('Logged out of profile prod\nThe token itself still works')
    expect(keptIn(shared)).toEqual({})
    expect(JSON.parse((await shared.run('profile logout prod --json')).stdout)).toEqual({
      changed: false,
      profile: 'prod',
    })
  })
})
