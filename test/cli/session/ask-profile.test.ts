import { beforeAll, describe, expect, test } from 'vitest'
import { questionsOf } from '../../../src/api/workspace-questions.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { liveWorkspace } from '../../service/live-workspace.js'
import type { Outcome } from '../fake-context.js'
import { sampleWorkspace } from '../sample-workspace.js'

// The sample workspace with a timed status, an override and a team that no rule names; asked live and as a document.
let ask: (args: readonly string[]) => Promise<{ readonly live: Outcome; readonly file: Outcome }>

beforeAll(async () => {
  const run = await sampleWorkspace()
  for (const write of [
    ['agent', 'away', '--agent', '4', '--for', '3h', '--note', 'dentist'],
    ['widget', 'offline', '--until', 'tue 12:00'],
    ['team', 'add', 'unused', '--member', '3'],
  ]) {
    expect(await run(write)).toMatchObject({ exitCode: 0 })
  }
  const { stdout: document } = await run(['api', 'GET', '/v1/workspace'])
  ask = async (args) => ({
    live: await run(args),
    file: await run([...args, '--file', '-'], { stdin: document }),
  })
})

describe('a live workspace answers as its document does', () => {
  test.each<readonly [command: string, exitCode: number]>([
    ['simulate', 0],
    ['simulate --at 2026-11-27T17:30:00-05:00 --next 5 --sequence 12', 0],
    ['simulate --agent sam=away --agent lena=available --mode online --auto-offline on', 0],
    ['simulate --url /pricing --visitor company.size=80 --visitor-zone Asia/Tokyo', 0],
    ['simulate --route team:support --strategy least-open --after 4', 0],
    ['simulate --route round-robin:1,2,4 --strategy random --seed 7 --sequence 20', 0],
    ['simulate --visitor account.owner=sam@acme.example --route account-owner', 0],
    ['simulate --timeline', 0],
    ['simulate --from 2026-10-20 --to 2026-12-30 --agent 1=away', 0],
    ['coverage', 0],
    ['coverage --week 2026-12-24 --team sales --min 9 --exit-code', 3],
    ['coverage --from 2026-10-20 --to 2026-12-30 --route rules --visitor country=DE', 0],
    ['lint', 0],
    ['lint --at 2027-03-01', 0],
    ['is online', 3],
    ['is offline --at 2026-11-24T18:00:00Z', 3],
    ['is open --at 2026-12-25T12:00:00Z', 3],
    ['is staffed', 0],
    ['hours', 0],
    ['hours --week 2026-12-24', 0],
    ['hours next 9 --at 2026-10-30', 0],
    // What is wrong is said in the same words.
    ['simulate --agent nobody=away', 2],
    ['simulate --agent annna=away', 2],
    ['simulate --route team:nowhere', 2],
    ['simulate --route agent:', 2],
    ['simulate --route playbook:welcome', 2],
    ['simulate --route everyone', 2],
    ['simulate --after nobody@acme.example', 2],
    ['simulate --visitor-zone Mars/Base', 2],
    ['simulate --at yesterdayish', 2],
    ['simulate --from 2026-12-01 --to 2026-11-30', 2],
    ['coverage --team nowhere', 2],
    ['coverage --route sales', 2],
    ['coverage --from 2026-01-01 --to 2027-12-30', 2],
  ])('%s', async (command, exitCode) => {
    for (const args of [command.split(' '), [...command.split(' '), '--json']]) {
      const { live, file } = await ask(args)
      expect(live).toEqual(file)
      expect(live.exitCode).toBe(exitCode)
    }
  })

  test('but for a stretch that would keep a service busy', async () => {
    const { live, file } = await ask(['simulate', '--from', '2026-01-01', '--to', '2027-02-01', '--json'])
    expect(file.exitCode).toBe(0)
    expect(live.exitCode).toBe(2)
    expect(JSON.parse(live.stderr).error).toEqual({
      code: 'invalid-input',
      message: 'to: is more than 366 days after "from"',
      hint: 'ask for the stretch in parts',
    })
  })
})

// What no decision needs is not loaded for one: a team that no rule names, an agent behind the first few.
test('R13: lint finds in a live workspace whatever it finds in the document', async () => {
  const agents = Array.from({ length: 40 }, (_, index) => ({ id: String(index + 1), status: 'away' }))
  const { owner } = await liveWorkspace({
    plan: 'pro',
    agents: [...agents, { id: '99', status: 'away', chatLimit: 2 }],
    teams: [{ id: 'unused', members: ['1'] }],
  })
  const findings = questionsOf(await owner.getWorkspace({})).lint(OPEN)
  expect(findings.map(({ path }) => path)).toEqual(expect.arrayContaining(['teams[0]', 'agents[40].chatLimit']))
  expect(await owner.lint({})).toEqual(findings)
})
