import { compilingOnce } from '../decision/compile-workspace.js'
import { LazyDecision } from '../decision/decide.js'
import { MemoryRoutingState } from '../decision/routing/routing-state.js'
import { type Finding, formatPath, type Path } from '../document/problem.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { DriftStatusError } from '../errors.js'
import { assume } from '../questions/assume.js'
import { explain } from '../questions/explain/explain.js'
import type { Reason } from '../questions/explain/reason.js'
import { prepare, type Setup } from '../questions/simulate.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Clock, Moment } from './decision-parts.js'
import { windowsOf } from './during.js'
import { type AskedDecision, compileExpectation, type Difference } from './expectation.js'
import { nextInstant } from './next-instant.js'
import { NamesOfWorkspace } from './scenario-names.js'
import type { Scenario } from './scenarios-schema.js'

/** Scenarios whose times are instants. */
export interface CheckRequest {
  readonly scenarios: readonly Scenario[]
  readonly now: Instant
  /** More instants than this are asked about in several calls. */
  readonly maxInstants?: number | undefined
  /** More suppositions that differ than this are as well: each is a workspace of its own. */
  readonly maxAssumptions?: number | undefined
}

/** Whether each scenario holds. Times are ISO 8601 with the offset of the workspace's zone. */
export interface CheckAnswer {
  readonly workspace: string
  readonly timeZone: string
  /** How many hold. */
  readonly held: number
  /** In the order in which they were asked; none where there are mistakes. */
  readonly scenarios: readonly ScenarioAnswer[]
  /** Only where scenarios name what is not in the workspace: nothing is then held to it. */
  readonly mistakes?: readonly Mistake[]
}

export interface ScenarioAnswer {
  readonly name: string
  readonly holds: boolean
  /** How many instants were looked at: the first, and each at which something that it asks for may change. */
  readonly instants: number
  readonly failure?: ScenarioFailure
}

/** How a scenario does not hold. */
export interface ScenarioFailure {
  /** The first instant at which it does not. */
  readonly at: string
  /** Until when; null where it is about one instant. */
  readonly until: string | null
  /** How many more stretches there are in which it does not hold. */
  readonly moreStretches: number
  /** As it is at the first instant. */
  readonly differences: readonly ToldDifference[]
  readonly reasons: readonly Reason[]
}

export interface ToldDifference extends Omit<Difference, 'path'> {
  readonly path: string
}

/** A scenario that cannot be asked, with where in the request that is: `["scenarios", 0, "expect", …]`. */
export interface Mistake {
  readonly path: Path
  readonly message: string
  readonly hint: string | null
}

const MAX_INSTANTS = 500_000
const MAX_ASSUMPTIONS = 1000

/** Holds a workspace to scenarios. */
export function check(document: WorkspaceDocument, request: CheckRequest): CheckAnswer {
  const steps = checking(document, request)
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * The same in steps, for a caller that pauses between them.
 * @throws DriftStatusError (invalid-input) for more instants or suppositions than one call may ask about
 */
export function* checking(document: WorkspaceDocument, request: CheckRequest): Generator<void, CheckAnswer> {
  const head = { workspace: document.name, timeZone: document.timeZone }
  const findings: Finding[] = []
  const names = new NamesOfWorkspace(document, findings)
  const answers: ScenarioAnswer[] = []
  const budget = new Budget(request)
  const supposed = bySupposition(request.scenarios)
  budget.checkAssumptions(supposed.size)
  const asked = request.scenarios.map((scenario, index) => compileScenario(scenario, ['scenarios', index], names))
  for (const indexes of supposed.values()) {
    const { assume: assumptions } = request.scenarios[indexes[0]!]!
    const under = yield* suppose(document, assumptions, ['scenarios', indexes[0]!, 'assume'], findings)
    if (!under) continue
    for (const index of indexes) {
      const scenario = request.scenarios[index]!
      const setup = findingsOf(findings, ['scenarios', index], () => prepareScenario(under, scenario))
      // What is mistaken is said of all of them before any is held.
      if (!setup || findings.length > 0) continue
      answers[index] = yield* hold(scenario, asked[index]!, setup, request.now, budget)
    }
  }
  if (findings.length > 0) {
    const mistakes = findings.map(({ path, message, hint = null }) => ({ path, message, hint }))
    return { ...head, held: 0, scenarios: [], mistakes }
  }
  return { ...head, held: answers.filter(({ holds }) => holds).length, scenarios: answers }
}

/** The scenarios of each supposition, by their indexes: a workspace is compiled once for each. */
function bySupposition(scenarios: readonly Scenario[]): ReadonlyMap<string, readonly number[]> {
  const indexes = new Map<string, number[]>()
  for (const [index, { assume: assumptions }] of scenarios.entries()) {
    const key = JSON.stringify(assumptions ?? {})
    const same = indexes.get(key)
    if (same) same.push(index)
    else indexes.set(key, [index])
  }
  return indexes
}

function* suppose(
  document: WorkspaceDocument,
  assumptions: Scenario['assume'],
  path: Path,
  findings: Finding[],
): Generator<void, WorkspaceDocument | undefined> {
  const supposed = findingsOf(findings, path, () => (assumptions ? assume(document, assumptions) : document))
  if (supposed) yield* compilingOnce(supposed)
  return supposed
}

function prepareScenario(document: WorkspaceDocument, scenario: Scenario): Setup {
  const { visitor, route, strategy, after } = scenario
  return prepare(document, { visitor, route, strategy, after })
}

/** What the work makes; undefined, and a finding, where the scenario is mistaken. */
function findingsOf<Result>(findings: Finding[], path: Path, work: () => Result): Result | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DriftStatusError) || error.code !== 'invalid-input') throw error
    findings.push({ path, message: error.message, hint: error.hint, rule: error.rule })
    return undefined
  }
}

