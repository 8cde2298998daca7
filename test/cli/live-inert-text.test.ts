import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { newFolder, type Outcome, type Terminal } from './fake-context.js'
import { type RunCommand, sampleWorkspace } from './sample-workspace.js'

/** Hides the rest, colours it, rings, ends lines in every way, turns the direction, clears the screen in one byte. */
const HOSTILE =
  'x\u001b[8m\u001b[31m\u001b[1m\u001b[39m\u0007\r\n\n\u202e\u2066\u2028\u2029\u0085\u009b2J\u007f\u200b\ufeff\u{e0041}\u001b]0;t\u0007\tx'
const HARMLESS = 'x, y and z'

/** A workspace in which everything that is someone's to word says the same. */
function documentOf(text: string): string {
  return JSON.stringify({
    version: 1,
    name: text,
    timeZone: 'America/New_York',
    hours: {
      weekly: { mon: '09:00-17:00', tue: '09:00-17:00' },
      exceptions: [
        { date: '2026-11-24', name: text, hours: 'closed' },
        { date: '2026-01-02', name: text, hours: 'closed' },
      ],
    },
    holidays: [
      { id: 'feast', name: text, days: [{ date: '2026-11-26', name: text, hours: 'closed' }] },
      {
        id: 'feed',
        name: text,
        source: 'http://127.0.0.1:1/x',
        days: [{ yearly: '12-24', name: text, hours: '09:00-10:00' }],
      },
    ],
    agents: [
      { id: '1', name: text, email: 'sam@acme.example', role: 'admin', status: 'available' },
      { id: '2', name: text, status: 'away', note: text, until: '2026-11-25T00:00:00Z' },
      { id: '3', name: text, avatar: `https://acme.example/${encodeURIComponent(text)}` },
    ],
    teams: [
      { id: 'sales', name: text, members: ['1', '2'] },
      { id: 'nobody', name: text, members: [] },
    ],
    duty: {
      shifts: [
        { id: 'front', name: text, days: 'all', hours: '09:00-17:00', agents: ['1', '2'] },
        { id: 'late', name: text, days: 'all', hours: '17:00-22:00', agents: ['3'] },
      ],
      covers: [
        { shift: 'front', from: '2026-11-25 09:00', to: '2026-11-25 17:00', agent: '3', instead: '2', note: text },
      ],
    },
    greeting: { online: text, offline: text },
    playbooks: [
      {
        id: 'talk',
        type: 'bot',
        when: 'always',
        enabled: true,
        message: text,
        target: { visitor: { plan: text } },
        goal: { route: { to: 'rules' }, calendar: true },
      },
      { id: 'welcome', type: 'welcome', when: 'online', enabled: true, message: text },
    ],
    routing: {
      rules: [
        { id: 'one', name: text, when: { plan: text, [text]: { in: [text, 'b'] } }, to: { agent: '2' } },
        { id: 'none', name: text, to: { team: 'nobody' } },
      ],
      default: { to: { 'round-robin': ['1', '3'] } },
    },
  })
}

/** What does not hold, of texts of others: names of scenarios have nothing in them that acts. */
function scenariosOf(text: string): string {
  const at = '2026-11-24 10:00'
  const visitor = { attributes: { plan: text } }
  return JSON.stringify({
    version: 1,
    scenarios: [
      {
        name: 'a message',
        at,
        visitor,
        expect: { visitor: { proactive: { message: 'x' }, greeting: { message: text } } },
      },
      { name: 'never', at, never: { visitor: { proactive: { message: text } } } },
    ],
  })
}

interface Case {
  readonly command: string
  /** Words after the command; `TEXT` stands for the text, `FILE` for a document with it. */
  readonly words?: readonly string[]
}

