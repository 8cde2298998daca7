import { describe, expect, test } from 'vitest'
import { type RunCommand, sampleWorkspace } from './sample-workspace.js'

interface Case {
  /** Words are parted by spaces; `''` is an empty one. */
  readonly line: string
  /** Command lines before it. */
  readonly after?: readonly string[]
  readonly stdin?: string
}

const CASES: readonly Case[] = [
  { line: 'status' },
  { line: 'status', after: ['agent away --for 45m --note lunch', 'widget offline --until 17:30'] },
  { line: 'is online' },
  { line: 'is offline --at tomorrow' },
  { line: 'widget' },
  { line: 'widget offline --for 2h --message Überstunden' },
  { line: 'widget online --until 17:30 --dry-run' },
  { line: 'widget auto' },
  { line: 'hours' },
  { line: 'hours next 5' },
  { line: 'hours set sat,sun 10:00-12:00 22:00-02:00' },
  { line: 'hours close 2026-12-31 --name Eve' },
  { line: 'hours close 2026-12-28..2026-12-30 --dry-run' },
  { line: 'hours clear 12-24' },
  { line: 'hours zone Europe/Berlin' },
  { line: 'agent' },
  { line: 'agent list' },
  { line: 'agent away --until 17:00' },
  { line: 'agent away', after: ['agent away --agent lena', 'agent away --agent kofi'] },
  { line: 'agent away', after: ['agent away'] },
  { line: 'agent add 12 --name Mía --email mia@acme.example --chat-limit 3' },
  { line: 'agent edit kofi --chat-limit none' },
  { line: 'agent remove 9' },
  { line: 'team list' },
  { line: 'team edit sales --member lena --remove sam' },
  { line: 'routing list' },
  { line: 'routing add fr --when country=FR --to agent:ana --before germany' },
  { line: 'routing move germany --before owned' },
  { line: 'routing default --none' },
  { line: 'routing cursor' },
  { line: 'routing cursor default --reset', after: ['route chat'] },
  { line: 'playbook list' },
  { line: 'playbook show leadbot' },
  { line: 'playbook disable leadbot' },
  { line: 'simulate --url /pricing --visitor company.size=80 --visitor-zone Asia/Tokyo --sequence 5' },
  { line: 'simulate --from 2026-11-20 --to 2026-12-30' },
  { line: 'route chat --visitor country=DE' },
  { line: 'route list', after: ['route chat', 'route chat'] },
  { line: 'route', after: ['route chat'] },
  { line: 'route end 1', after: ['route chat'] },
  { line: 'lint' },
  { line: 'log', after: ['widget offline --message why', 'agent away'] },
  { line: 'log --who sam --what widget', after: ['widget offline', 'agent away'] },
  { line: 'show 2', after: ['hours set mon closed'] },
  { line: 'revert 2', after: ['widget offline'] },
  { line: 'api GET /v1/workspace' },
  { line: 'api PUT /v1/auto-offline -F enabled=false' },
  { line: 'api PUT /v1/agents/me/status -F status=away' },
  // What is refused is refused in the same words.
  { line: 'agent away --agent x\u001b[31m' },
  { line: 'revert 2', after: ['widget offline', 'widget online'] },
  { line: 'show 99' },
  { line: 'hours set mon 9-17' },
  { line: 'hours zone Europe/Berln' },
  { line: 'hours clear 2026-12-25' },
  { line: 'agent away --agent anna' },
  { line: 'agent away --agent ../../workspace' },
  { line: 'agent away --until 2026-11-23T09:00' },
  { line: 'agent edit ana --email sam@acme.example' },
  { line: 'agent remove 4' },
  { line: "agent remove ''" },
  { line: "api GET /v1/agents/''" },
  { line: 'api GET /v1/agents//' },
  { line: "hours clear ''" },
  { line: 'agent away --agent a%2Fb?dryRun=true#x' },
  { line: 'api GET /v1/agents/%41na' },
  { line: `agent add 12 --name ${'N'.repeat(3000)}` },
  { line: `agent away --message ${'字'.repeat(1000)}` },
  { line: `agent away --message ${'字'.repeat(1001)}` },
  { line: 'routing add vip --to team:slaes' },
  { line: 'routing cursor sales --reset' },
  { line: 'simulate --at yesterdayish' },
  { line: 'simulate --from 2026-01-01 --to 2027-02-01' },
  { line: 'api PUT /v1/widgt' },
  { line: 'api PUT /v1/widget -F mode=onlin' },
  { line: 'api PUT /v1/widget -F mod=online' },
  { line: 'api GET /v1/revisions -F limit=many' },
  { line: 'api GET /v1/agents -F limt=1' },
  { line: 'api PUT /v1/hours/exceptions/2026-12-24 -F hours=closed --if-match 99' },
  { line: 'api PUT /v1/routing --body -', stdin: '[]' },
  { line: 'api PUT /v1/routing --body -', stdin: '{"a":'.repeat(20_000) },
  { line: 'api PUT /v1/routing --body -', stdin: '{"routing":{"rules":[{"id":"x"}]}}' },
]

function wordsOf(line: string): string[] {
  return line.split(' ').map((word) => word.replace("''", ''))
}

/** What a command line says and leaves behind on a workspace of its own. */
async function told(run: RunCommand, { line, after = [], stdin = '' }: Case, flags: readonly string[]) {
  for (const earlier of after) await run(wordsOf(earlier))
  const said = await run([...wordsOf(line), ...flags], { stdin })
  // Only the name of the profile differs.
  const outcome = { ...said, stdout: said.stdout.replace(/(profile"?:? "?)shared/, '$1local') }
  const left = await run(['api', 'GET', '/v1/workspace'])
  const log = await run(['log', '--json'])
  return { outcome, left, log }
}

describe('a command line says and does the same, byte for byte, in a workspace that is served', () => {
  test.each(CASES)('$line', async (setting) => {
    for (const flags of [[], ['--json']]) {
      const [embedded, served] = [await sampleWorkspace({}, 'embedded'), await sampleWorkspace({}, 'HTTP')]
      const expected = await told(embedded, setting, flags)
      // Both would say the same of a line that neither understands, or a place that neither reaches.
      expect(expected.outcome.stderr).not.toMatch(/unknown option|too many arguments|Invalid/)
      expect(expected.log.exitCode).toBe(0)
      expect(await told(served, setting, flags)).toEqual(expected)
    }
  })
})

describe('what differs over HTTP, because it travels in an address, a header or a JSON of the network', () => {
  test.each([
    // An address holds parts of at most 500 characters, and everything but the body 16 kB.
    { line: `agent away --agent ${'N'.repeat(501)}`, embedded: 'is not an agent', served: 'is too long' },
    { line: `log --who ${'N'.repeat(20_000)}`, embedded: '', served: 'the headers are too large' },
    // The token that is used is one of the workspace.
    { line: 'token list', embedded: '', served: '' },
  ])('$line', async ({ line, embedded, served }) => {
    const [expected, told] = [
      await (await sampleWorkspace({}, 'embedded'))(wordsOf(line)),
      await (await sampleWorkspace({}, 'HTTP'))(wordsOf(line)),
    ]
    expect(told).not.toEqual(expected)
    expect(expected.stderr).toContain(embedded)
    expect(told.stderr).toContain(served)
  })
})
