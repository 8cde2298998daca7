import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'fast-string-width'
import { beforeAll, describe, expect, test } from 'vitest'
import { type RunCommand, sampleWorkspace } from './sample-workspace.js'

/** Every command that shows something, and rehearsals of writes. */
const LINES: readonly string[] = [
  'status',
  'agent list',
  'agent show AGENT',
  'team list',
  'team show TEAM',
  'routing list',
  'routing cursor',
  'playbook list',
  'route list',
  'token list',
  'profile list',
  'profile show',
  'log',
  'show 2',
  'settings',
  'greeting',
  'widget',
  'hours',
  'hours exceptions',
  'hours next 5',
  'auto-offline',
  'simulate',
  'simulate --next 3 --sequence 5',
  'simulate --from mon --to wed',
  'simulate --from mon --to wed --timeline',
  'lint',
  'route chat --dry-run',
  'agent away AGENT --for 1h --note lunch --dry-run',
  'widget offline --dry-run',
  'hours close 2027-03-01 --dry-run',
  'routing default --to agent:AGENT --dry-run',
  'team edit TEAM --member AGENT --dry-run',
  'revert 2 --dry-run',
  'doctor',
  'help',
  'help times',
  'agent show nobody',
  'simulate --route team:nowhere',
]

const NAMES = ['Ana Flores', 'Jürgen Müller-Lüdenscheidt', '山田太郎', 'Zoë 🌻 Ångström', 'Αλέξανδρος Παπαδόπουλος']

/** Eighty people with ids that are easily seen, and what they make of a workspace. */
function bigWorkspace(): string {
  const id = (index: number) => `person-${String(index).padStart(4, '0')}`
  const agents = Array.from({ length: 80 }, (_, index) => ({
    id: id(index),
    name: `${NAMES[index % NAMES.length]} ${index}`,
    email: `person.number.${index}@subsidiary.acme-international.example`,
    role: index === 0 ? 'admin' : 'agent',
    status: index % 3 === 0 ? 'away' : 'available',
    ...(index % 3 === 0 && { note: 'at the dentist until four, then working from home for the rest of the day' }),
  }))
  const teams = Array.from({ length: 20 }, (_, index) => ({
    id: `team-${index}`,
    name: `Vertrieb Süd ${index} 営業部`,
    members: [id(index), id(index + 20), id(index + 40)],
  }))
  return JSON.stringify({
    version: 1,
    name: 'Acme International Süd 🌻',
    timeZone: 'Europe/Berlin',
    hours: {
      weekly: { mon: ['09:00-12:00', '13:00-17:00'], tue: '09:00-17:00', fri: '22:00-02:00' },
      exceptions: [{ from: '2026-12-24', to: '2026-12-26', name: 'Weihnachten und die Tage danach', hours: 'closed' }],
    },
    agents,
    teams,
    greeting: {
      online: '担当者がすぐにご案内いたします。お気軽にご質問ください。お待ちしております。',
      offline: 'We are away until tomorrow.',
    },
    routing: {
      rules: teams.map(({ id: team }, index) => ({
        id: `rule-${index}`,
        when: { 'company.size': { gte: index * 100 }, country: { in: ['DE', 'AT', 'CH', 'JP'] } },
        to: { team },
      })),
      default: { to: { 'round-robin': [id(1), id(2), id(4)] } },
    },
    playbooks: Array.from({ length: 10 }, (_, index) => ({
      id: `playbook-${index}`,
      type: 'playbook',
      enabled: true,
      target: { url: [`/products/category-${index}/*`] },
      message: 'Welcome! Ask us anything about prices, delivery, returns and whatever else is on your mind today.',
      goal: { route: { to: { agent: id(index) } } },
    })),
  })
}

const WORKSPACES = [
  { title: 'the sample', start: {}, agent: 'ana', team: 'sales', person: undefined },
  {
    title: 'eighty people',
    start: { flags: '--from - --agent person-0000', stdin: bigWorkspace() },
    agent: 'person-0001',
    team: 'team-3',
    person: /person-\d{4}/g,
  },
]

