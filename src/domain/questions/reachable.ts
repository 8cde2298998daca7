import { type Agent, isAvailable } from '../decision/agent.js'
import { compiledOnce, type Workspace } from '../decision/compile-workspace.js'
import { type Visitor, type VisitorFacts, visitorOf } from '../decision/conditions/facts.js'
import { type Entry, goalOf } from '../decision/decide.js'
import { firstPlaybook } from '../decision/playbook.js'
import { parseEntry } from '../decision/routing/entry.js'
import { type Outcome, type RoutingDecision, type RoutingState, routeTo } from '../decision/routing/routing.js'
import { MemoryRoutingState } from '../decision/routing/routing-state.js'
import { isVisible, modeAt } from '../decision/widget.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { DAY_MS } from '../time/calendar-date.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Mode } from '../words.js'
import { type Basis, basisOf } from './basis.js'
import { explainCandidate } from './explain/explain.js'
import { nextTransition } from './timeline.js'

/** How far ahead somebody is looked for. */
const LOOK_AHEAD_MS = 12 * 7 * DAY_MS
/** And through how many instants at which something changes: a rota of hundreds of shifts has as many in a month. */
const MAX_TRANSITIONS = 10_000

/** What is asked: of a visitor, as `simulate` takes one. */
export interface ReachableRequest {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: Instant
  readonly visitor?: VisitorFacts | undefined
  /** As `--route` writes it; default: the goal of the playbook that fires, else the rules. */
  readonly route?: string | undefined
  /** How many people there are in all, where the document has not everyone. */
  readonly people?: number | undefined
}

/** The answer of `reachable --json` and `POST /v1/reachable`. */
export interface ReachableAnswer {
  readonly at: string
  readonly timeZone: string
  /** Whether a person gets the chat who is available. */
  readonly available: boolean
  /** Who gets it: where nobody else may, also one who is away (R18, R19). */
  readonly assignee: string | null
  readonly assigneeName: string | null
  readonly rule: string | null
  /** The widget's mode: routing runs whatever it is (R11). */
  readonly mode: Mode
  readonly candidates: readonly {
    readonly agent: string
    readonly name: string
    readonly outcome: Outcome
    readonly reason: string
  }[]
  /** Where nobody can now: the first instant at which somebody is expected to; null when none was found. */
  readonly expectedAt: string | null
  /** Who is expected then. */
  readonly expected: string | null
  readonly expectedName: string | null
  /** Until when it was looked; null where somebody can now. */
  readonly lookedUntil: string | null
  /** R35: of now, or of the time that was looked at. */
  readonly basis: Basis
}

/**
 * Whether a person can take a chat of this visitor at an instant, who, and if not, the next instant when one is expected to.
 *
 * @param state what moves as chats are routed; default: no cursor, open chats as the document says. Time ends no chat: one who
 *   has as many as the limit is assumed to keep them.
 * @throws DriftStatusError (invalid-input) for an unknown agent, team or playbook in the route
 */
export function reachable(document: WorkspaceDocument, request: ReachableRequest): ReachableAnswer {
  const steps = findReachable(compiledOnce(document), request)
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps, for a caller that pauses between them. */
export function* findReachable(
  workspace: Workspace,
  { at, visitor: facts, route, people }: ReachableRequest,
  state: RoutingState = new MemoryRoutingState(workspace.roster),
): Generator<void, ReachableAnswer> {
  const { zone, roster } = workspace
  const visitor = visitorOf(facts ?? {})
  const entry = route === undefined ? undefined : parseEntry(route, workspace)
  const now = routeAt(workspace, at, visitor, entry, state)
  const found = canTake(now, at) ? undefined : yield* nextOne(workspace, at, visitor, entry, state)
  const name = (id: string) => roster.find(id)?.name ?? id
  return {
    at: formatInstant(at, zone),
    timeZone: zone.name,
    available: found === undefined,
    assignee: now.assignee?.id ?? null,
    assigneeName: now.assignee?.name ?? null,
    rule: now.rule ?? null,
    mode: modeAt(workspace, at),
    candidates: now.candidates.map(({ agent, outcome }) => ({
      agent,
      name: name(agent),
      outcome,
      reason: explainCandidate(workspace, agent, outcome, at, state),
    })),
    expectedAt: found?.agent ? formatInstant(found.at, zone) : null,
    expected: found?.agent?.id ?? null,
    expectedName: found?.agent?.name ?? null,
    lookedUntil: found ? formatInstant(found.at, zone) : null,
    basis: basisOf(workspace, at, found?.at ?? at, people),
  }
}

interface Found {
  /** When somebody is expected; without an agent, until when nobody is. */
  readonly at: Instant
  readonly agent: Agent | undefined
}

/** Nobody's turn comes, and no chat ends, by time alone: it is enough to look where something changes. */
function* nextOne(
  workspace: Workspace,
  from: Instant,
  visitor: Visitor,
  entry: Entry | undefined,
  state: RoutingState,
): Generator<void, Found> {
  const horizon = from + LOOK_AHEAD_MS
  let at = from
  for (let count = 0; count < MAX_TRANSITIONS; count++) {
    at = nextTransition(workspace, at)
    if (at > horizon) return { at: horizon, agent: undefined }
    const routing = routeAt(workspace, at, visitor, entry, state)
    if (canTake(routing, at)) return { at, agent: routing.assignee }
    yield
  }
  return { at, agent: undefined }
}

function routeAt(
  workspace: Workspace,
  at: Instant,
  visitor: Visitor,
  entry: Entry | undefined,
  state: RoutingState,
): RoutingDecision {
  const { target } = entry ?? firingGoal(workspace, at, visitor) ?? { target: { kind: 'rules' } }
  return routeTo(target, workspace, visitor, at, state)
}

/** Where the playbook that fires sends the visitor, if one does (R26). */
function firingGoal(workspace: Workspace, at: Instant, visitor: Visitor): Entry | undefined {
  const mode = modeAt(workspace, at)
  return isVisible(workspace.widget, mode) ? goalOf(firstPlaybook(workspace.playbooks, mode, visitor)) : undefined
}

/** R18, R19: one person is routed whatever the status, and can take nothing while away. */
function canTake({ assignee }: RoutingDecision, at: Instant): boolean {
  return assignee !== undefined && isAvailable(assignee, at)
}
