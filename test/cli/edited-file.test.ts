import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import { newFolder, runCli } from './fake-context.js'

const SAMPLE = readFileSync('docs/sample/acme.yaml', 'utf8')

function fileOf(text: string): string {
  const file = join(newFolder(), 'acme.yaml')
  writeFileSync(file, text)
  return file
}

/** Lines that are in one text only. */
function linesOf(before: string, after: string): readonly string[] {
  const [was, is] = [before.split('\n'), after.split('\n')]
  return [
    ...was.filter((line) => !is.includes(line)).map((line) => `-${line.trim()}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `+${line.trim()}`),
  ]
}

/** Every verb that writes what a document has, with no profile and no workspace anywhere. */
test.each<{ line: string; lines: readonly string[] }>([
  { line: 'hours set tue 9-12', lines: ['-tue: "09:00-17:00"', '+tue: "09:00-12:00"'] },
  { line: 'hours close 2026-12-31 --name Party', lines: ['+- { date: 2026-12-31, name: Party, hours: closed }'] },
  {
    line: 'hours open 2026-12-24 9-10',
    lines: [
      '-- { date: 2026-12-24, name: Christmas Eve, hours: "09:00-12:00" }',
      '+- { date: 2026-12-24, hours: "09:00-10:00" }',
    ],
  },
  { line: 'hours clear 01-01', lines: ['-- { yearly: 01-01, name: New Year, hours: closed }'] },
  { line: 'hours zone Europe/Berlin', lines: ['+timeZone: Europe/Berlin'] },
  {
    line: 'team hours set sales mon 9-12',
    lines: [
      '-- { id: sales, name: Sales, members: [sam@acme.example, kofi@acme.example] }',
      '+- { id: sales, name: Sales, members: [sam@acme.example, kofi@acme.example], hours: { weekly: { mon: "09:00-12:00" }, exceptions: [] } }',
    ],
  },
  {
    line: 'team edit support --remove lena',
    lines: [
      '-- { id: support, name: Support, members: ["1", "2", "4"] }',
      '+- { id: support, name: Support, members: ["1", "2"] }',
    ],
  },
  { line: 'team add night --member sam', lines: ['+- { id: night, members: ["1"] }'] },
  {
    line: 'routing add vip --when plan=gold --to agent:sam --before enterprise',
    lines: ['+- { id: vip, when: { plan: gold }, to: { agent: "1" } }'],
  },
  {
    line: 'routing remove germany',
    lines: [
      '-- { id: germany, when: { country: { in: [DE, AT, CH] } }, to: { agent: lena@acme.example } } # one person: always',
    ],
  },
  {
    line: 'routing default --none',
    lines: ['-default: { to: { round-robin: ["1", "2", "4"], strategy: in-order } }'],
  },
  { line: 'playbook disable leadbot', lines: ['-enabled: true', '+enabled: false'] },
  {
    line: 'playbook remove welcome-online',
    lines: [
      '-- { id: welcome-online, type: welcome, when: online, enabled: true, message: "Hello! Ask us anything." }',
    ],
  },
  {
    line: 'duty add front --days mon-fri --hours 9-17 --agent ana',
    lines: [
      '+duty:',
      '+shifts:',
      '+- id: front',
      '+days: mon-fri',
      '+hours: "09:00-17:00"',
      '+agents: ["2"]',
      '+covers: []',
    ],
  },
  { line: 'settings set --chat-limit none', lines: ['-chatLimit: 5'] },
  { line: 'settings set --name Other', lines: ['-name: Acme', '+name: Other'] },
  {
    line: 'greeting set --online Welcome',
    lines: ['-online: "Hi! How can we help?"', '+online: "Welcome"'],
  },
  { line: 'auto-offline off', lines: ['-autoOffline: true', '+autoOffline: false'] },
  {
    line: 'widget display hidden',
    lines: ['-display: always # always | online-only | hidden', '+display: hidden # always | online-only | hidden'],
  },
  {
    line: 'agent edit kofi --chat-limit 3',
    lines: [
      '-- { id: "3", name: Kofi Mensah, email: kofi@acme.example, status: available, chatLimit: 2, openChats: 2 }',
      '+- { id: "3", name: Kofi Mensah, email: kofi@acme.example, status: available, chatLimit: 3, openChats: 2 }',
    ],
  },
  { line: 'hours set wed 09:00-17:00', lines: [] },
])('$line --file edits the lines that say it', async ({ line, lines }) => {
  const file = fileOf(SAMPLE)
  const rehearsed = await runCli([...line.split(' '), '--file', file, '--dry-run'])
  expect(rehearsed).toMatchObject({ exitCode: 0, stderr: '' })
  expect(readFileSync(file, 'utf8')).toBe(SAMPLE)
  const done = await runCli([...line.split(' '), '--file', file])
  expect(done).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringContaining(`(${file}`) })
  const edited = readFileSync(file, 'utf8')
  expect(linesOf(SAMPLE, edited)).toEqual(lines)
  expect(() => parseWorkspace(edited, file)).not.toThrow()
})

test.each<{ title: string; words: readonly string[]; says: RegExp; text?: string }>([
  { title: 'a mistake in the flags', words: ['hours', 'set', 'tue', '25-26'], says: /is not a time range/ },
  {
    title: 'what the plan does not include',
    words: ['team', 'add', 'x', '--member', 'sam'],
    says: /the plan "free"/,
    text: SAMPLE.replace('plan: premium', 'plan: free')
      .replace(/teams:\n.*\n.*\n/, '')
      .replace(/playbooks:[\s\S]*/, ''),
  },
  { title: 'who is named still', words: ['agent', 'remove', 'lena'], says: /still named by/ },
  {
    title: 'a document with mistakes',
    words: ['hours', 'set', 'tue', '9-12'],
    says: /acme\.yaml:\d+:\d+: .*unknown key/,
    text: `${SAMPLE}foo: 1\n`,
  },
  { title: 'a note', words: ['hours', 'set', 'tue', '9-12', '-m', 'why'], says: /--message is for the log/ },
  {
    title: 'a profile',
    words: ['hours', 'set', 'tue', '9-12', '--profile', 'x'],
    says: /--file and --profile name two/,
  },
])('$title is an error, and the file stays', async ({ words, says, text = SAMPLE }) => {
  const file = fileOf(text)
  const outcome = await runCli([...words, '--file', file])
  expect(outcome).toMatchObject({ stdout: '', stderr: expect.stringMatching(says) })
  expect([2, 4]).toContain(outcome.exitCode)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('standard input is not edited, nor what is not there', async () => {
  const words = ['hours', 'set', 'tue', '9-12', '--file']
  expect(await runCli([...words, '-'], { stdin: SAMPLE })).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('name a file'),
  })
  expect(await runCli([...words, '/nowhere.yaml'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('does not exist'),
  })
})

test('a document edited as a text in the editor', async () => {
  const file = fileOf(SAMPLE)
  const editor = (text: string) => text.replace('tue: 09:00-17:00', 'tue: 09:00-12:00')
  const outcome = await runCli(['hours', 'edit', '--file', file, '--yes'], { editor })
  expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
  expect(linesOf(SAMPLE, readFileSync(file, 'utf8'))).toEqual(['-tue: "09:00-17:00"', '+tue: "09:00-12:00"'])
})

test('of many writers at once, each is done or is a conflict, and none is lost', async () => {
  const file = fileOf(SAMPLE)
  const dates = Array.from({ length: 8 }, (_, day) => `2027-03-0${day + 1}`)
  const outcomes = await Promise.all(dates.map((date) => runCli(['hours', 'close', date, '--file', file])))
  const kept = parseWorkspace(readFileSync(file, 'utf8'), file).hours.exceptions.flatMap(({ date }) => date ?? [])
  expect(dates.filter((date) => kept.includes(date))).toEqual(
    dates.filter((_, index) => outcomes[index]!.exitCode === 0),
  )
  expect(new Set(outcomes.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 6]))
})
