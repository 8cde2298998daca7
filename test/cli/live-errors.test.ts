import { describe, expect, test } from 'vitest'
import { profileName, sampleWorkspace } from './sample-workspace.js'

interface Case {
  readonly line: string
  readonly exitCode: number
  readonly code: string
  readonly message: string
  readonly hint?: string
}

const CASES: readonly Case[] = [
  {
    line: 'widget offline --for 2h --until 17:30',
    exitCode: 2,
    code: 'usage',
    message: '--for and --until say the same thing',
    hint: 'keep one of them',
  },
  { line: 'widget offline --for soon', exitCode: 2, code: 'usage', message: '--for: "soon" is not a duration' },
  {
    line: 'agent away --until today',
    exitCode: 2,
    code: 'usage',
    message: '--until: "today" is in the past',
    hint: '"midnight" for the end of today',
  },
  {
    line: 'widget offline --until 2026-11-23T09:00',
    exitCode: 2,
    code: 'usage',
    message: '--until: "2026-11-23T09:00" is in the past',
  },
  { line: 'widget display onlin', exitCode: 2, code: 'usage', message: '"onlin" is not one of' },
  {
    line: 'hours set fridya 09:00-17:00',
    exitCode: 2,
    code: 'usage',
    message: '"fridya" is not a day',
    hint: 'friday',
  },
  { line: 'hours set mon nine-five', exitCode: 2, code: 'invalid-input', message: '"nine-five" is not a time range' },
  { line: 'hours set mon 09:00-12:00 11:00-13:00', exitCode: 2, code: 'invalid-input', message: '11:00-13:00' },
  {
    line: 'hours zone Europe/Berln',
    exitCode: 2,
    code: 'invalid-input',
    message: 'Europe/Berln',
    hint: 'Europe/Berlin',
  },
  { line: 'hours close 2026-02-30', exitCode: 2, code: 'invalid-input', message: '2026-02-30' },
  { line: 'hours close 2026-12-26..2026-12-31', exitCode: 2, code: 'invalid-input', message: 'cover the same date' },
  { line: 'hours clear 2026-06-01', exitCode: 5, code: 'not-found', message: '2026-06-01 has no exception of its own' },
  {
    line: 'hours clear 2026-12-25',
    exitCode: 5,
    code: 'not-found',
    message: 'no exception of its own',
    hint: '2026-12-25..2026-12-26',
  },
  { line: 'agent away --agent anna', exitCode: 5, code: 'not-found', message: '"anna" is not an agent', hint: 'Ana' },
  { line: 'agent edit ana', exitCode: 2, code: 'usage', message: 'there is nothing to change' },
  {
    line: 'agent edit ana --time-zone Mars',
    exitCode: 2,
    code: 'invalid-input',
    message: '"Mars" is not an IANA time zone',
  },
  {
    line: 'agent edit ana --email sam@acme.example',
    exitCode: 6,
    code: 'conflict',
    message: 'the email of another agent',
  },
  {
    line: 'agent add 1 --name Sam',
    exitCode: 6,
    code: 'conflict',
    message: 'agent "1" exists already',
    hint: 'agent edit 1',
  },
  { line: 'agent remove 4', exitCode: 2, code: 'invalid-input', message: 'still named by' },
  { line: 'routing add vip', exitCode: 2, code: 'usage', message: '--to is missing' },
  {
    line: 'routing add vip --to teem:sales',
    exitCode: 2,
    code: 'usage',
    message: '"teem:sales" is not a target',
    hint: 'team',
  },
  {
    line: 'routing add vip --to team:slaes',
    exitCode: 2,
    code: 'invalid-input',
    message: '"slaes" is not a team',
    hint: 'sales',
  },
  {
    line: 'routing add germany --to agent:ana',
    exitCode: 6,
    code: 'conflict',
    message: 'rule "germany" exists already',
  },
  {
    line: 'routing edit germny --name X',
    exitCode: 5,
    code: 'not-found',
    message: '"germny" is not a rule',
    hint: 'germany',
  },
  { line: 'routing move germany', exitCode: 2, code: 'usage', message: 'one new place is needed' },
  { line: 'routing default', exitCode: 2, code: 'usage', message: 'the target is missing' },
  { line: 'routing cursor sales --reset', exitCode: 5, code: 'not-found', message: '"sales" is not a group' },
  {
    line: 'team remove sales',
    exitCode: 2,
    code: 'invalid-input',
    message: 'the team is still named by routing.rules',
  },
  { line: 'team edit sales', exitCode: 2, code: 'usage', message: 'there is nothing to change' },
  {
    line: 'playbook enable leadbt',
    exitCode: 5,
    code: 'not-found',
    message: '"leadbt" is not a playbook',
    hint: 'leadbot',
  },
  { line: 'playbook edit leadbot --calendar', exitCode: 2, code: 'usage', message: '--calendar needs a goal' },
  { line: 'revert 99', exitCode: 5, code: 'not-found', message: 'there is no revision 99', hint: 'drift-status log' },
  { line: 'route end 99', exitCode: 5, code: 'not-found', message: 'there is no assignment 99' },
  {
    line: 'api PUT /v1/widgt',
    exitCode: 2,
    code: 'usage',
    message: 'PUT /v1/widgt is not an operation',
    hint: '/v1/widget',
  },
  { line: 'api GET /v1/agents/%', exitCode: 5, code: 'not-found', message: '"%" is not an agent' },
  {
    line: 'api PUT /v1/hours/exceptions/2026-12-24 -F hours=closed --if-match 99',
    exitCode: 6,
    code: 'conflict',
    message: 'revision',
  },
]

