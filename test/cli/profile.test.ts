import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder, runCli, type Terminal } from './fake-context.js'
import { ANA_TOKEN, sharedMachine } from './shared-workspace.js'

/** A machine without a profile; every call is one command line on it. */
function machine() {
  const folder = newFolder()
  const env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
  const run = (line: string, terminal: Terminal = {}) =>
    runCli(line.split(' '), { ...terminal, env: { ...env, ...terminal.env } })
  const profiles = () => JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8'))
  return { folder, run, profiles }
}

const PROD = 'https://status.acme.example'

describe('profile add', () => {
  test.each([
    { flags: `--url ${PROD}/`, profile: { service: 'shared', url: PROD } },
    { flags: `--url ${PROD} --protected`, profile: { service: 'shared', url: PROD, protected: true } },
    { flags: '--url http://localhost:4280', profile: { service: 'shared', url: 'http://localhost:4280' } },
    { flags: '--database /x/acme.db', profile: { service: 'local', database: '/x/acme.db' } },
    { flags: '--database /x/a.db --agent 2', profile: { service: 'local', database: '/x/a.db', agent: '2' } },
    { flags: '--drift', profile: { service: 'drift' } },
    {
      flags: '--drift --agent ana@acme.example --file /x/acme.yaml --url http://127.0.0.1:1',
      profile: { service: 'drift', agent: 'ana@acme.example', file: '/x/acme.yaml', url: 'http://127.0.0.1:1' },
    },
  ])('$flags', async ({ flags, profile }) => {
    const { run, profiles } = machine()
    const { stdout, stderr, exitCode } = await run(`profile add prod ${flags} --json`)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(JSON.parse(stdout)).toEqual({ changed: true, profile: { name: 'prod', protected: false, ...profile } })
    expect(profiles()).toEqual({ current: 'prod', profiles: { prod: profile } })
  })

  test.each([
    { answers: ['a shared workspace', PROD], profile: { service: 'shared', url: PROD } },
    { answers: ['a file on this machine', '/x/a.db'], profile: { service: 'local', database: '/x/a.db' } },
    { answers: ['a Drift account', '2'], profile: { service: 'drift', agent: '2' } },
  ])('asks what it is: $answers', async ({ answers, profile }) => {
    const { run, profiles } = machine()
    await run('profile add prod', { answers })
    expect(profiles().profiles.prod).toEqual(profile)
  })

  test.each([
    { line: 'prod', message: 'where is the workspace?', hint: '--url URL, --database PATH or --drift' },
    { line: 'prod --json', terminal: { answers: [] }, message: 'where is the workspace?' },
    { line: 'prod --no-input', terminal: { answers: [] }, message: 'where is the workspace?' },
    { line: `prod --url ${PROD} --database x`, message: '--url does not go with --database' },
    { line: 'prod --drift --database x', message: '--drift does not go with --database' },
    { line: `prod --url ${PROD} --agent 2`, message: 'the token says who you are' },
    { line: `prod --url ${PROD} --file x.yaml`, message: '--file goes with --drift alone' },
    {
      line: 'prod --url http://status.acme.example',
      message: '--url: http to status.acme.example would send your token in clear text',
    },
    { line: `../prod --url ${PROD}`, message: 'this is not a name for a profile' },
    { line: `prod --url ${PROD} --token dst_a_secret`, message: 'a token is never the value of a flag' },
    { line: `prod --url ${PROD} --token=dst_a_secret`, message: 'a token is never the value of a flag' },
  ])('$line is an error of usage and writes nothing', async ({ line, terminal = {}, message, hint = '' }) => {
    const { folder, run } = machine()
    const { stdout, stderr, exitCode } = await run(`profile add ${line}`, terminal)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(stderr).not.toContain('secret')
    expect(existsSync(join(folder, 'profiles.json'))).toBe(false)
  })

  test('says when nothing changed, and refuses another workspace of the name unless it may replace it', async () => {
    const { run, profiles } = machine()
    await run(`profile add prod --url ${PROD}`)
    expect((await run(`profile add prod --url ${PROD}`)).stdout).toBe(
      `Nothing changed: profile prod is ${PROD} already\n`,
    )
    const { exitCode, stderr } = await run('profile add prod --drift')
    expect(exitCode).toBe(6)
    expect(stderr).toContain(`profile "prod" already names another workspace: ${PROD}`)
    expect((await run('profile add prod --drift --replace')).exitCode).toBe(0)
    expect(profiles().profiles.prod).toEqual({ service: 'drift' })
  })
})

