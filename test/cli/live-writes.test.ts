import { describe, expect, test } from 'vitest'
import { profileName, sampleWorkspace } from './sample-workspace.js'

interface Case {
  readonly line: string
  /** What it says it did. */
  readonly says: string
  /** A path that it changed. */
  readonly path: string
  /** Command lines before it. */
  readonly after?: readonly string[]
  /** Whether the same line again finds nothing to change. */
  readonly isRepeatable?: boolean
}

const ADD_RULE = 'routing add fr --when country=FR --to agent:ana --before germany'
const CASES: readonly Case[] = [
  { line: 'widget offline', says: 'The widget is set offline by hand, until you change it', path: 'widget.mode' },
  {
    line: 'widget offline --until 17:30',
    says: 'The widget is set offline until Mon 17:30 America/New_York',
    path: 'widget.override',
  },
  {
    line: 'widget online --for 2h',
    says: 'The widget is set online until Mon 12:00 America/New_York',
    path: 'widget.override',
  },
  {
    line: 'widget offline --for 1h',
    says: 'The widget is set offline until Mon 11:00 America/New_York',
    path: 'widget.override.afterwards',
    after: ['widget online --until fri'],
  },
  {
    line: 'widget auto',
    says: 'The widget follows the business hours',
    path: 'widget.mode',
    after: ['widget offline'],
  },
  { line: 'widget display online-only', says: 'The widget is displayed: online-only', path: 'widget.display' },
  { line: 'auto-offline off', says: 'Auto-offline is off', path: 'widget.autoOffline' },
  { line: 'auto-offline on', says: 'Auto-offline is on', path: 'widget.autoOffline', after: ['auto-offline off'] },
  { line: 'hours set sat 10:00 - 12:00', says: 'Hours of sat: 10:00-12:00', path: 'hours.weekly.sat' },
  {
    line: 'agent away --until midnight',
    says: 'You are away until Tue 00:00 America/New_York',
    path: 'agents[1].until',
  },
  { line: 'hours set sat,sun 10:00-12:00', says: 'Hours of sat, sun: 10:00-12:00', path: 'hours.weekly.sun' },
  {
    line: 'hours set sat,sun 10:00-12:00, 13:00-14:00',
    says: 'Hours of sat, sun: 10:00-12:00, 13:00-14:00',
    path: 'hours.weekly.sun',
  },
  { line: 'hours close 2026-12-31 --name Eve', says: 'Closed on 2026-12-31', path: 'hours.exceptions[2026-12-31]' },
  {
    line: 'hours open 2026-12-31 09:00-10:00',
    says: 'Open on 2026-12-31: 09:00-10:00',
    path: 'hours.exceptions[2026-12-31]',
  },
  {
    line: 'hours clear 01-01',
    says: '01-01 has its weekly hours again',
    path: 'hours.exceptions[01-01]',
    isRepeatable: false,
  },
  { line: 'hours zone Europe/Berlin', says: 'The business hours are in Europe/Berlin', path: 'hours.timeZone' },
  { line: 'agent away', says: 'You are away', path: 'agents[1].status' },
  {
    line: 'agent away --for 45m --note lunch',
    says: 'You are away until Mon 10:45 America/New_York',
    path: 'agents[1].until',
  },
  {
    line: 'agent available --for 30m',
    says: 'You are available until Mon 10:30 America/New_York',
    path: 'agents[1].afterwards',
    after: ['agent away --until 17:00 --note dentist'],
  },
  { line: 'agent available --agent ana', says: 'Ana Flores is available', path: 'agents[2].status' },
  {
    line: 'agent add 12 --name Mia --email mia@acme.example',
    says: 'Mia is an agent',
    path: 'agents[12]',
    isRepeatable: false,
  },
  { line: 'agent edit ana --role admin --chat-limit 3', says: 'Ana Flores is changed', path: 'agents[2].chatLimit' },
  { line: 'agent edit kofi --chat-limit none', says: 'Kofi Mensah is changed', path: 'agents[3].chatLimit' },
  { line: 'agent remove 9', says: 'LeadBot is removed', path: 'agents[9]', isRepeatable: false },
  { line: ADD_RULE, says: 'Rule fr is added', path: 'routing.rules[fr]', isRepeatable: false },
  { line: 'routing edit germany --name DACH', says: 'Rule germany is changed', path: 'routing.rules[germany].name' },
  { line: 'routing move germany --before owned', says: 'Rule germany is moved', path: 'routing.rules[]' },
  {
    line: 'routing remove germany',
    says: 'Rule germany is removed',
    path: 'routing.rules[germany]',
    isRepeatable: false,
  },
  { line: 'routing default --none', says: 'There is no default rule', path: 'routing.default' },
  {
    line: 'routing default --to team:sales',
    says: 'The default rule is set',
    path: 'routing.default.to.team',
  },
  { line: 'team add night --member ana', says: 'Team night is added', path: 'teams[night]', isRepeatable: false },
  { line: 'team edit sales --member lena --remove sam', says: 'Team sales is changed', path: 'teams[sales].members' },
  { line: 'team remove support', says: 'Team support is removed', path: 'teams[support]', isRepeatable: false },
  { line: 'playbook disable leadbot', says: 'Playbook leadbot is disabled', path: 'playbooks[leadbot].enabled' },
  {
    line: 'playbook enable leadbot',
    says: 'Playbook leadbot is enabled',
    path: 'playbooks[leadbot].enabled',
    after: ['playbook disable leadbot'],
  },
  {
    line: 'playbook add tour --text Hello',
    says: 'Playbook tour is added',
    path: 'playbooks[tour]',
    isRepeatable: false,
  },
  {
    line: 'playbook edit leadbot --url /docs*',
    says: 'Playbook leadbot is changed',
    path: 'playbooks[leadbot].target.url',
  },
  {
    line: 'playbook edit leadbot --when company.size>=80',
    says: 'Playbook leadbot is changed',
    path: 'playbooks[leadbot].target.visitor["company.size"].gte',
  },
  {
    line: 'playbook edit leadbot --route agent:sam',
    says: 'Playbook leadbot is changed',
    path: 'playbooks[leadbot].goal.route.to.agent',
  },
  {
    line: 'playbook edit leadbot --text Hello',
    says: 'Playbook leadbot is changed',
    path: 'playbooks[leadbot].message',
  },
  {
    line: 'playbook remove leadbot',
    says: 'Playbook leadbot is removed',
    path: 'playbooks[leadbot]',
    isRepeatable: false,
  },
  {
    line: 'revert 2',
    says: 'Revision 2 is undone',
    path: 'widget.mode',
    after: ['widget offline'],
    isRepeatable: false,
  },
]

