import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

const SECRET = /^dst_[a-z0-9]{8}_[\w-]{43}\n$/
const LATER = '2026-11-24T15:00:00Z'

async function tokens() {
  const run = await sampleWorkspace()
  return {
    run: (line: string, terminal = {}) => run(line.split(' '), terminal),
    list: async (terminal = {}) => JSON.parse((await run(['token', 'list', '--json'], terminal)).stdout).tokens,
  }
}

describe('token create', () => {
  test('prints the secret alone on standard output, and the rest beside it', async () => {
    const { run, list } = await tokens()
    const { stdout, stderr, exitCode } = await run('token create --agent ana@acme.example --expires 90d')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(SECRET)
    expect(stderr).toContain('what the agent has (read, status:self). It expires')
    expect(stderr).toContain('drift-status profile login')
    expect(stderr).not.toContain(stdout.trim())
    expect(await list()).toMatchObject([
      {
        agent: '2',
        scopes: ['read', 'status:self'],
        state: 'active',
        expiresAt: '2027-02-21T15:00:00.000Z',
        lastUsedAt: null,
      },
    ])
  })

  test('--quiet prints the secret and nothing else', async () => {
    const { run } = await tokens()
    const { stdout, stderr } = await run('token create --agent 1 --quiet')
    expect(stdout).toMatch(SECRET)
    expect(stderr).toBe('')
  })

  test('--json has the secret as a field', async () => {
    const { run } = await tokens()
    const { stdout, stderr } = await run('token create --name ci --scope read --scope hours --json')
    expect(JSON.parse(stdout)).toMatchObject({
      changed: true,
      secret: expect.stringMatching(/^dst_/),
      token: { name: 'ci', agent: null, scopes: ['read', 'hours'] },
    })
    expect(stderr).toBe('')
  })

  test.each([
    { line: '--agent 1', scopes: 8, why: 'what its agent, an admin, may' },
    { line: '--agent 2', scopes: 2, why: 'what its agent, no admin, may' },
    { line: '--role admin', scopes: 8, why: 'what an admin may' },
    { line: '--agent 1 --role agent', scopes: 2, why: 'less than its agent may, when told so' },
    { line: '--agent 2 --scope widget', scopes: 1, why: 'what is named' },
  ])('$line allows $why', async ({ line, scopes }) => {
    const { run, list } = await tokens()
    await run(`token create ${line}`)
    expect((await list())[0].scopes).toHaveLength(scopes)
  })

  test('--dry-run makes no token and shows no secret', async () => {
    const { run, list } = await tokens()
    const { stdout } = await run('token create --agent 2 --dry-run')
    expect(stdout).toContain('dry run')
    expect(stdout).not.toContain('dst_')
    expect(await list()).toEqual([])
  })

  test.each([
    { expires: '9am', at: '2026-11-24T14:00:00.000Z' },
    { expires: '1.5h', at: '2026-11-23T16:30:00.000Z' },
    { expires: 'P90D', at: '2027-02-21T15:00:00.000Z' },
    { expires: '2027-01-31', at: '2027-01-31T05:00:00.000Z' },
  ])('ends at the coming "$expires"', async ({ expires, at }) => {
    const { run, list } = await tokens()
    await run(`token create --agent 2 --expires ${expires}`)
    expect(await list()).toMatchObject([{ expiresAt: at }])
  })

  test.each([
    { line: '', says: 'needs an agent' },
    { line: '--agent 1 --role admin --scope read', says: 'say the same thing' },
    { line: '--agent 1 --expires 2020-01-01', says: 'is in the past' },
    { line: '--agent 1 --expires 90', says: 'write 90m for minutes, or 90s, 90h, 90d' },
    { line: '--agent 1 --scope everything', says: 'is not one of' },
    { line: '--agent nobody@acme.example', says: 'is not an agent of this workspace', exitCode: 5 },
  ])('refuses "$line"', async ({ line, says, exitCode = 2 }) => {
    const { run, list } = await tokens()
    const outcome = await run(`token create ${line}`.trim())
    expect(outcome).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(says) })
    expect(await list()).toEqual([])
  })

  test('needs an admin', async () => {
    const { run } = await tokens()
    await run('token create --agent 2')
    const ana = await sampleWorkspace()
    await ana(['init', '--sample', '--profile', 'ana', '--agent', '2'])
    expect(await ana(['token', 'create', '--role', 'admin', '--profile', 'ana'])).toMatchObject({
      exitCode: 4,
      stdout: '',
    })
  })
})

describe('a token later', () => {
  test('is listed with what it is for; one that has expired says so', async () => {
    const { run, list } = await tokens()
    await run('token create --agent 2 --expires 2h')
    await run('token create --name ci --role admin', { now: '2026-11-23T15:01:00Z' })
    const { stdout } = await run('token --format table', { now: LATER })
    expect(stdout).toMatch(/expired +\w{8} +Ana/)
    expect(stdout).toMatch(/active +\w{8} +ci +everything +until .+, never used/)
    expect(await list({ now: LATER })).toMatchObject([{ state: 'expired' }, { state: 'active' }])
  })

  test('rotated has a new secret, and an old one for as long as is said', async () => {
    const { run, list } = await tokens()
    const old = (await run('token create --agent 2')).stdout
    const [{ id }] = await list()
    const { stdout, stderr } = await run(`token rotate ${id} --overlap 24h`)
    expect(stdout).toMatch(SECRET)
    expect(stdout).not.toBe(old)
    expect(stderr).toContain('The old secret works until')
    expect(await list()).toMatchObject([
      { id, previousUntil: '2026-11-24T15:00:00.000Z', rotatedAt: expect.any(String) },
    ])
    await run(`token rotate ${id} --overlap 0s`)
    expect(await list()).toMatchObject([{ previousUntil: null }])
  })

  test('revoked is over, once and for all', async () => {
    const { run, list } = await tokens()
    await run('token create --agent 2')
    const [{ id }] = await list()
    expect((await run(`token revoke ${id}`)).stdout).toContain(`Token ${id} is revoked`)
    expect((await run(`token revoke ${id}`)).stdout).toContain('nothing changed')
    expect(await list()).toMatchObject([{ state: 'revoked' }])
    expect(await run(`token rotate ${id}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('was revoked'),
    })
    expect(await run('token revoke zzzzzzzz')).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('token list'),
    })
  })

  test('is in the log by its path, without a secret, and cannot be reverted', async () => {
    const { run, list } = await tokens()
    const secret = (await run('token create --agent 2 --message laptop')).stdout.trim()
    const [{ id }] = await list()
    const { stdout } = await run('log --json')
    expect(stdout).toContain(`"tokens[${id}]"`)
    expect(stdout).toContain('"laptop"')
    expect(stdout).not.toContain(secret.slice(-43))
    const { revisions } = JSON.parse(stdout)
    expect(await run(`revert ${revisions[0].number}`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(`drift-status token revoke`),
    })
  })
})