describe('profile list', () => {
  test('marks the one in use, and says which asks before it writes', async () => {
    const { run } = await sharedMachine()
    await run(`profile add prod --url ${PROD} --protected`)
    const { stdout } = await run('profile --format table')
    expect(stdout).toMatch(/\* local +local +sam@acme\.example +\S+local\.db\n/)
    expect(stdout).toMatch(/ {2}prod +shared +protected +https:\/\/status\.acme\.example\n/)
    const list = JSON.parse((await run('profile list --json')).stdout)
    expect(list).toMatchObject({ current: 'local', profiles: [{ name: 'local' }, { name: 'prod', protected: true }] })
  })

  test.each([
    { flags: '', env: { DRIFT_STATUS_PROFILE: 'prod' }, current: 'prod' },
    { flags: '--profile prod', env: {}, current: 'prod' },
    { flags: '', env: { DRIFT_STATUS_URL: PROD }, current: null },
  ])('in use with $flags and $env: $current', async ({ flags, env, current }) => {
    const { run } = await sharedMachine()
    await run(`profile add prod --url ${PROD}`)
    const { stdout } = await run(`profile list --json ${flags}`.trim(), { env: env as Record<string, string> })
    expect(JSON.parse(stdout).current).toBe(current)
  })

  test('says what to do when there are none', async () => {
    expect((await machine().run('profile list --format table')).stdout).toContain('drift-status profile add')
  })
})

describe('profile use', () => {
  test('switches, says when nothing changed, and knows what was meant', async () => {
    const { run, folder } = await sharedMachine()
    await run(`profile add prod --url ${PROD}`)
    expect((await run('profile use prod')).stdout).toBe('Using profile prod\n')
    expect(JSON.parse((await run('profile use prod --json')).stdout)).toEqual({ profile: 'prod', changed: false })
    expect(await run('profile use prd')).toMatchObject({ exitCode: 5, stdout: '' })
    expect((await run('profile use prd')).stderr).toContain('did you mean "prod"?')
    expect(JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8')).current).toBe('prod')
  })

  test.each(['DRIFT_STATUS_PROFILE', 'DRIFT_STATUS_URL'])('warns that %s outranks it', async (variable) => {
    const { run } = await sharedMachine()
    expect((await run('profile use local', { env: { [variable]: PROD } })).stderr).toContain(
      `warning: ${variable} is set`,
    )
  })

  test('a token in place of a name is not repeated', async () => {
    const { run } = await sharedMachine()
    for (const verb of ['use', 'show', 'login', 'logout', 'remove --yes', 'add --drift']) {
      const { exitCode, stderr, stdout } = await run(`profile ${verb} ${ANA_TOKEN}`)
      expect({ verb, exitCode }).toEqual({ verb, exitCode: 2 })
      expect(stderr + stdout).not.toContain(ANA_TOKEN.split('_')[2])
    }
  })
})

describe('profile show says where each value comes from', () => {
  const LINE = { prod: `profile add prod --url ${PROD} --protected`, acme: 'profile add acme --drift --agent 2' }
  const from = (name: string) => ({ kind: 'environment', name })

  test('in words', async () => {
    const { run, folder } = await sharedMachine()
    await run(LINE.prod)
    await run('profile login prod --token-file - --no-verify', { stdin: ANA_TOKEN })
    const { stdout } = await run('profile show prod')
    const file = join(folder, 'profiles.json')
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['setting', 'value', 'from'],
      ['profile', 'prod', 'the command line'],
      ['service', 'shared', file],
      ['url', PROD, file],
      ['protected', 'yes', file],
      ['token', 'dst_ana1…', join(folder, 'credentials.json')],
      [''],
    ])
  })

  test.each([
    {
      title: 'no token yet',
      line: 'profile show prod --json',
      values: { token: { value: null, source: { kind: 'default' } }, protected: { value: true } },
    },
    {
      title: 'a token of the environment',
      line: 'profile show --profile prod --json',
      env: { DRIFT_STATUS_TOKEN: ANA_TOKEN },
      values: {
        profile: { value: 'prod', source: { kind: 'flag', name: '--profile' } },
        token: { value: 'dst_ana1…', source: from('DRIFT_STATUS_TOKEN') },
      },
    },
    {
      title: 'a token of Drift, which has no id',
      line: 'profile show acme --json',
      env: { DRIFT_STATUS_TOKEN: 'a-secret-of-drift' },
      values: {
        url: { value: 'https://driftapi.com', source: { kind: 'default' } },
        agent: { value: '2', source: { kind: 'file' } },
        token: { value: '(hidden)' },
      },
    },
    {
      title: 'a service of the environment, with no profile',
      line: 'profile show --json',
      env: { DRIFT_STATUS_URL: PROD, DRIFT_STATUS_TOKEN: ANA_TOKEN },
      values: {
        profile: { value: null, source: from('DRIFT_STATUS_URL') },
        url: { value: PROD, source: from('DRIFT_STATUS_URL') },
        token: { value: 'dst_ana1…' },
      },
    },
  ])('$title', async ({ line, env = {}, values }) => {
    const { run } = await sharedMachine()
    for (const add of Object.values(LINE)) await run(add)
    const { stdout, stderr } = await run(line, { env: env as Record<string, string> })
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toMatchObject({ values })
    expect(stdout).not.toMatch(/0123456789|a-secret-of-drift/)
  })
})

