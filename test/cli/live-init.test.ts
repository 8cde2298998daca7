import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder, runCli, type Terminal } from './fake-context.js'

/** A machine without a workspace; every call is one command line on it. */
function machine() {
  const folder = newFolder()
  const env = { DRIFT_STATUS_CONFIG_DIR: folder }
  const run = (line: string, terminal: Terminal = {}) => runCli(line.split(' '), { env, ...terminal })
  return { folder, run }
}

const NEW = 'init --name Acme --time-zone Europe/Berlin --email ana@acme.example'

describe('init', () => {
  test('--sample makes the sample workspace with you as its admin', async () => {
    const { folder, run } = machine()
    const { stdout, exitCode } = await run('init --sample')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Made the workspace Acme in ${join(folder, 'local.db')}`)
    expect(stdout).toContain('Profile "local" uses it, and you are sam@acme.example.')
    expect(JSON.parse((await run('agent --json')).stdout)).toMatchObject({ id: '1', role: 'admin' })
  })

  test('asks what the flags do not say', async () => {
    const { run } = machine()
    const answers = ['a new workspace', 'Beta', 'Europe/Berlin', 'ana@acme.example', 'Ana Flores']
    expect((await run('init', { answers })).stdout).toContain('Made the workspace Beta')
    expect(JSON.parse((await run('agent --json')).stdout)).toMatchObject({ name: 'Ana Flores', role: 'admin' })
    expect(JSON.parse((await run('status --json')).stdout)).toMatchObject({ timeZone: 'Europe/Berlin' })
  })

  test('asks again for an answer that cannot be one', async () => {
    const { run } = machine()
    const answers = ['a new workspace', '', 'Beta', 'Europe/Berln', 'Europe/Berlin', 'ana', 'ana@acme.example', 'Ana']
    expect((await run('init', { answers })).stdout).toContain('Made the workspace Beta')
  })

  test.each([
    { answers: ['the sample workspace'], workspace: 'Acme' },
    { answers: ['a document', 'docs/sample/acme.yaml'], workspace: 'Acme' },
  ])('starts from $answers when that is the answer', async ({ answers, workspace }) => {
    const { run } = machine()
    expect((await run('init', { answers })).stdout).toContain(`Made the workspace ${workspace}`)
  })

  test('asks nothing that the flags say', async () => {
    const { run } = machine()
    expect((await run(`${NEW} --your-name Ana`, { answers: [] })).exitCode).toBe(0)
  })

  test('without a terminal needs no answer, and names you after your email', async () => {
    const { run } = machine()
    expect(JSON.parse((await run(`${NEW} --json`)).stdout)).toMatchObject({
      profile: 'local',
      workspace: 'Acme',
      agent: 'ana@acme.example',
    })
    expect(JSON.parse((await run('agent --json')).stdout)).toMatchObject({ name: 'ana' })
  })

  test.each([
    { line: 'init', terminal: {}, message: '--name is missing', hint: 'init --sample' },
    { line: 'init --name Acme', terminal: {}, message: '--time-zone is missing' },
    { line: 'init --name Acme --time-zone UTC', terminal: {}, message: '--email is missing' },
    { line: 'init --no-input', terminal: { answers: [] }, message: '--name is missing' },
    { line: 'init --json', terminal: { answers: [] }, message: '--name is missing' },
    { line: 'init --sample --name Acme', terminal: {}, message: '--sample, --from and --name exclude each other' },
    { line: NEW.replace('Berlin', 'Berln'), terminal: {}, message: 'Europe/Berln', hint: 'Europe/Berlin' },
    { line: 'init --from docs/sample/acme.yaml --agent nobody', terminal: {}, message: '"nobody" is not an agent' },
  ])('$line is an error of usage and makes nothing', async ({ line, terminal, message, hint = '' }) => {
    const { folder, run } = machine()
    const { stderr, stdout, exitCode } = await run(line, terminal)
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
    expect(stderr).toContain(message)
    expect(stderr).toContain(hint)
    expect(existsSync(join(folder, 'local.db'))).toBe(false)
    expect(existsSync(join(folder, 'profiles.json'))).toBe(false)
  })

  test('a path beneath a file is an error that says what to do, and no bug', async () => {
    const { folder, run } = machine()
    await run('init --sample')
    const { stderr, exitCode } = await run(
      `init --sample --profile two --database ${join(folder, 'local.db', 'two.db')}`,
    )
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^error: --database: .*two\.db cannot be reached \(E\w+\)\nhint: name a file/)
  })

  test('never writes over a workspace', async () => {
    const { run } = machine()
    await run('init --sample')
    await run('widget offline')
    expect(await run(NEW)).toMatchObject({ exitCode: 6, stdout: '' })
    expect(JSON.parse((await run('status --json')).stdout)).toMatchObject({ workspace: 'Acme', revision: 2 })
  })

  test('makes a second workspace under another profile, and each keeps its own', async () => {
    const { folder, run } = machine()
    await run('init --sample')
    await run('init --profile beta --name Beta --time-zone UTC --email b@beta.example')
    await run('widget offline --profile local')
    const names = ['local', 'beta'].map(async (profile) =>
      JSON.parse((await run(`status --json --profile ${profile}`)).stdout),
    )
    expect(await Promise.all(names)).toMatchObject([
      { workspace: 'Acme', revision: 2 },
      { workspace: 'Beta', revision: 1 },
    ])
    expect(JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8')).current).toBe('local')
    expect((await run('status --profile bta')).stderr).toContain('did you mean "beta"?')
  })

  test('a workspace file that is gone is an error that names it, and is not made again', async () => {
    const { folder, run } = machine()
    await run(`init --sample --database ${join(folder, 'x', 'acme.db')}`)
    rmSync(join(folder, 'x'), { recursive: true })
    const { exitCode, stderr } = await run('status')
    expect(exitCode).not.toBe(0)
    expect(stderr).toContain('acme.db')
    expect(existsSync(join(folder, 'x', 'acme.db'))).toBe(false)
  })
})

describe('a profile that knows you by an email', () => {
  const me = async (run: ReturnType<typeof machine>['run'], profile: string) => {
    const { stdout, exitCode } = await run(`agent --json --profile ${profile}`)
    return exitCode === 0 ? JSON.parse(stdout).id : exitCode
  }

  test('goes on with you when the email changes, and when it is given to somebody else', async () => {
    const { folder, run } = machine()
    await run(`${NEW} --your-name Ana`)
    await run('agent add 2 --name Kofi --email kofi@acme.example')
    const file = join(folder, 'local.db')
    await run(`profile add ana --database ${file} --agent ANA@acme.example`)
    await run(`profile add kofi --database ${file} --agent kofi`)
    expect((await run('agent edit 1 --email new@acme.example')).exitCode).toBe(0)
    expect((await run('agent edit 2 --email ana@acme.example')).exitCode).toBe(0)
    expect([await me(run, 'local'), await me(run, 'ana'), await me(run, 'kofi')]).toEqual(['1', '1', '2'])
  })

  test.each(['zoe@acme.example', 'Zoe'])('made with %s is nobody once the agent is gone', async (name) => {
    const { folder, run } = machine()
    await run(`${NEW} --your-name Ana`)
    await run('agent add zoe@acme.example --name Zoe')
    await run(`profile add zoe --database ${join(folder, 'local.db')} --agent ${name}`)
    expect(await me(run, 'zoe')).toBe('zoe@acme.example')
    await run('agent remove zoe@acme.example')
    await run('agent add 3 --name Zoe --email zoe@acme.example')
    expect(await me(run, 'zoe')).toBe(5)
    expect((await run('doctor --profile zoe')).stdout).toContain(`you are "${name}", who is not an agent`)
  })

  test('of an earlier version goes on working, in any case', async () => {
    const { folder, run } = machine()
    await run('init --sample')
    const settings = join(folder, 'profiles.json')
    const { profiles, ...rest } = JSON.parse(readFileSync(settings, 'utf8'))
    const { agentId: _, ...local } = profiles.local
    const old = { ...rest, profiles: { local: { ...local, agent: 'SAM@acme.example' } } }
    writeFileSync(settings, JSON.stringify(old))
    expect(await me(run, 'local')).toBe('1')
  })

  test('is not added for nobody', async () => {
    const { folder, run } = machine()
    await run('init --sample')
    const line = `profile add x --database ${join(folder, 'local.db')} --agent nobody@acme.example`
    expect(await run(line)).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('is not an agent of the') })
  })
})
