import type { Agent } from '../../decision/agent.js'
import { compiledOnce, type Workspace } from '../../decision/compile-workspace.js'
import { type VisitorFacts, visitorOf } from '../../decision/conditions/facts.js'
import { nextPromiseCandidate, promisedMode } from '../../decision/widget.js'
import type { WorkspaceDocument } from '../../document/schema.js'
import { DriftStatusError } from '../../errors.js'
import { DAY_MS, MINUTE_MS } from '../../time/calendar-date.js'
import { formatInstant } from '../../time/instant.js'
import type { Instant, Zone } from '../../time/zone.js'
import { type Basis, futureBasis } from '../basis.js'
import { availableOthers, countEveryone, type Everyone } from '../everyone.js'
import { explainHidden } from '../explain/explain-hidden.js'
import type { Reason } from '../explain/reason.js'
import { nextOpening } from '../timeline.js'
import { type Presence, presenceIn } from './presence.js'
import { peopleOfRoute, peopleOfTeam, type WantedAt } from './wanted-people.js'

/** The longest stretch that one question covers: a year and a day. */
export const MAX_COVERAGE_DAYS = 367
/** What one answer can hold. */
const MAX_SPANS = 500_000

/**
 * How a stretch of time is covered (R36):
 * - `closed`: the policy shows the widget offline;
 * - `staffed`: open, and enough people are there;
 * - `short`: open, and fewer are there than are needed;
 * - `nobody`: open and online, and nobody is there;
 * - `masked`: open by the policy, and offline since everyone is away and auto-offline is on (R9).
 */
export const COVERAGE_STATES = ['closed', 'staffed', 'short', 'nobody', 'masked'] as const
export type CoverageState = (typeof COVERAGE_STATES)[number]

/** A question of `[from, to)`. */
export interface CoverageRequest {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly from: Instant
  readonly to: Instant
  /** Counts those who can take a chat sent there, as `--route` writes it; default: everyone. */
  readonly route?: string | undefined
  /** Who is chatting, for the conditions of rules and the account owner. */
  readonly visitor?: VisitorFacts | undefined
  /** Counts the members of this team. */
  readonly team?: string | undefined
  /** Fewer people than this while open are a gap; default: 1. */
  readonly min?: number | undefined
  /** The present: an answer about the past alone has no basis; default: all of it is in the future. */
  readonly now?: Instant | undefined
  /** Where the document has not everyone: as of an instant at or before `from`. */
  readonly everyone?: Everyone | undefined
}

/** The answer of `coverage --json` and `POST /v1/coverage`. Times are ISO 8601 with the zone's offset. */
export interface CoverageAnswer {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly route: string | null
  readonly team: string | null
  readonly min: number
  /** Of those who are counted. */
  readonly basis?: Basis
  readonly totals: CoverageTotals
  /** Why spans are masked, and who would change that (R36); nothing where none is. */
  readonly reasons: readonly Reason[]
  /** The spans that are short, with nobody, or masked. */
  readonly gaps: readonly CoverageSpan[]
  readonly spans: readonly CoverageSpan[]
}

/** Real minutes: a day of 25 hours that is open all day has 1500. */
export interface CoverageTotals {
  readonly closedMinutes: number
  /** All that follow. */
  readonly openMinutes: number
  readonly staffedMinutes: number
  readonly shortMinutes: number
  readonly nobodyMinutes: number
  readonly maskedMinutes: number
}

/** A stretch of time in which the state and the number of people stay as they are. */
export interface CoverageSpan {
  readonly from: string
  readonly to: string
  readonly state: CoverageState
  /** How many of those who are asked about are there; null while closed. */
  readonly people: number | null
  readonly minutes: number
}

/** The same in instants. */
interface Span {
  readonly from: Instant
  readonly to: Instant
  readonly state: CoverageState
  readonly people: number | null
}

/**
 * Answers when the widget is open by its policy, how many people are there, and when too few are: by what begins and ends
 * in the stretch, never by sampling. Everyone who follows no duty is assumed to stay as they are, timed ends included (R35).
 *
 * @throws DriftStatusError (invalid-input) for an unknown route or team, or a stretch that is empty or longer than
 *   {@link MAX_COVERAGE_DAYS} days.
 * @example coverage(parseWorkspace(text, 'acme.yaml'), { from: monday, to: monday + 7 * DAY_MS }).gaps
 */
export function coverage(document: WorkspaceDocument, request: CoverageRequest): CoverageAnswer {
  const { spans, ...begun } = beginCoverage(document, request)
  return withSpans(begun, [...spans])
}

/** What is known of an answer before its spans. */
interface CoverageHead extends Omit<CoverageAnswer, 'totals' | 'reasons' | 'gaps' | 'spans'> {
  readonly explainMasked: () => Reason
}

/**
 * The same with its spans one by one, for {@link withSpans}: there may be many, and the caller may pause between them.
 * An undefined one stands for a part of the stretch in which none ended.
 */
export function beginCoverage(
  document: WorkspaceDocument,
  request: CoverageRequest,
): CoverageHead & { readonly spans: Iterable<CoverageSpan | undefined> } {
  const { from, to, route, team, min = 1, everyone } = request
  checkStretch(from, to)
  const workspace = compiledOnce(document)
  const { zone, roster } = workspace
  const wanted = wantedPeople(workspace, request)
  const counted = { roster: { agents: wanted ? peopleIn(wanted, workspace, request) : roster.agents } }
  const people = countEveryone(everyone)
  const others = availableOthers(workspace, everyone)
  return {
    from: formatInstant(from, zone),
    to: formatInstant(to, zone),
    timeZone: zone.name,
    route: route ?? null,
    team: team ?? null,
    min,
    explainMasked: () => explainHidden(workspace, undefined, undefined, people),
    ...futureBasis(counted, request.now, from, to, wanted ? undefined : people),
    spans: spanAnswers(spansOf(workspace, wanted, { from, to, min, others }), zone),
  }
}