describe('profile remove', () => {
  test('asks, forgets the token as well, and leaves the workspace', async () => {
    const { run, folder } = await sharedMachine()
    await run(`profile add prod --url ${PROD} --use`)
    await run('profile login --token-file - --no-verify', { stdin: ANA_TOKEN })
    const kept = () => JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8')).credentials
    expect(await run('profile remove prod', { answers: [false] })).toMatchObject({ exitCode: 0, stdout: '' })
    expect(Object.keys(kept())).toEqual(['prod'])
    const { stdout } = await run('profile remove prod', { answers: [true] })
    expect(stdout).toContain(`Removed profile prod and its token; ${PROD} stays as it is`)
    expect(stdout).toContain('No profile is in use now')
    expect(kept()).toEqual({})
    await run('profile remove local --yes')
    expect(existsSync(join(folder, 'local.db'))).toBe(true)
  })

  test('without anybody to ask it is an error that names --yes', async () => {
    const { run } = await sharedMachine()
    const { exitCode, stderr } = await run('profile remove local')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('hint: add --yes')
    expect((await run('status')).exitCode).toBe(0)
  })
})

describe('init', () => {
  test('does not take the name of another workspace, and makes nothing', async () => {
    const { run, folder } = machine()
    await run(`profile add local --url ${PROD}`)
    const { exitCode, stderr, stdout } = await run('init --sample')
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: '' })
    expect(stderr).toContain(`profile "local" already names another workspace: ${PROD}`)
    expect(stderr).toContain('profile remove local')
    expect(existsSync(join(folder, 'local.db'))).toBe(false)
  })

  test('of another file under the same name is refused just so', async () => {
    const { run, folder } = await sharedMachine()
    const other = join(folder, 'other.db')
    expect((await run(`init --sample --database ${other}`)).exitCode).toBe(6)
    expect(existsSync(other)).toBe(false)
  })
})

test('a shell is offered the profiles, also when the one in use cannot be reached', async () => {
  const { run } = machine()
  await run(`profile add prod --url ${PROD}`)
  expect((await run('__complete -- profile use p')).stdout).toBe(`no-files\nprod\t${PROD}\n`)
})
