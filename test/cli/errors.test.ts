import { describe, expect, test } from 'vitest'
import { runCli } from './fake-context.js'

const FILE = ['--file', 'docs/sample/acme.yaml']

interface Case {
  readonly args: readonly string[]
  readonly message: string
  readonly hint?: string
}

const CASES: readonly Case[] = [
  { args: ['simulat', ...FILE], message: '"simulat" is not a command', hint: 'did you mean "simulate"?' },
  { args: ['hours', 'shwo', ...FILE], message: '"shwo" is not a command of hours', hint: 'did you mean "show"?' },
  { args: ['simulate', '--fil', 'x'], message: 'unknown option "--fil"', hint: 'did you mean --file?' },
  {
    args: ['simulate', ...FILE, '--at'],
    message: 'option "--at <time>" argument missing',
    hint: 'run "drift-status simulate --help"',
  },
  { args: ['is', ...FILE], message: 'missing required argument "condition"', hint: 'run "drift-status is --help"' },
  {
    args: ['profile', 'login', 'a', 'b'],
    message: 'too many arguments',
    hint: 'run "drift-status profile login --help"',
  },
  {
    args: ['token', 'rotate'],
    message: 'missing required argument "id"',
    hint: 'run "drift-status token rotate --help"',
  },
  {
    args: ['profile', 'a', '--bogus'],
    message: '"a" is not a command of profile',
    hint: 'run "drift-status profile --help"',
  },
  { args: ['hours', '--weak', 'x'], message: 'unknown option "--weak"', hint: 'did you mean --week?' },
  ...['--visitor=country=DE', '--url', '--route'].map((flag) => ({
    args: ['route', flag, 'x'],
    message: `unknown option "${flag}`,
    hint: `${flag.split('=')[0]} is a flag of "drift-status route chat"`,
  })),
  {
    args: ['route', '--dry-run'],
    message: 'unknown option "--dry-run"',
    hint: '--dry-run is a flag of "drift-status route chat", "drift-status route end"',
  },
  {
    args: ['agent', '--note', 'lunch'],
    message: 'unknown option "--note"',
    hint: '--note is a flag of "drift-status agent available", "drift-status agent away"',
  },
  {
    args: ['is', 'opne', ...FILE],
    message: 'argument <condition>: "opne" is not one of',
    hint: 'did you mean "open"?',
  },
  { args: ['simulate'], message: 'there is no workspace yet', hint: 'init --sample' },
  {
    args: ['simulate', ...FILE, '--mode', 'onlin'],
    message: '--mode: "onlin" is not one of',
    hint: 'did you mean "online"?',
  },
  { args: ['simulate', ...FILE, '--agent', 'sam'], message: '--agent: "sam" is not key=value' },
  {
    args: ['simulate', ...FILE, '--agent', 'sma=away'],
    message: '"sma" is not an agent',
    hint: 'did you mean "sam"?',
  },
  {
    args: ['simulate', ...FILE, '--route', 'teem:sales'],
    message: '"teem:sales" is not a route',
    hint: 'did you mean "team"?',
  },
  {
    args: ['simulate', ...FILE, '--route', 'team:slaes'],
    message: '"slaes" is not a team',
    hint: 'did you mean "sales"?',
  },
  {
    args: ['simulate', ...FILE, '--route', 'playbook:welcome-online'],
    message: 'playbook "welcome-online" has no goal that routes',
  },
  {
    args: ['simulate', ...FILE, '--visitor-zone', 'Berlin'],
    message: '"Berlin" is not an IANA time zone',
    hint: 'Europe/Berlin',
  },
  { args: ['simulate', ...FILE, '--sequence', '0'], message: '--sequence: "0" is not a whole number from 1' },
  { args: ['simulate', ...FILE, '--from', 'fri 10:00', '--to', 'fri 09:00'], message: '--to is not after --from' },
  { args: ['simulate', ...FILE, '--timeline', '--next'], message: '--sequence and --next ask about one time' },
  { args: ['coverage', ...FILE, '--from', 'fri 10:00', '--to', 'fri 09:00'], message: '--to is not after --from' },
  {
    args: ['coverage', ...FILE, '--week', 'now', '--from', 'now'],
    message: '--week and --from or --to are two stretches',
  },
  {
    args: ['coverage', ...FILE, '--to', 'in 400d'],
    message: '"to" is more than 367 days after "from"',
    hint: 'in parts',
  },
  { args: ['coverage', ...FILE, '--min', '0'], message: '--min: "0" is not a whole number from 1' },
  { args: ['coverage', ...FILE, '--team', 'slaes'], message: '"slaes" is not a team', hint: 'did you mean "sales"?' },
  { args: ['coverage', ...FILE, '--team', 'sales', '--route', 'rules'], message: '--route and --team both say who' },
  {
    args: ['coverage', ...FILE, '--visitor', 'country=DE'],
    message: '--visitor says whose chat',
    hint: '--route rules',
  },
  {
    args: ['simulate', ...FILE, '--at', 'fridya 9am'],
    message: '--at: "fridya 9am" is not a time',
    hint: 'did you mean "friday"?',
  },
  {
    args: ['simulate', ...FILE, '--at', '2026-11-01 01:30'],
    message: '--at: "2026-11-01 01:30" happens twice in America/New_York',
    hint: 'write 2026-11-01T01:30:00-04:00 for the first or 2026-11-01T01:30:00-05:00 for the second',
  },
  {
    args: ['simulate', ...FILE, '--at', '2026-03-08 02:30'],
    message: '--at: "2026-03-08 02:30" does not exist in America/New_York',
    hint: 'write 2026-03-08T01:30:00-05:00 or 2026-03-08T03:30:00-04:00',
  },
]

describe('wrong input', () => {
  test.each(CASES)('$args is one clear error: $message', async ({ args, message, hint = '' }) => {
    const human = await runCli(args)
    expect(human.stderr).toContain(`error: ${message}`)
    expect(human.stderr).toContain(hint)
    expect(human).toMatchObject({ exitCode: 2, stdout: '' })

    const machine = await runCli([...args, '--json'])
    const { error } = JSON.parse(machine.stderr)
    // With nothing after it, --at takes --json as its value.
    if (args.at(-1) !== '--at') expect(error.message).toContain(message)
    expect(machine).toMatchObject({ exitCode: 2, stdout: '' })
  })

  test('lists every problem of a document, each at its place', async () => {
    const stdin = 'version: 1\ntimeZone: Europe/Berln\nwidgett: {}\nhours: { weekly: { mon: "9:00-17:00" } }\n'
    const { stderr, exitCode } = await runCli(['lint', '--file', '-'], { stdin })
    expect(exitCode).toBe(2)
    expect(stderr).toBe(`error: <stdin>:2:11: timeZone: "Europe/Berln" is not an IANA time zone (R6)
hint: did you mean "Europe/Berlin"?
error: <stdin>:3:1: widgett: unknown key "widgett"
hint: did you mean "widget"?
error: <stdin>:4:25: hours.weekly.mon: "9:00-17:00" is not a time range (R1)
hint: write "09:00-17:00"
`)
    const { error } = JSON.parse((await runCli(['lint', '--file', '-', '--json'], { stdin })).stderr)
    expect(error).toMatchObject({ code: 'invalid-input', message: '<stdin> has 3 errors' })
    expect(error.problems[2]).toMatchObject({
      file: '<stdin>',
      line: 4,
      column: 25,
      path: 'hours.weekly.mon',
      rule: 'R1',
    })
  })
})
