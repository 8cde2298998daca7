import { statusAt } from '../decision/agent.js'
import { compiledOnce, type Workspace } from '../decision/compile-workspace.js'
import { type Visitor, type VisitorFacts, visitorOf } from '../decision/conditions/facts.js'
import { type Decision, decide, type Entry } from '../decision/decide.js'
import { personKey } from '../decision/named-agents.js'
import { parseEntry, pickingBy, withStrategy } from '../decision/routing/entry.js'
import { isGroup } from '../decision/routing/routing.js'
import { DEFAULT_SEED, MemoryRoutingState } from '../decision/routing/routing-state.js'
import { type ModeChange, type ModeSource, type PromiseSource, promiseSource } from '../decision/widget.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import { Zone } from '../time/zone.js'
import type { AgentStatus, Mode, Strategy } from '../words.js'
import { type Assumptions, assume, findAgent } from './assume.js'
import { type Basis, futureBasis } from './basis.js'
import { describeRouting, type RoutingAnswer } from './describe-routing.js'
import { countEveryone, type Everyone } from './everyone.js'
import { explain } from './explain/explain.js'
import { type TeamAnswer, teamsAt } from './explain/explain-teams.js'
import type { Reason } from './explain/reason.js'
import { warningsAt } from './lint/lint.js'
import type { LintFinding } from './lint/lint-finding.js'
import { nextHiddenChanges, nextModeChanges } from './timeline.js'

/** What a simulation asks. */
export interface SimulateRequest {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: Instant
  readonly assumptions?: Assumptions | undefined
  readonly visitor?: VisitorRequest | undefined
  /** As `--route` writes it; default: the goal of the playbook that fires, else the rules. */
  readonly route?: string | undefined
  readonly strategy?: Strategy | undefined
  /** The agent routed last: by id, email or unambiguous name, or the id of one who left. */
  readonly after?: string | undefined
  /** For strategy `random`. */
  readonly seed?: number | undefined
  /** Route this many visitors in a row. */
  readonly sequence?: number | undefined
  /** List this many changes of the mode. */
  readonly next?: number | undefined
  /** The present: what is asked about after it is the future (R35). Without it everything is. */
  readonly now?: Instant | undefined
  /** Where the document has not everyone: as of an instant at or before the one that is asked about. */
  readonly everyone?: Everyone | undefined
}

export interface VisitorRequest extends VisitorFacts {
  /** The zone of the offline notice; default: the workspace's. */
  readonly timeZone?: string | undefined
}

/** The answer of `simulate --json` and `POST /v1/simulate`. Times are ISO 8601 with the zone's offset. */
export interface DecisionAnswer {
  readonly at: string
  readonly timeZone: string
  readonly widget: {
    readonly mode: Mode
    readonly source: ModeSource
    readonly visible: boolean
    readonly nextChange: ModeChangeAnswer | null
    /** What the policy would show; only where auto-offline hides it (R36). */
    readonly promised?: Mode
    /** The next change of what the policy would show; only where auto-offline will hide it (R36). */
    readonly nextHidden?: HiddenChangeAnswer
  }
  readonly visitor: {
    readonly proactive: { readonly playbook: string; readonly message: string | null } | null
    readonly greeting: { readonly variant: Mode; readonly message: string; readonly faces: readonly string[] }
    readonly offlineNotice: { readonly backAt: string | null } | null
  }
  readonly routing: RoutingAnswer
  readonly agents: readonly AgentAnswer[]
  /** Only where there are teams (R37). */
  readonly teams?: readonly TeamAnswer[]
  readonly reasons: readonly Reason[]
  readonly warnings: readonly LintFinding[]
  /** Only of an instant in the future (R35). */
  readonly basis?: Basis
  readonly next?: readonly ModeChangeAnswer[]
  /** With `next`: the changes of what the policy would show that auto-offline will hide, where there are any (R36). */
  readonly hidden?: readonly HiddenChangeAnswer[]
  readonly sequence?: readonly TurnAnswer[]
}

export interface ModeChangeAnswer {
  readonly at: string
  readonly mode: Mode
}

/** A change of what the policy would show, and what decides it. */
export interface HiddenChangeAnswer extends ModeChangeAnswer {
  readonly source: PromiseSource
}

export interface AgentAnswer {
  readonly id: string
  readonly name: string
  readonly status: AgentStatus
}

/** Who gets one visitor of a sequence. */
export interface TurnAnswer {
  readonly assignee: string | null
  readonly calendar: string | null
}

/**
 * Answers what a visitor would see at an instant and who would get the chat, and why.
 *
 * @throws DriftStatusError (invalid-input) for an unknown agent, team, playbook or zone in the request.
 * @example simulate(parseWorkspace(text, 'acme.yaml'), { at: Date.parse('2026-11-27T22:30:00Z') }).widget.mode
 */
export function simulate(document: WorkspaceDocument, request: SimulateRequest): DecisionAnswer {
  const { sequence, ...answer } = beginSimulation(document, request)
  return { ...answer, ...(sequence && { sequence: [...sequence] }) }
}