/** Every command, on a workspace of such texts and with such texts where it takes any. */
const CASES: readonly Case[] = [
  { command: 'agent away', words: ['--note', 'TEXT', '-m', 'TEXT', '--until', '18:00'] },
  { command: 'agent away', words: ['--agent', 'TEXT'] },
  { command: 'agent available', words: ['--agent', '2', '--dry-run'] },
  { command: 'agent show' },
  { command: 'agent show', words: ['TEXT'] },
  { command: 'agent list' },
  { command: 'agent list', words: ['--after', 'TEXT'] },
  { command: 'agent add', words: ['7', '--name', 'TEXT', '-m', 'TEXT'] },
  { command: 'agent edit', words: ['7', '--name', 'TEXT TEXT'] },
  { command: 'agent edit', words: ['7', '--time-zone', 'TEXT'] },
  { command: 'agent remove', words: ['7', '-m', 'TEXT'] },
  { command: 'agent remove', words: ['TEXT'] },
  { command: 'agent away', words: ['--from', '2026-12-24', '--until', '2026-12-25', '--note', 'TEXT'] },
  { command: 'agent away', words: ['--from', 'TEXT', '--until', '2026-12-25'] },
  { command: 'agent show' },
  { command: 'agent plan', words: ['remove', '2026-12-24'] },
  { command: 'agent plan', words: ['remove', 'TEXT'] },
  { command: 'agent auto', words: ['TEXT'] },
  { command: 'agent auto', words: ['-m', 'TEXT'] },
  { command: 'duty show', words: ['--file', 'FILE'] },
  { command: 'duty add', words: ['TEXT', '--days', 'mon', '--hours', '9-10', '--agent', '1'] },
  { command: 'duty add', words: ['new', '--name', 'TEXT', '--days', 'mon', '--hours', '9-10', '--agent', '1'] },
  { command: 'duty edit', words: ['new', '--name', 'TEXT TEXT'] },
  { command: 'duty cover', words: ['front', '--who', '3', '--instead', '1', '--note', 'TEXT'] },
  { command: 'duty cover', words: ['TEXT', '--who', 'TEXT'] },
  { command: 'duty take', words: ['front', '--note', 'TEXT'] },
  { command: 'duty take', words: ['late', '--from', '2026-11-26 18:00', '--note', 'TEXT'] },
  { command: 'duty swap', words: ['1', '2026-11-27 10:00', '3', '2026-11-27 18:00'] },
  { command: 'duty swap', words: ['TEXT', '2026-11-27 10:00', '3', 'TEXT'] },
  { command: 'duty list' },
  { command: 'duty export', words: ['--agent', 'TEXT'] },
  { command: 'duty feed create', words: ['-m', 'TEXT', '--dry-run'] },
  { command: 'duty feed list' },
  { command: 'duty feed revoke', words: ['TEXT'] },
  { command: 'duty show' },
  { command: 'duty next', words: ['3'] },
  { command: 'duty remove', words: ['new'] },
  { command: 'duty remove', words: ['TEXT'] },
  { command: 'widget offline', words: ['--from', '2026-12-24', '--until', '2026-12-25', '-m', 'TEXT'] },
  { command: 'widget plan', words: ['remove', '2026-12-24'] },
  { command: 'hours add', words: ['4h'] },
  { command: 'hours between', words: ['TEXT', 'now'] },
  { command: 'report' },
  { command: 'status' },
  { command: 'status', words: ['--watch'] },
  { command: 'status', words: ['--verbose'] },
  { command: 'status', words: ['--profile', 'TEXT'] },
  { command: 'is', words: ['online'] },
  { command: 'is', words: ['TEXT'] },
  { command: 'wait', words: ['online'] },
  { command: 'reachable', words: ['--visitor', 'TEXT=TEXT'] },
  { command: 'reachable', words: ['--route', 'TEXT'] },
  { command: 'wait', words: ['staffed', '--team', 'TEXT'] },
  { command: 'widget show' },
  { command: 'widget online', words: ['--for', '1h', '-m', 'TEXT'] },
  { command: 'widget offline', words: ['--until', 'TEXT'] },
  { command: 'widget offline', words: ['--until', '2026-11-24 10:00', '-m', 'TEXT'] },
  { command: 'widget auto' },
  { command: 'widget display', words: ['always', '-m', 'TEXT'] },
  { command: 'hours show' },
  { command: 'hours show', words: ['--file', 'FILE'] },
  { command: 'hours set', words: ['mon', '09:00-16:00', '-m', 'TEXT'] },
  { command: 'hours set', words: ['TEXT', '09:00-16:00'] },
  { command: 'hours close', words: ['2026-12-24', '--name', 'TEXT'] },
  { command: 'hours open', words: ['2026-12-28', '09:00-16:00', '--name', 'TEXT'] },
  { command: 'hours clear', words: ['2026-12-24'] },
  { command: 'hours clear', words: ['TEXT'] },
  { command: 'hours zone', words: ['TEXT'] },
  { command: 'hours edit', words: ['--yes'] },
  { command: 'hours next' },
  { command: 'help', words: ['TEXT'] },
  { command: 'hours exceptions' },
  { command: 'hours export', words: ['--format', 'osm'] },
  { command: 'hours export', words: ['--format', 'TEXT'] },
  { command: 'hours import', words: ['/nowhere/TEXT'] },
  { command: 'hours import', words: ['docs/sample/hours.csv', '-m', 'TEXT', '--dry-run'] },
  { command: 'team hours export', words: ['TEXT', '--format', 'csv'] },
  { command: 'team hours import', words: ['sales', 'docs/sample/hours.csv', '-m', 'TEXT', '--dry-run'] },
  { command: 'holidays list' },
  { command: 'holidays show', words: ['feast'] },
  { command: 'holidays show', words: ['TEXT'] },
  { command: 'holidays add', words: ['TEXT', 'FILE'] },
  { command: 'holidays add', words: ['spain', 'docs/sample/holidays.ics', '--name', 'TEXT'] },
  { command: 'holidays add', words: ['oslo', '/nowhere/TEXT'] },
  { command: 'holidays sync' },
  { command: 'holidays sync', words: ['TEXT'] },
  { command: 'holidays edit', words: ['feast', '--yes'] },
  { command: 'hours holidays', words: ['feast', 'off', '-m', 'TEXT'] },
  { command: 'hours holidays', words: ['TEXT', 'on'] },
  { command: 'holidays remove', words: ['feast', '-m', 'TEXT'] },
  { command: 'settings show' },
  { command: 'settings set', words: ['--name', 'TEXT'] },
  { command: 'greeting show' },
  { command: 'greeting set', words: ['--online', 'TEXT', '-m', 'TEXT'] },
  { command: 'auto-offline show' },
  { command: 'auto-offline on', words: ['-m', 'TEXT'] },
  { command: 'auto-offline off', words: ['-m', 'TEXT'] },
  { command: 'team list' },
  { command: 'team show', words: ['sales'] },
  { command: 'team show', words: ['TEXT'] },
  { command: 'team add', words: ['new', '--name', 'TEXT', '--member', 'TEXT'] },
  { command: 'team edit', words: ['sales', '--name', 'TEXT TEXT'] },
  { command: 'team offline', words: ['sales'] },
  { command: 'team online', words: ['sales'] },
  { command: 'team auto', words: ['TEXT'] },
  { command: 'team hours show', words: ['sales'] },
  { command: 'team hours show', words: ['TEXT'] },
  { command: 'team hours set', words: ['sales', 'mon', '09:00-16:00', '-m', 'TEXT'] },
  { command: 'team hours close', words: ['sales', '2026-12-24', '--name', 'TEXT'] },
  { command: 'team hours open', words: ['sales', '2026-12-28', '09:00-16:00', '--name', 'TEXT'] },
  { command: 'team hours exceptions', words: ['sales'] },
  { command: 'team hours clear', words: ['sales', '2026-12-24'] },
  { command: 'team hours clear', words: ['sales', 'TEXT'] },
  { command: 'team hours zone', words: ['sales', 'TEXT'] },
  { command: 'team hours holidays', words: ['sales', 'TEXT', 'on'] },
  { command: 'team hours edit', words: ['sales', '--from', 'TEXT', '--yes'] },
  { command: 'team hours next', words: ['sales'] },
  { command: 'team hours next', words: ['TEXT'] },
  { command: 'team hours add', words: ['TEXT', '4h'] },
  { command: 'team hours between', words: ['sales', 'TEXT', 'now'] },
  { command: 'team auto-offline', words: ['sales', 'on'] },
  { command: 'reachable', words: ['--visitor', 'plan=TEXT'] },
  { command: 'reachable', words: ['--route', 'TEXT'] },
  { command: 'team remove', words: ['TEXT'] },
  { command: 'routing list' },
  { command: 'routing add', words: ['two', '--name', 'TEXT', '--when', 'plan=x', '--to', 'agent:1'] },
  { command: 'routing add', words: ['three', '--to', 'TEXT'] },
  { command: 'routing edit', words: ['two', '--name', 'TEXT TEXT'] },
  { command: 'routing move', words: ['two', '--before', 'one'] },
  { command: 'routing default', words: ['--to', 'agent:TEXT'] },
  { command: 'routing cursor' },
  { command: 'routing cursor', words: ['TEXT', '--reset'] },
  { command: 'routing remove', words: ['two'] },
  { command: 'playbook list' },
  { command: 'playbook show', words: ['TEXT'] },
  { command: 'playbook add', words: ['more', '--type', 'bot', '--text', 'TEXT', '--url', '/TEXT'] },
  { command: 'playbook edit', words: ['more', '--text', 'TEXT TEXT'] },
  { command: 'playbook enable', words: ['more'] },
  { command: 'playbook move', words: ['more', '--before', 'TEXT'] },
  { command: 'playbook move', words: ['more', '--last'] },
  { command: 'playbook disable', words: ['more'] },
  { command: 'playbook remove', words: ['more'] },
  { command: 'simulate', words: ['--visitor', 'plan=TEXT'] },
  { command: 'simulate', words: ['--file', 'FILE', '--visitor', 'TEXT=TEXT', '--url', 'TEXT', '--sequence', '3'] },
  { command: 'simulate', words: ['--from', 'mon 00:00', '--to', 'in 3d', '--timeline'] },
  { command: 'simulate', words: ['--agent', 'TEXT=away'] },
  { command: 'coverage' },
  { command: 'coverage', words: ['--file', 'FILE', '--format', 'svg'] },
  { command: 'coverage', words: ['--team', 'TEXT'] },
  { command: 'coverage', words: ['--route', 'team:TEXT', '--format', 'csv'] },
  { command: 'simulate', words: ['--route', 'TEXT'] },
  { command: 'simulate', words: ['--file', '/nowhere/TEXT'] },
  { command: 'route chat', words: ['--visitor', 'plan=TEXT'] },
  { command: 'route chat', words: ['--route', 'team:TEXT'] },
  { command: 'route list' },
  { command: 'route end', words: ['1'] },
  { command: 'lint' },
  { command: 'lint', words: ['--file', 'FILE'] },
  { command: 'check', words: ['SCENARIOS', '--file', 'FILE'] },
  { command: 'check', words: ['SCENARIOS', '--format', 'tap'] },
  { command: 'check', words: ['/nowhere/TEXT'] },
  { command: 'export' },
  { command: 'export', words: ['--format', 'json', '--with-status'] },
  { command: 'export', words: ['/nowhere/TEXT'] },
  { command: 'plan', words: ['FILE'] },
  { command: 'plan', words: ['FILE', '--format', 'markdown'] },
  { command: 'plan', words: ['/nowhere/TEXT'] },
  { command: 'log' },
  { command: 'log', words: ['--who', 'TEXT'] },
  { command: 'show', words: ['2'] },
  { command: 'revert', words: ['2', '-m', 'TEXT', '--dry-run'] },
  { command: 'revert', words: ['999'] },
  { command: 'profile list' },
  { command: 'profile show' },
  { command: 'profile show', words: ['TEXT'] },
  { command: 'profile use', words: ['TEXT'] },
  { command: 'profile add', words: ['file', '--database', '/tmp/TEXT', '--agent', 'TEXT', '--replace'] },
  { command: 'profile add', words: ['TEXT', '--url', 'https://acme.example'] },
  { command: 'profile add', words: ['web', '--url', 'https://TEXT'] },
  { command: 'profile login', words: ['TEXT'] },
  { command: 'profile logout', words: ['TEXT'] },
  { command: 'profile remove', words: ['file', '--yes'] },
  { command: 'token create', words: ['--name', 'TEXT', '--agent', '1'] },
  { command: 'token list' },
  { command: 'token rotate', words: ['TEXT'] },
  { command: 'token revoke', words: ['TEXT'] },
  { command: 'doctor' },
  { command: 'init', words: ['--from', 'TEXT'] },
  { command: 'serve', words: ['--port', '0', '--database', '/dev/null/TEXT'] },
  { command: 'backup', words: ['/dev/null/TEXT'] },
  { command: 'restore', words: ['/dev/null/TEXT'] },
  { command: 'copy', words: ['/dev/null/TEXT', '/dev/null/x'] },
  { command: 'completion', words: ['TEXT'] },
  { command: '__complete', words: ['--', 'agent', 'show', ''] },
  { command: '__complete', words: ['--', 'playbook', 'show', ''] },
  { command: 'apply', words: ['FILE', '--yes', '--source', 'TEXT', '-m', 'TEXT', '--dry-run'] },
  { command: 'apply', words: ['FILE', '--yes', '--prune', '--source', 'TEXT', '-m', 'TEXT'] },
  { command: 'log' },
  { command: 'plan', words: ['FILE'] },
  { command: 'api', words: ['GET', '/v1/workspace'] },
  { command: 'api', words: ['GET', '/v1/TEXT'] },
  { command: 'api', words: ['PUT', '/v1/agents/me/status', '-F', 'status=TEXT'] },
]

