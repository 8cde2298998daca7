import { compileWorkspace, type Workspace } from '../src/domain/decision/compile-workspace.js'
import type { Visitor } from '../src/domain/decision/conditions/facts.js'
import { decide } from '../src/domain/decision/decide.js'
import { timeline } from '../src/domain/questions/timeline.js'
import { atLeastPerSecond, atMostMs, type Contender, measure, printTable } from './measure.js'
import { generateVisitors, generateWorkspace, randomInstants, readSample, SAMPLE_VISITORS } from './workspaces.js'

const MINUTE = 60_000
const YEAR_START = Date.UTC(2026, 0, 1)
const YEAR_END = Date.UTC(2027, 0, 1)

const sample = readSample()
const instants = randomInstants(2026)

export function benchDecide(): void {
  const rules = 500
  const visitors = generateVisitors(rules, 100)
  const isEveryOther = (agent: number) => agent % 2 === 0
  const generated = [
    ['100 agents, half of them away', { agents: 100, isAway: isEveryOther }],
    ['10,000 agents, half of them away', { agents: 10_000, isAway: isEveryOther }],
    ['10,000 agents, everyone away', { agents: 10_000, isAway: () => true }],
  ] as const
  const figures = measure([
    decideContender('the sample', compileWorkspace(sample), SAMPLE_VISITORS),
    ...generated.map(([name, size]) =>
      decideContender(name, compileWorkspace(generateWorkspace({ ...size, rules })), visitors),
    ),
  ])
  printTable(
    `Full decisions at random instants of a year; ${rules} rules, ${rules} teams of 20 but in the sample`,
    figures,
  )
}

function decideContender(name: string, workspace: Workspace, visitors: readonly Visitor[]): Contender {
  return {
    name,
    run(times) {
      let sum = 0
      for (let index = 0; index < times; index++) {
        const decision = decide(workspace, instants[index % instants.length]!, visitors[index % visitors.length]!)
        sum += decision.routing.candidates.length + decision.faces.length + (decision.mode === 'online' ? 1 : 0)
      }
      return sum
    },
    aim: atLeastPerSecond(1_000_000),
  }
}

export function benchTimeline(): void {
  const warm = compileWorkspace(sample)
  const visitor = SAMPLE_VISITORS[4]!
  const figures = measure(
    [
      {
        name: 'timeline',
        run: (times) => repeat(times, () => [...timeline(warm, YEAR_START, YEAR_END, visitor)].length),
        aim: atMostMs(5),
      },
      {
        name: 'timeline of a workspace just compiled',
        run: (times) =>
          repeat(times, () => [...timeline(compileWorkspace(sample), YEAR_START, YEAR_END, visitor)].length),
        aim: atMostMs(5),
      },
      {
        name: 'a decision every minute',
        run: (times) => repeat(times, () => decideEveryMinute(warm, visitor)),
      },
    ],
    { rounds: 7 },
  )
  printTable('What changes in a year, the sample with one visitor', figures)
}

function decideEveryMinute(workspace: Workspace, visitor: Visitor): number {
  let changes = 1
  let last = decide(workspace, YEAR_START, visitor)
  for (let at = YEAR_START + MINUTE; at < YEAR_END; at += MINUTE) {
    const decision = decide(workspace, at, visitor)
    if (decision.mode !== last.mode || decision.routing.assignee !== last.routing.assignee) changes++
    last = decision
  }
  return changes
}

function repeat(times: number, once: () => number): number {
  let sum = 0
  for (let index = 0; index < times; index++) sum += once()
  return sum
}
