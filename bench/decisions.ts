import { compileWorkspace, type Workspace } from '../src/domain/decision/compile-workspace.js'
import type { Visitor } from '../src/domain/decision/conditions/facts.js'
import { decide } from '../src/domain/decision/decide.js'
import { timeline } from '../src/domain/questions/timeline.js'
import { atLeastPerSecond, atMostMs, type Contender, measure, printTable } from './measure.js'
import {
  generateVisitors,
  generateWorkspace,
  randomInstants,
  readSample,
  SAMPLE_VISITORS,
  withDuty,
} from './workspaces.js'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
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

export function benchDuty(): void {
  const rules = 500
  const visitors = generateVisitors(rules, 100)
  const document = generateWorkspace({ agents: 10_000, rules, isAway: (agent) => agent % 2 === 0 })
  const onDuty = withDuty(document, 500, 1000)
  const [plain, rota] = [compileWorkspace(document), compileWorkspace(onDuty)]
  // Each week is compiled when it is first asked about, and the first question looks weeks ahead.
  for (let at = YEAR_START; at < YEAR_END + 120 * DAY; at += DAY) rota.roster.availableAt(at)
  const june = Date.UTC(2026, 5, 10)
  const within = (length: number) => instants.map((at) => june + ((at - YEAR_START) % length))
  const spans = [
    ['an hour', within(60 * MINUTE)],
    ['a day', within(DAY)],
    ['a year', instants],
  ] as const
  for (const [span, ats] of spans) {
    printTable(
      `Full decisions with 10,000 agents at random instants of ${span}; on duty by 500 shifts and 1,000 covers`,
      measure([
        decideContender('without duty', plain, visitors, ats),
        decideContender('with duty', rota, visitors, ats),
      ]),
    )
  }
  const fresh = () => compileWorkspace({ ...onDuty, duty: { ...onDuty.duty! } })
  printTable(
    'The same duty, first questions',
    measure(
      [
        { name: 'compile the workspace', run: (times) => repeat(times, () => fresh().roster.agents.length) },
        { name: 'and one decision', run: (times) => repeat(times, () => decide(fresh(), YEAR_START).faces.length) },
        {
          name: 'and every transition of a week',
          run: (times) => repeat(times, () => countAvailable(fresh(), YEAR_START, YEAR_START + 7 * DAY)),
        },
        {
          name: 'and every transition of a year',
          run: (times) => repeat(times, () => countAvailable(fresh(), YEAR_START, YEAR_END)),
        },
      ],
      { rounds: 5 },
    ),
  )
}

function countAvailable({ duty, roster }: Workspace, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at = duty!.nextTransition(at)) sum += roster.availableAt(at)
  return sum
}

function decideContender(name: string, workspace: Workspace, visitors: readonly Visitor[], ats = instants): Contender {
  return {
    name,
    run(times) {
      let sum = 0
      for (let index = 0; index < times; index++) {
        const decision = decide(workspace, ats[index % ats.length]!, visitors[index % visitors.length]!)
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