describe('a write that is refused', () => {
  test.each(CASES)(
    '$line exits $exitCode and changes nothing',
    async ({ line, exitCode, code, message, hint = '' }) => {
      const run = await sampleWorkspace()
      const human = await run(line.split(' '))
      expect(human).toMatchObject({ exitCode, stdout: '' })
      expect(human.stderr).toContain('error: ')
      expect(human.stderr).toContain(message)
      expect(human.stderr).toContain(hint)
      const machine = await run([...line.split(' '), '--json'])
      expect(machine).toMatchObject({ exitCode, stdout: '' })
      expect(JSON.parse(machine.stderr).error).toMatchObject({ code })
      expect(JSON.parse((await run(['status', '--json'])).stdout).revision).toBe(1)
    },
  )

  test('a conflict in a revert names the revision in between, and --force writes over it', async () => {
    const run = await sampleWorkspace()
    await run(['widget', 'offline'])
    await run(['widget', 'online'])
    const refused = await run(['revert', '2'])
    expect(refused.exitCode).toBe(6)
    expect(refused.stderr).toContain('revision 2 wrote widget.mode, and revision 3 changed it since')
    expect((await run(['revert', '2', '--force'])).stdout).toContain(
      `Revision 2 is undone (Acme, profile ${profileName()}, revision 4)`,
    )
  })
})

describe('R16: an agent who is no admin', () => {
  test('sets the own status, and is refused everything else with exit 4', async () => {
    const ana = await sampleWorkspace({ flags: '--from docs/sample/acme.yaml --agent ana@acme.example' })
    const run = (line: string) => ana(line.split(' '))
    expect((await run('agent available')).stdout).toContain(
      `You are available (Acme, profile ${profileName()}, revision 2)`,
    )
    for (const line of ['agent away --agent sam', 'widget offline', 'hours set mon closed', 'routing remove germany']) {
      const refused = await run(line)
      expect(refused).toMatchObject({ exitCode: 4, stdout: '' })
      expect(refused.stderr).toContain('hint: ask an admin')
    }
    expect(JSON.parse((await run('status --json')).stdout).revision).toBe(2)
  })
})

describe('R14: a plan', () => {
  test('refuses what it does not include with exit 4, naming the setting and the plan', async () => {
    const stdin = 'version: 1\nname: Small\nplan: free\ntimeZone: UTC\nagents: [{ id: "1" }]\n'
    const run = await sampleWorkspace({ flags: '--from -', stdin })
    const refused = await run(['widget', 'display', 'online-only'])
    expect(refused.exitCode).toBe(4)
    expect(refused.stderr).toContain('the plan "free" does not include showing the widget by mode (needs pro) (R14)')
  })
})
