import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { runCli, type Terminal } from './fake-context.js'

const SAMPLE = 'docs/sample/acme.yaml'

async function answer(...args: string[]) {
  const { stdout, stderr, exitCode } = await runCli(['simulate', '--file', SAMPLE, '--json', ...args])
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return JSON.parse(stdout)
}

describe('simulate', () => {
  test('says the answer first, then what the visitor sees, then the routing', async () => {
    const { stdout, exitCode } = await runCli(['simulate', '--file', SAMPLE, '--at', 'fri 17:30'])
    expect(exitCode).toBe(0)
    expect(stdout).toBe(`OFFLINE, Sam Reed gets the chat
Acme, Fri 27 Nov 2026, 17:30 (America/New_York)
  Closed since Fri 17:00 (America/New_York); opens Fri 22:00.

The visitor sees
  message   "We will be back soon.", playbook welcome-offline
  greeting  "We are away. Leave us a message.", with Sam Reed, Lena Vogt
  notice    back Fri 22:00

Routing by rules; in order, after nobody
  The default rule routes to Sam Reed (in-order).
  routed  Sam Reed    available, calendar offered
  away    Ana Flores  away (on leave)
  next    Lena Vogt   available, not their turn
  before it: owned (no match), enterprise (no match), germany (no match)

All 4 agents are assumed to stay as they are.
`)
  })

  test('answers the shape of the design in JSON', async () => {
    expect(await answer('--at', '2026-11-27T17:30:00-05:00')).toMatchObject({
      at: '2026-11-27T17:30:00.000-05:00',
      timeZone: 'America/New_York',
      widget: {
        mode: 'offline',
        source: 'hours',
        visible: true,
        nextChange: { at: '2026-11-27T22:00:00.000-05:00', mode: 'online' },
      },
      visitor: {
        proactive: { playbook: 'welcome-offline', message: 'We will be back soon.' },
        greeting: { variant: 'offline', message: 'We are away. Leave us a message.', faces: ['1', '4'] },
        offlineNotice: { backAt: '2026-11-27T22:00:00.000-05:00' },
      },
      routing: {
        via: 'rules',
        rule: 'default',
        target: 'round-robin',
        assignee: '1',
        calendar: '1',
        cursor: null,
        candidates: [
          { agent: '1', outcome: 'routed' },
          { agent: '2', outcome: 'away' },
          { agent: '4', outcome: 'next' },
        ],
      },
      agents: [
        { id: '1', status: 'available' },
        { id: '2', status: 'away' },
        { id: '3', status: 'available' },
        { id: '4', status: 'available' },
        { id: '9', status: 'available' },
      ],
      warnings: [],
    })
  })

  const assumptions: readonly { title: string; args: string[]; expected: object }[] = [
    {
      title: 'R9: everyone away closes the widget',
      args: ['--agent', 'sam=away', '--agent', 'kofi=away', '--agent', 'lena=away'],
      expected: { widget: { mode: 'offline', source: 'auto-offline' }, routing: { assignee: null, calendar: null } },
    },
    {
      title: 'R12: auto-offline off keeps the promise, and warns',
      args: ['--agent', '1=away', '--agent', '3=away', '--agent', '4=away', '--auto-offline', 'off'],
      expected: { widget: { mode: 'online' }, warnings: [{ code: 'online-unstaffed' }] },
    },
    {
      title: 'R8: a mode set by hand',
      args: ['--mode', 'offline'],
      expected: { widget: { source: 'manual', nextChange: null } },
    },
    { title: 'R21: the cursor', args: ['--after', '1'], expected: { routing: { assignee: '4', cursor: '1' } } },
    {
      title: 'R21: the cursor by name',
      args: ['--after', 'Lena Vogt'],
      expected: { routing: { assignee: '1', cursor: '4' } },
    },
    {
      title: 'R26: the page and the visitor choose the playbook, whose goal routes',
      args: ['--url', 'https://acme.example/pricing?x=1', '--visitor', 'company.size=80'],
      expected: {
        visitor: { proactive: { playbook: 'leadbot' } },
        routing: { via: 'playbook:leadbot', target: 'team' },
      },
    },
    {
      title: 'R18: one agent',
      args: ['--route', 'agent:ana'],
      expected: { routing: { assignee: '2', calendar: '2', target: 'agent' } },
    },
    {
      title: 'R19: the account owner',
      args: ['--visitor', 'account.owner=2'],
      expected: { routing: { rule: 'owned', assignee: '2' } },
    },
    {
      title: 'R21: least open chats',
      args: ['--route', 'round-robin:1,4', '--strategy', 'least-open'],
      expected: { routing: { assignee: '4', strategy: 'least-open' } },
    },
    {
      title: 'R21: random prints the seed it used',
      args: ['--strategy', 'random'],
      expected: { routing: { strategy: 'random', seed: 42 } },
    },
    {
      title: 'R28: the notice is in the visitor’s zone',
      args: ['--at', '2026-11-27T18:00:00-05:00', '--visitor-zone', 'Europe/Berlin'],
      expected: { visitor: { offlineNotice: { backAt: '2026-11-28T04:00:00.000+01:00' } } },
    },
  ]
  test.each(assumptions)('$title', async ({ args, expected }) => {
    expect(await answer('--at', 'fri 11:00', ...args)).toMatchObject(expected)
  })

  test.each([
    { args: [], back: 'back Fri 22:00' },
    { args: ['--visitor-zone', 'Europe/Berlin'], back: 'back Sat 04:00 (Europe/Berlin)' },
  ])('R28: the notice in words is "$back"', async ({ args, back }) => {
    const line = ['simulate', '--file', SAMPLE, '--at', '2026-11-27T18:00:00-05:00', ...args]
    expect((await runCli(line)).stdout).toContain(`${back}\n`)
  })

  test.each([
    { until: '2026-11-01T01:45:00-04:00', at: '2026-11-01T00:50:00-04:00', says: 'until Sun 01:45 -04:00.' },
    { until: '2026-11-01T01:45:00-05:00', at: '2026-11-01T01:50:00-04:00', says: 'until Sun 01:45 -05:00.' },
    { until: '2026-11-01T02:45:00-05:00', at: '2026-11-01T01:50:00-04:00', says: 'until Sun 02:45.' },
  ])('R4: a time that comes twice says which one: $says', async ({ until, at, says }) => {
    const override = { mode: 'online', until }
    const stdin = JSON.stringify({ version: 1, timeZone: 'America/New_York', widget: { override } })
    const { stdout } = await runCli(['simulate', '--file', '-', '--at', at], { stdin })
    expect(stdout).toContain(`An override holds the widget online ${says}`)
  })

  test('R23: a sequence routes visitors in a row and moves no cursor', async () => {
    const decision = await answer('--sequence', '4')
    expect(decision.sequence.map((turn: { assignee: string }) => turn.assignee)).toEqual(['1', '4', '1', '4'])
    expect(decision.routing.cursor).toBeNull()
  })

  test('lists the next changes', async () => {
    expect((await answer('--at', 'fri 17:30', '--next', '2')).next).toEqual([
      { at: '2026-11-27T22:00:00.000-05:00', mode: 'online' },
      { at: '2026-11-28T02:00:00.000-05:00', mode: 'offline' },
    ])
  })

  test('answers a stretch by its changes alone', async () => {
    const { changes } = await answer('--from', '2026-12-24', '--to', '2026-12-29')
    expect(changes.map(({ at, mode }: { at: string; mode: string }) => `${at.slice(5, 16)} ${mode}`)).toEqual([
      '12-24T00:00 offline',
      '12-24T09:00 online',
      '12-24T12:00 offline',
      '12-28T09:00 online',
      '12-28T12:00 offline',
      '12-28T13:00 online',
      '12-28T17:00 offline',
    ])
  })

  test('draws a stretch, a row a day, as wide as the terminal allows', async () => {
    const { stdout } = await runCli(
      ['simulate', '--file', SAMPLE, '--timeline', '--from', '2026-12-24', '--to', '2026-12-26'],
      {
        columns: 70,
      },
    )
    expect(stdout.split('\n').slice(1, 4)).toEqual([
      '              00:00       06:00       12:00       18:00',
      `  Thu 24 Dec  ${'·'.repeat(18)}${'█'.repeat(6)}${'·'.repeat(24)}`,
      `  Fri 25 Dec  ${'·'.repeat(48)}`,
    ])
  })

  test('draws the same in colour', async () => {
    const args = ['simulate', '--file', SAMPLE, '--timeline', '--from', '2026-12-24', '--to', '2026-12-26']
    const [plain, coloured] = await Promise.all([runCli(args), runCli(args, { env: { FORCE_COLOR: '1' } })])
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout)
  })

  test('reads a document from standard input', async () => {
    const stdin = '{"version": 1, "timeZone": "UTC", "widget": {"mode": "online"}}'
    const { stdout } = await runCli(['simulate', '--file', '-', '--json'], { stdin })
    expect(JSON.parse(stdout).widget.source).toBe('manual')
  })

  const colour: readonly { title: string; args?: string[]; terminal: Terminal; isColoured: boolean }[] = [
    { title: 'a terminal', terminal: { isTTY: true }, isColoured: true },
    { title: 'a pipe', terminal: {}, isColoured: false },
    { title: 'NO_COLOR', terminal: { isTTY: true, env: { NO_COLOR: '1' } }, isColoured: false },
    { title: 'FORCE_COLOR into a pipe', terminal: { env: { FORCE_COLOR: '1' } }, isColoured: true },
    {
      title: 'NO_COLOR against FORCE_COLOR',
      terminal: { env: { FORCE_COLOR: '1', NO_COLOR: '1' } },
      isColoured: false,
    },
    { title: '--no-color', args: ['--no-color'], terminal: { isTTY: true }, isColoured: false },
    { title: 'a dumb terminal', terminal: { isTTY: true, env: { TERM: 'dumb' } }, isColoured: false },
  ]
  test.each(colour)('colours for $title: $isColoured', async ({ args = [], terminal, isColoured }) => {
    const { stdout } = await runCli(['simulate', '--file', SAMPLE, ...args], terminal)
    expect(stdout.includes('\u001b[')).toBe(isColoured)
  })
})