async function prepared(after: readonly string[] = []) {
  const run = await sampleWorkspace()
  for (const line of after) await run(line.split(' '))
  return (line: string, ...more: readonly string[]) => run([...line.split(' '), ...more])
}

describe.each(CASES)('$line', ({ line, says, path, after = [], isRepeatable = true }) => {
  const revision = after.length + 2

  test('says what it did, in which workspace and revision, and what changed', async () => {
    const run = await prepared(after)
    const { stdout, stderr, exitCode } = await run(line, '--message', 'why not')
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    const [first, ...rows] = stdout.split('\n')
    expect(first).toBe(`${says} (Acme, profile ${profileName()}, revision ${revision})`)
    expect(rows.join('\n')).toMatchSnapshot()
    const log = JSON.parse((await run('log', '--json')).stdout)
    expect(log.revisions[0]).toMatchObject({ number: revision, actor: '1', note: 'why not' })
  })

  test('--dry-run says the same and changes nothing', async () => {
    const run = await prepared(after)
    const before = (await run('api GET /v1/workspace')).stdout
    const { stdout, exitCode } = await run(line, '--dry-run', '--verbose')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`(Acme, profile ${profileName()}, dry run: nothing was changed)`)
    expect(stdout).toContain(`  ${path} `)
    expect(stdout).toContain('Visitors would see')
    expect((await run('api GET /v1/workspace')).stdout).toBe(before)
  })

  test('--json answers what every write answers', async () => {
    const run = await prepared(after)
    const answer = JSON.parse((await run(line, '--json')).stdout)
    const keys = ['changed', 'changes', 'dryRun', 'effect', 'names', 'profile', 'revision', 'timeZone', 'workspace']
    const isStatus = /^agent (?:away|available)/.test(line)
    expect(Object.keys(answer).sort()).toEqual([...(isStatus ? ['agent'] : []), ...keys])
    expect(answer).toMatchObject({
      workspace: 'Acme',
      timeZone: 'America/New_York',
      changed: true,
      revision,
      dryRun: false,
    })
    expect(answer.effect).toEqual({
      before: { mode: expect.any(String), source: expect.any(String) },
      after: { mode: expect.any(String), source: expect.any(String) },
      available: expect.any(Number),
    })
    expect(answer.changes.map((change: { path: string }) => change.path)).toContain(path)
  })

  test('--quiet prints nothing and writes all the same', async () => {
    const run = await prepared(after)
    expect(await run(line, '--quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    expect(JSON.parse((await run('status --json')).stdout).revision).toBe(revision)
  })

  // What adds or removes cannot be done twice: there is no such test of it.
  if (!isRepeatable) return
  test('again has nothing to change and says so', async () => {
    const run = await prepared(after)
    await run(line)
    const again = await run(line)
    expect(again.exitCode).toBe(0)
    expect(again.stdout).toMatch(/^.+ \(Acme, profile \w+: already so, nothing changed\)\n$/)
    expect(JSON.parse((await run(line, '--json')).stdout)).toMatchObject({ changed: false, revision, changes: [] })
  })
})

test.each(['route', 'route list'])('R23: %s lists the open chats and decides nothing', async (line) => {
  const run = await sampleWorkspace()
  expect(await run(line.split(' '), { isTTY: true })).toMatchObject({ stdout: 'no open chats\n', exitCode: 0 })
  await run(['route', 'chat', '--route', 'agent:sam'])
  const cursors = (await run(['routing', 'cursor', '--json'])).stdout
  for (let time = 0; time < 2; time++) {
    const { stdout } = await run([...line.split(' '), '--json'])
    expect(JSON.parse(stdout)).toMatchObject([{ id: 1, agent: '1' }])
  }
  expect((await run(['routing', 'cursor', '--json'])).stdout).toBe(cursors)
})

test.each([
  { line: 'route chat --visitor country=FR', says: '(Acme, dry run: nothing was recorded' },
  { line: 'route end 1', says: 'Chat 1 of agent 1 has ended (Acme, dry run: nothing was changed)' },
  { line: 'routing cursor default --after lena', says: 'Routed last (Acme, dry run: nothing was changed)' },
])('R23: $line --dry-run says what would happen to chats, and moves nothing', async ({ line, says }) => {
  const run = await sampleWorkspace()
  await run('route chat --route agent:sam'.split(' '))
  const state = async () => [
    (await run(['route', 'list', '--json'])).stdout,
    (await run(['routing', 'cursor', '--json'])).stdout,
  ]
  const before = await state()
  const { stdout, exitCode } = await run([...line.split(' '), '--dry-run'])
  expect(exitCode).toBe(0)
  expect(stdout).toContain(says)
  expect(await state()).toEqual(before)
})

describe('what a GET answers is sent back with a PUT as it is', () => {
  /** Every kind of state: timed, planned, ended, by hand, counted. */
  const STATES = [
    'agent away --for 1h --note lunch --agent sam',
    'agent available --for 30m --agent sam',
    'agent away --for 2h --agent kofi',
    'agent away --for 1m --agent lena',
    'agent edit 4 --disabled',
    'widget online --for 3h',
    'widget offline --for 1h',
    'route chat --route agent:sam',
    'hours close 2027-05-01 --name Holiday',
    'team hours set sales mon 09:00-12:00',
  ]
  const PATHS = [
    'workspace',
    'widget',
    'hours',
    'hours?team=sales',
    'hours?team=support',
    'teams',
    'routing',
    'playbooks',
  ].map((name) => `/v1/${name}`)

  test('and nothing changes', async () => {
    const run = await sampleWorkspace()
    for (const line of STATES) expect(await run(line.split(' '))).toMatchObject({ exitCode: 0 })
    // By now some of it has ended.
    for (const now of ['2026-11-23T15:00:30Z', '2026-11-23T15:45:00Z', '2026-11-24T15:00:00Z']) {
      for (const path of PATHS) {
        const { stdout: body } = await run(['api', 'GET', path], { now })
        const put = ['api', 'PUT', path.split('?')[0]!, '--body', '-']
        const { stdout, stderr, exitCode } = await run(put, { now, stdin: body })
        expect({ path, stderr, exitCode }).toEqual({ path, stderr: '', exitCode: 0 })
        expect({ path, changes: JSON.parse(stdout).changes }).toEqual({ path, changes: [] })
        expect((await run(['api', 'GET', path], { now })).stdout).toBe(body)
      }
    }
  })

  test('and an edit of it is written, unless someone else wrote since', async () => {
    const run = await sampleWorkspace()
    const widget = JSON.parse((await run(['api', 'GET', '/v1/widget'])).stdout)
    const body = JSON.stringify({ ...widget, value: { ...widget.value, display: 'online-only' } })
    const put = () => run(['api', 'PUT', '/v1/widget', '--body', '-'], { stdin: body })
    expect(JSON.parse((await put()).stdout).changes).toMatchObject([{ path: 'widget.display', after: 'online-only' }])
    expect(await put()).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('since revision') })
  })

  test.each([
    { path: '/v1/hours', body: { value: { weekly: {} }, revison: 1 }, says: 'revison' },
    { path: '/v1/widget', body: { widget: { mode: 'offline' }, mode: 'online' }, says: 'goes with no other setting' },
    { path: '/v1/workspace', body: { name: 'Acme' }, says: 'name' },
  ])('but not with anything else: $body', async ({ path, body, says }) => {
    const run = await sampleWorkspace()
    const { exitCode, stderr } = await run(['api', 'PUT', path, '--body', '-'], { stdin: JSON.stringify(body) })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) })
  })
})

test('a playbook keeps its visitors and its calendar when its pages and its goal change', async () => {
  const run = await sampleWorkspace()
  const flags = ['playbook', 'edit', 'leadbot', '--url', '/docs*', '--route', 'agent:sam']
  expect(await run(flags)).toMatchObject({ exitCode: 0 })
  expect(JSON.parse((await run(['playbook', 'show', 'leadbot', '--json'])).stdout)).toMatchObject({
    target: { url: ['/docs*'], visitor: { 'company.size': { gte: 50 } } },
    goal: { calendar: true },
  })
})

test.each(['--visitor url=/pricing', '--url https://', '--visitor country=DE --visitor country=AT'])(
  'R26: a chat of a visitor who cannot be read is refused: %s',
  async (flags) => {
    const run = await sampleWorkspace()
    for (const command of ['simulate', 'route chat']) {
      const { exitCode, stdout } = await run(`${command} ${flags}`.split(' '))
      expect({ command, exitCode, stdout }).toEqual({ command, exitCode: 2, stdout: '' })
    }
  },
)