/** What a scenario asks, compiled. */
interface AskedScenario {
  readonly expect: AskedDecision | undefined
  readonly never: AskedDecision | undefined
  readonly clocks: ReadonlySet<Clock>
}

function compileScenario({ expect, never }: Scenario, path: Path, names: NamesOfWorkspace): AskedScenario {
  const compiled = (expected: unknown, key: string) =>
    expected === undefined ? undefined : compileExpectation(expected, [...path, key], names)
  const [wanted, unwanted] = [compiled(expect, 'expect'), compiled(never, 'never')]
  return {
    expect: wanted,
    never: unwanted,
    clocks: new Set([...(wanted?.clocks ?? []), ...(unwanted?.clocks ?? [])]),
  }
}

/** Holds one scenario at each instant of its time at which anything that it asks for may change. */
function* hold(
  scenario: Scenario,
  { expect, never, clocks }: AskedScenario,
  setup: Setup,
  now: Instant,
  budget: Budget,
): Generator<void, ScenarioAnswer> {
  const { workspace } = setup
  const failing = new FailingStretches()
  let instants = 0
  for (const { start, end } of windowsOf(scenario, workspace.zone.name)) {
    for (let at = start; at < end; at = nextInstant(workspace, at, clocks, now)) {
      instants++
      budget.spend()
      const moment = momentAt(at, now, setup)
      const holds = (expect?.holds(moment) ?? true) && !(never?.holds(moment) ?? false)
      if (holds) failing.end(at)
      else failing.begin(at)
      yield
    }
    failing.end(end)
  }
  const { first, count } = failing
  const head = { name: scenario.name, holds: first === undefined, instants }
  if (first === undefined) return head
  const moment = momentAt(first.at, now, setup)
  const differences = [...(expect?.differences(moment) ?? []), ...(never?.holds(moment) ? never.told(moment) : [])].map(
    ({ path, ...difference }) => ({ path: formatPath(path), ...difference }),
  )
  const failure = {
    at: formatInstant(first.at, workspace.zone),
    until: scenario.at === undefined ? formatInstant(first.until, workspace.zone) : null,
    moreStretches: count - 1,
    differences,
    reasons: explain(workspace, moment.decision, setup.visitor),
  }
  return { ...head, failure }
}

/** The stretches of time in which a scenario does not hold. */
class FailingStretches {
  count = 0
  first: { readonly at: Instant; until: Instant } | undefined
  #isFailing = false

  begin(at: Instant): void {
    if (this.#isFailing) return
    this.#isFailing = true
    this.count++
    this.first ??= { at, until: Infinity }
  }

  end(at: Instant): void {
    if (this.#isFailing && this.count === 1) this.first!.until = at
    this.#isFailing = false
  }
}

/** Every instant starts from the same cursor: a scenario routes nobody. */
function momentAt(at: Instant, now: Instant, setup: Setup): Moment {
  const { workspace, visitor, entry } = setup
  const state = new MemoryRoutingState(workspace.roster, setup)
  return { at, now, setup, state, decision: new LazyDecision(workspace, at, visitor, { entry, state }) }
}

/** What one call may ask about. */
class Budget {
  readonly #maxAssumptions: number
  readonly #maxInstants: number
  #spent = 0

  constructor({ maxInstants = MAX_INSTANTS, maxAssumptions = MAX_ASSUMPTIONS }: CheckRequest) {
    this.#maxInstants = maxInstants
    this.#maxAssumptions = maxAssumptions
  }

  checkAssumptions(count: number): void {
    if (count <= this.#maxAssumptions) return
    throw new DriftStatusError('invalid-input', `more than ${this.#maxAssumptions} suppositions that differ`, {
      hint: 'suppose the same in more scenarios, or ask them in parts',
    })
  }

  spend(): void {
    if (++this.#spent <= this.#maxInstants) return
    throw new DriftStatusError('invalid-input', `the scenarios are about more than ${this.#maxInstants} instants`, {
      hint: 'shorten their ranges, or ask them in parts',
    })
  }
}