describe.each(WORKSPACES)('every screen of $title', ({ start, agent, team, person }) => {
  let run: RunCommand
  beforeAll(async () => {
    run = await sampleWorkspace(start, 'embedded')
    for (const line of [
      `agent away --agent ${agent} --for 2h --note lunch`,
      'route chat',
      'token create --name ci --scope read',
    ]) {
      await run(line.split(' '))
    }
  })
  const wordsOf = (line: string) => line.replace('AGENT', agent).replace('TEAM', team).split(' ')

  test.each([60, 80, 120, 200])('fits %d columns, with and without colour', async (columns) => {
    for (const line of LINES) {
      const shown = async (...flags: string[]) => {
        const { stdout, stderr } = await run([...wordsOf(line), ...flags], { isTTY: true, columns })
        return stdout + stderr
      }
      const plain = await shown('--no-color')
      for (const row of plain.split('\n')) {
        // What is copied stays whole: a command, a path, an example.
        if (/"drift-status |^ *\$ |\/\S{20}/.test(row)) continue
        expect(stringWidth(row), `${line}: ${row}`).toBeLessThanOrEqual(columns)
        expect(row, line).toBe(row.trimEnd())
      }
      const clock = /\d+(?:\.\d+)? (?:ms|MB)\b|in \d+ s/g
      expect(stripVTControlCharacters(await shown()).replaceAll(clock, ''), line).toBe(plain.replaceAll(clock, ''))
    }
  })

  test('no id stands for a person', async () => {
    if (!person) return
    for (const line of LINES) {
      const { stdout } = await run(wordsOf(line), { isTTY: true, columns: 400, env: { NO_COLOR: '1' } })
      for (const row of stdout.split('\n')) {
        // A column of ids, an email, where the next page begins, or what the person wrote.
        const rest = row.replaceAll(/ {2}person-\d{4}(?= {2}|$)/g, '').replaceAll(/\S*@\S*|--after \S+|agent:\S+/g, '')
        expect(rest.match(person) ?? [], `${line}: ${row}`).toEqual([])
      }
    }
  })
})

/** Screens that a reviewer reads. */
const READ = [
  'status',
  'agent list',
  'agent show AGENT',
  'log',
  'simulate --at 2026-11-27T22:30:00Z',
  'hours',
  'widget offline --for 2h --dry-run',
  'routing list',
  'playbook list',
]

describe.each(WORKSPACES)('screens of $title as a person sees them', ({ start, agent, team }) => {
  test.each([60, 100])('at %d columns', async (columns) => {
    const run = await sampleWorkspace(start, 'embedded')
    await run(['agent', 'away', '--agent', agent, '--for', '2h', '--note', 'lunch'])
    const screens: string[] = []
    for (const line of READ) {
      const words = line.replace('AGENT', agent).replace('TEAM', team).split(' ')
      const { stdout } = await run([...words, '--no-color'], { isTTY: true, columns })
      screens.push(`$ drift-status ${words.join(' ')}\n${stdout}`)
    }
    await expect(screens.join('\n')).toMatchFileSnapshot(`__snapshots__/screens-${team}-${columns}.txt`)
  })
})

test('status --watch fits the height of the window, its headline first', async () => {
  const run = await sampleWorkspace(WORKSPACES[1]!.start, 'embedded')
  const { stdout } = await run(['status', '--watch', '--no-color'], { isTTY: true, columns: 80, rows: 24 })
  const [, screen = ''] = stdout.split('\u001b[2J\u001b[H')
  const lines = screen.trimEnd().split('\n')
  expect(lines.length).toBeLessThan(24)
  expect(lines[0]).toMatch(/^ONLINE/)
  expect(lines.at(-1)).toMatch(/^ {2}and \d+ more lines/)
})
