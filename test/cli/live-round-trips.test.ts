import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

/** What a command asks of the service, in order. */
const CASES: readonly { readonly line: string; readonly calls: readonly string[] }[] = [
  { line: 'agent away', calls: ['putStatus'] },
  { line: 'agent away --for 45m --note lunch', calls: ['putStatus'] },
  { line: 'agent away --until 18:00', calls: ['getSettings', 'putStatus'] },
  { line: 'agent away --agent ana --for 1h', calls: ['putStatus'] },
  { line: 'agent available --agent ana', calls: ['putStatus'] },
  { line: 'agent add 12 --name Mia', calls: ['addAgent'] },
  { line: 'agent edit ana --role admin', calls: ['patchAgent'] },
  { line: 'agent remove 12', calls: ['deleteAgent'] },
  // The teams of a person are read beside them.
  { line: 'agent show', calls: ['getAgent', 'getTeams'] },
  { line: 'agent list', calls: ['listAgents'] },
  { line: 'widget online', calls: ['putWidget'] },
  { line: 'widget offline --for 2h', calls: ['putWidget'] },
  { line: 'widget offline --until 18:00', calls: ['getSettings', 'putWidget'] },
  { line: 'widget auto', calls: ['putWidget'] },
  { line: 'widget display hidden', calls: ['putWidget'] },
  { line: 'auto-offline off', calls: ['putAutoOffline'] },
  { line: 'hours set mon closed', calls: ['getHours', 'putHours'] },
  { line: 'hours zone Europe/Berlin', calls: ['getHours', 'putHours'] },
  { line: 'hours close 2026-12-30', calls: ['putException'] },
  { line: 'hours open 2026-12-30 09:00-12:00', calls: ['putException'] },
  { line: 'hours clear 2026-12-24', calls: ['deleteException'] },
  { line: 'team hours set sales mon closed', calls: ['getHours', 'putHours'] },
  { line: 'team hours zone sales Europe/Berlin', calls: ['getHours', 'putHours'] },
  { line: 'team hours close sales 2026-12-30', calls: ['getHours', 'putException'] },
  { line: 'team hours import sales docs/sample/hours.csv', calls: ['getSettings', 'getHours', 'putHours'] },
  { line: 'holidays add spain docs/sample/holidays.ics', calls: ['getHolidays', 'putHolidays'] },
  { line: 'holidays sync', calls: ['getHolidays'] },
  { line: 'team add new --name New', calls: ['getTeams', 'putTeams'] },
  { line: 'team edit sales --name Selling', calls: ['getTeams', 'putTeams'] },
  { line: 'team remove sales', calls: ['getTeams', 'putTeams'] },
  { line: 'routing add x --to team:sales', calls: ['getRouting', 'putRouting'] },
  { line: 'routing move germany --before owned', calls: ['getRouting', 'putRouting'] },
  { line: 'routing remove germany', calls: ['getRouting', 'putRouting'] },
  { line: 'routing default --none', calls: ['getRouting', 'putRouting'] },
  { line: 'routing cursor default --reset', calls: ['putCursor'] },
  { line: 'playbook enable leadbot', calls: ['getPlaybooks', 'putPlaybooks'] },
  { line: 'playbook remove leadbot', calls: ['getPlaybooks', 'putPlaybooks'] },
  { line: 'route chat', calls: ['route'] },
  { line: 'route end 1', calls: ['endAssignment'] },
  { line: 'route', calls: ['listAssignments'] },
  { line: 'revert 2', calls: ['revert'] },
  { line: 'token create --role admin', calls: ['createToken'] },
  { line: 'token create --role admin --expires 90d', calls: ['createToken'] },
  { line: 'token create --role admin --expires 2027-01-31', calls: ['getSettings', 'createToken'] },
  { line: 'token rotate nobody', calls: ['rotateToken'] },
  { line: 'token revoke nobody', calls: ['revokeToken'] },
  // A person who is named has to be found: one more read each.
  { line: 'team edit sales --member lena', calls: ['getAgent', 'getTeams', 'putTeams'] },
  { line: 'routing add x --to agent:ana', calls: ['getAgent', 'getRouting', 'putRouting'] },
  // The effect is shown before it is written.
  { line: 'hours edit --yes', calls: ['getHours', 'putHours'] },
]

describe('a command asks at most one thing and writes one', () => {
  test.each(CASES)('$line', async ({ line, calls }) => {
    const run = await sampleWorkspace()
    const { stderr } = await run([...line.split(' '), '--verbose'])
    const asked = [...stderr.matchAll(/^(\w+)(?: \(dry run\))? of /gm)].map(([, id]) => id)
    expect(asked, stderr).toEqual(calls)
  })
})