/** The whole answer. */
export function withSpans(
  { explainMasked, ...head }: CoverageHead,
  told: readonly (CoverageSpan | undefined)[],
): CoverageAnswer {
  const spans = told.filter((span) => span !== undefined)
  const minutes: Record<CoverageState, number> = { closed: 0, staffed: 0, short: 0, nobody: 0, masked: 0 }
  for (const span of spans) minutes[span.state] += span.minutes
  const { closed, staffed, short, nobody, masked } = minutes
  const totals = {
    closedMinutes: closed,
    openMinutes: staffed + short + nobody + masked,
    staffedMinutes: staffed,
    shortMinutes: short,
    nobodyMinutes: nobody,
    maskedMinutes: masked,
  }
  const reasons = masked > 0 ? [explainMasked()] : []
  return { ...head, totals, reasons, gaps: spans.filter(({ state }) => isGap(state)), spans }
}

export function isGap(state: CoverageState): boolean {
  return state !== 'closed' && state !== 'staffed'
}

function checkStretch(from: Instant, to: Instant): void {
  if (to <= from) {
    throw new DriftStatusError('invalid-input', '"to" is not after "from"', { hint: 'swap "from" and "to"' })
  }
  if (to - from > MAX_COVERAGE_DAYS * DAY_MS) {
    throw new DriftStatusError('invalid-input', `"to" is more than ${MAX_COVERAGE_DAYS} days after "from"`, {
      hint: 'ask for the stretch in parts',
    })
  }
}

function wantedPeople(workspace: Workspace, { route, team, visitor = {} }: CoverageRequest): WantedAt | undefined {
  if (route !== undefined && team !== undefined) {
    throw new DriftStatusError('invalid-input', '"route" and "team" both say who is counted', {
      hint: 'keep one of them',
    })
  }
  if (team !== undefined) return peopleOfTeam(team, workspace)
  return route === undefined ? undefined : peopleOfRoute(route, workspace, visitorOf(visitor))
}

interface Stretch {
  readonly from: Instant
  readonly to: Instant
  readonly min: number
  /** People who are available all the time, and whom the workspace has not loaded. */
  readonly others: number
}

/** One after another from `from` to `to`, no two in a row alike; undefined where one goes on. */
function* spansOf(
  workspace: Workspace,
  wanted: WantedAt | undefined,
  { from, to, min, others }: Stretch,
): Generator<Span | undefined> {
  const { autoOffline } = workspace.widget
  const steps = presenceOf(workspace, wanted, from, to)
  let presence: Presence = steps.next().value!
  let next = steps.next()
  let span: Span | undefined
  let promiseEnd = from
  let isOpen = false
  for (let at = from; at < to; ) {
    if (promiseEnd <= at) {
      isOpen = promisedMode(workspace, at) === 'online'
      promiseEnd = nextPromiseCandidate(workspace, at)
    }
    if (!next.done && next.value.at <= at) {
      presence = next.value
      next = steps.next()
    }
    const end = Math.min(promiseEnd, next.done ? to : next.value.at, to)
    const there = withOthers(presence, others, wanted === undefined)
    const state = isOpen ? stateOf(there, min, autoOffline) : 'closed'
    const people = isOpen ? there.wanted : null
    if (span?.state === state && span.people === people) {
      span = { ...span, to: end }
      yield undefined
    } else {
      if (span) yield span
      span = { from: at, to: end, state, people }
    }
    at = end
  }
  if (span) yield span
}

function withOthers({ at, everyone, wanted }: Presence, others: number, areWanted: boolean): Presence {
  return { at, everyone: everyone + others, wanted: areWanted ? wanted + others : wanted }
}

/** Who is there: counted anew where hours of a team open or close, as other people may be asked about then. */
function* presenceOf(
  workspace: Workspace,
  wanted: WantedAt | undefined,
  from: Instant,
  to: Instant,
): Generator<Presence> {
  for (let at = from; at < to; ) {
    const end = wanted ? Math.min(nextOpening(workspace, at), to) : to
    yield* presenceIn(workspace, wanted?.(at), at, end)
    at = end
  }
}

/** Everyone who is asked about at some time. */
function peopleIn(wanted: WantedAt, workspace: Workspace, { from, to }: CoverageRequest): readonly Agent[] {
  const people = new Set<Agent>()
  for (let at = from; at < to; at = nextOpening(workspace, at)) for (const agent of wanted(at)) people.add(agent)
  return [...people]
}

function stateOf({ everyone, wanted }: Presence, min: number, autoOffline: boolean): CoverageState {
  if (wanted >= min) return 'staffed'
  if (wanted > 0) return 'short'
  return everyone === 0 && autoOffline ? 'masked' : 'nobody'
}

function* spanAnswers(spans: Iterable<Span | undefined>, zone: Zone): Generator<CoverageSpan | undefined> {
  let count = 0
  for (const span of spans) {
    if (!span) {
      yield undefined
      continue
    }
    const { from, to, state, people } = span
    if (++count > MAX_SPANS) {
      throw new DriftStatusError('invalid-input', `more than ${MAX_SPANS} changes in that time`, {
        hint: 'ask for the stretch in parts',
      })
    }
    yield {
      from: formatInstant(from, zone),
      to: formatInstant(to, zone),
      state,
      people,
      minutes: (to - from) / MINUTE_MS,
    }
  }
}