/** The same with the visitors of a sequence one by one: there may be many, and the caller may pause between them. */
export function beginSimulation(
  document: WorkspaceDocument,
  request: SimulateRequest,
): Omit<DecisionAnswer, 'sequence'> & { readonly sequence?: Iterable<TurnAnswer> } {
  const setup = prepare(document, request)
  const { workspace, visitor, visitorZone, entry } = setup
  const state = new MemoryRoutingState(workspace.roster, setup)
  const decision = decide(workspace, request.at, visitor, { entry, state })
  const { zone } = workspace
  const changeAnswer = (change: ModeChange) => modeChangeAnswer(workspace, change)
  const people = countEveryone(request.everyone)
  const [nextHidden] = nextHiddenChanges(workspace, request.at, 1)
  const hidden = request.next === undefined ? [] : nextHiddenChanges(workspace, request.at, request.next)
  return {
    at: formatInstant(request.at, zone),
    timeZone: zone.name,
    widget: {
      mode: decision.mode,
      source: decision.source,
      visible: decision.isVisible,
      nextChange: decision.nextChange ? changeAnswer(decision.nextChange) : null,
      ...promisedAnswer(decision),
      ...(nextHidden && { nextHidden: hiddenAnswer(workspace, nextHidden) }),
    },
    visitor: visitorAnswer(decision, visitorZone),
    routing: describeRouting(workspace, decision, { ...setup, state, cursor: setup.after }),
    agents: agentsAt(workspace, request.at),
    ...(workspace.teams.size > 0 && { teams: teamsAt(workspace, request.at) }),
    reasons: explain(workspace, decision, visitor, people),
    warnings: warningsAt(workspace, request.at),
    ...futureBasis(workspace, request.now, request.at, request.at, people),
    ...(request.next !== undefined && {
      next: nextModeChanges(workspace, request.at, request.next).map(changeAnswer),
    }),
    ...(hidden.length > 0 && { hidden: hidden.map((change) => hiddenAnswer(workspace, change)) }),
    ...(request.sequence !== undefined && { sequence: routeSequence(setup, request.at, request.sequence) }),
  }
}

/** A request, ready to decide. */
export interface Setup {
  readonly workspace: Workspace
  readonly visitor: Visitor
  readonly visitorZone: Zone
  readonly entry: Entry | undefined
  readonly after: string | undefined
  readonly seed: number | undefined
}

type SetupRequest = Omit<SimulateRequest, 'at'>

export function prepare(document: WorkspaceDocument, request: SetupRequest): Setup {
  const { assumptions, visitor, route, strategy, after, seed } = request
  const compiled = compiledOnce(assumptions ? assume(document, assumptions) : document)
  const workspace = strategy ? withStrategy(compiled, strategy) : compiled
  const entry = route === undefined ? undefined : parseEntry(route, workspace)
  return {
    workspace,
    visitor: visitorOf(visitor ?? {}),
    visitorZone: visitor?.timeZone === undefined ? workspace.zone : Zone.of(visitor.timeZone),
    entry: entry && strategy ? { ...entry, target: pickingBy(entry.target, strategy) } : entry,
    after: after === undefined ? undefined : cursorId(document, after),
    seed: seed ?? DEFAULT_SEED,
  }
}

/** A cursor outlives its agent (R21), so an unknown id is an id; a name or email must be someone's. */
function cursorId(document: WorkspaceDocument, name: string): string {
  const isIdOfNobody =
    !/[@\s]/.test(name) && !document.agents.some((agent) => personKey(agent.name ?? '').startsWith(personKey(name)))
  return isIdOfNobody ? name : findAgent(document, name).id
}

function visitorAnswer(decision: Decision, zone: Zone): DecisionAnswer['visitor'] {
  const { proactive, mode, greeting, faces } = decision
  return {
    proactive: proactive ? { playbook: proactive.id, message: proactive.message ?? null } : null,
    greeting: { variant: mode, message: greeting, faces: faces.map(({ id }) => id) },
    offlineNotice: noticeAnswer(decision, zone),
  }
}

export function noticeAnswer(
  { offlineNotice }: Pick<Decision, 'offlineNotice'>,
  zone: Zone,
): DecisionAnswer['visitor']['offlineNotice'] {
  const backAt = offlineNotice?.backAt
  return offlineNotice ? { backAt: backAt === undefined ? null : formatInstant(backAt, zone) } : null
}

/** Routes visitors in a row: cursors and open chats move in memory, each a millisecond after the one before. */
function* routeSequence(
  { workspace, visitor, entry, ...start }: Setup,
  at: Instant,
  count: number,
): Generator<TurnAnswer> {
  const state = new MemoryRoutingState(workspace.roster, start)
  for (let index = 0; index < count; index++) {
    const { assignee, calendar, target } = decide(workspace, at, visitor, { entry, state }).routing
    if (assignee) state.record(assignee, target && isGroup(target) ? target : undefined, at + index)
    yield { assignee: assignee?.id ?? null, calendar: calendar?.id ?? null }
  }
}

/** Every agent at an instant, in the order of ids. */
export function agentsAt({ roster }: Workspace, at: Instant): readonly AgentAnswer[] {
  return roster.agents.map((agent) => ({ id: agent.id, name: agent.name, status: statusAt(agent, at) }))
}

export function modeChangeAnswer({ zone }: Workspace, { at, mode }: ModeChange): ModeChangeAnswer {
  return { at: formatInstant(at, zone), mode }
}

/** A change that auto-offline hides, as answers say it (R36). */
export function hiddenAnswer(workspace: Workspace, { at, mode }: ModeChange): HiddenChangeAnswer {
  return { at: formatInstant(at, workspace.zone), mode, source: promiseSource(workspace, at) }
}

/** R36: auto-offline is the source only where it hides that the policy is online. */
export function promisedAnswer({ source }: Pick<Decision, 'source'>): { readonly promised?: Mode } {
  return source === 'auto-offline' ? { promised: 'online' } : {}
}