const SETTINGS: readonly { readonly title: string; readonly terminal: Terminal; readonly flags?: readonly string[] }[] =
  [
    // So wide that nothing is wrapped: each text is on one line.
    { title: 'on a terminal', terminal: { isTTY: true, columns: 4000 } },
    { title: 'into a pipe', terminal: {} },
    { title: 'with colours into a pipe', terminal: { env: { FORCE_COLOR: '3' } } },
    { title: 'with NO_COLOR', terminal: { isTTY: true, columns: 4000, env: { NO_COLOR: '1' } } },
    { title: 'with --no-color', terminal: { isTTY: true, columns: 4000 }, flags: ['--no-color'] },
    { title: 'as JSON', terminal: { isTTY: true }, flags: ['--json'] },
  ]

const DOCUMENT = /^export$/

/** What `status --watch` puts between two screens. */
const CLEAR_SCREEN = '\u001b[2J\u001b[H'
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
const OUR_STYLES = /\u001b\[(?:1|2|22|31|32|33|36|39)m/g

describe('text of others is inert', () => {
  test('every command is tried', () => {
    expect(new Set(CASES.map(({ command }) => command))).toEqual(new Set(COMMANDS.map(({ name }) => name)))
  })

  // What a service answers is the same however it is printed: over HTTP two ways are enough.
  const settings =
    inject('transport') === 'HTTP' ? SETTINGS.filter(({ title }) => /^(on a terminal|as JSON)$/.test(title)) : SETTINGS
  test.each(settings)(
    '$title: one line each, nothing that acts, in no style but ours',
    async ({ terminal, flags = [] }) => {
      // One after the other: only one workspace is served at a time.
      const expected = await runAll(HARMLESS, terminal, flags)
      const told = await runAll(HOSTILE, terminal, flags)
      for (const [index, { title, isCompletion, ...outcome }] of told.entries()) {
        const harmless = expected[index]!
        expect(outcome.exitCode, title).toBe(harmless.exitCode)
        for (const stream of ['stdout', 'stderr'] as const) {
          const [plain, text] = [harmless[stream], outcome[stream]].map((one) => one.replaceAll(CLEAR_SCREEN, ''))
          expect(text!.match(OUR_STYLES) ?? [], title).toEqual(plain!.match(OUR_STYLES) ?? [])
          // A shell reads what is before the tab, and a script the columns that tabs part.
          const unstyled = text!
            .replaceAll(OUR_STYLES, '')
            .replaceAll('\t', isCompletion || !terminal.isTTY ? ' ' : '\t')
          expect(unstyled, title).toMatch(INERT)
          expect(plain, title).not.toContain('\ufffd')
          // YAML writes a key that is long, or of several lines, on lines of its own.
          if (DOCUMENT.test(title)) continue
          expect(text!.split('\n').length, `${title}\n${plain}\n${text}`).toBe(plain!.split('\n').length)
        }
      }
    },
  )
})

async function runAll(text: string, terminal: Terminal, flags: readonly string[]) {
  const run = await workspaceOf(text)
  const outcomes: (Outcome & { readonly title: string; readonly isCompletion: boolean })[] = []
  for (const { command, words = [] } of CASES) {
    // A watch stays for a while.
    if (words.includes('--watch') && !terminal.isTTY) continue
    const outcome = await run([...command.split(' '), ...words, ...flags], terminal)
    outcomes.push({ ...outcome, title: [command, ...words].join(' '), isCompletion: command === '__complete' })
  }
  return outcomes
}

const INERT =
  /^(?:\n|[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}])*$/u

/** Runs words of a case in a workspace of one text. */
async function workspaceOf(text: string): Promise<RunCommand> {
  const run = await sampleWorkspace({ flags: '--from - --agent 1', stdin: documentOf(text) })
  const file = join(newFolder(), 'workspace.json')
  writeFileSync(file, documentOf(text))
  const scenarios = join(newFolder(), 'scenarios.json')
  writeFileSync(scenarios, scenariosOf(text))
  return (words, terminal): Promise<Outcome> =>
    run(
      words.map((word) => word.replace('FILE', file).replace('SCENARIOS', scenarios).replaceAll('TEXT', text)),
      terminal,
    )
}
