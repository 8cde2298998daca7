import { countsForStaffing, isAvailable } from '../src/domain/decision/agent.js'
import { compiledOnce } from '../src/domain/decision/compile-workspace.js'
import { modeAt } from '../src/domain/decision/widget.js'
import { coverage } from '../src/domain/questions/coverage/coverage.js'
import { atMostMs, type Contender, measure, printTable } from './measure.js'
import { generateWorkspace, withDuty } from './workspaces.js'

const MINUTE = 60_000
const WEEK = 7 * 1440 * MINUTE
const MONDAY = Date.UTC(2026, 0, 5)
const YEAR = 365 * 1440 * MINUTE

/** Who covers the open hours, of a workspace that is compiled already. */
export function benchCoverage(): void {
  const document = withDuty(generateWorkspace({ agents: 10_000, rules: 500, isAway: () => false }), 500, 1000)
  const workspace = compiledOnce(document)
  const { roster } = workspace
  const ask = (name: string, length: number, request: object = {}): Contender => ({
    name,
    run: repeated(() => coverage(document, { from: MONDAY, to: MONDAY + length, ...request }).spans.length),
  })
  const everyQuarter = repeated(() => {
    let sum = 0
    for (let at = MONDAY; at < MONDAY + WEEK; at += 15 * MINUTE) {
      const there = roster.agents.filter((agent) => countsForStaffing(agent) && isAvailable(agent, at)).length
      sum += modeAt(workspace, at) === 'online' ? there : 0
    }
    return sum
  })
  printTable(
    'Coverage with 10,000 agents, on duty by 500 shifts and 1,000 covers',
    measure(
      [
        { ...ask('a week', WEEK), aim: atMostMs(20) },
        ask('a week, one team', WEEK, { team: 'team-7' }),
        { ...ask('a year', YEAR), aim: atMostMs(500) },
        { name: 'everyone asked every quarter of an hour of a week', run: everyQuarter },
      ],
      { rounds: 7 },
    ),
  )
}

function repeated(once: () => number): (times: number) => number {
  return (times) => {
    let sum = 0
    for (let index = 0; index < times; index++) sum += once()
    return sum
  }
}
