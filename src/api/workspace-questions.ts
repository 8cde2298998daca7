import { compileWorkspace } from '../domain/decision/compile-workspace.js'
import { parseWorkspace } from '../domain/document/parse-workspace.js'
import type { WorkspaceDocument } from '../domain/document/schema.js'
import { type Assumptions, assume } from '../domain/questions/assume.js'
import { askBasis, type BasisAnswer, countBasis } from '../domain/questions/basis.js'
import {
  type OpenTimeAfterAnswer,
  type OpenTimeBetweenAnswer,
  openTimeAfter,
  openTimeBetween,
} from '../domain/questions/business-time.js'
import { type ConditionAnswer, checkCondition } from '../domain/questions/check-condition.js'
import { type CoverageAnswer, type CoverageRequest, coverage } from '../domain/questions/coverage/coverage.js'
import { type TurnsAnswer, type TurnsRequest, turnsOf } from '../domain/questions/duty-view.js'
import {
  type ExceptionsAnswer,
  exceptionsOf,
  type HoursNextAnswer,
  nextHours,
  type WeekAnswer,
  weekOf,
} from '../domain/questions/hours-view.js'
import { LOOK_AHEAD, lint } from '../domain/questions/lint/lint.js'
import type { LintFinding } from '../domain/questions/lint/lint-finding.js'
import { type ReachableAnswer, type ReachableRequest, reachable } from '../domain/questions/reachable.js'
import { type DecisionAnswer, type SimulateRequest, simulate } from '../domain/questions/simulate.js'
import { simulateTimeline, type TimelineAnswer, type TimelineRequest } from '../domain/questions/simulate-timeline.js'
import { hoursOf } from '../domain/questions/whose-hours.js'
import { type CheckAnswer, check } from '../domain/scenarios/check.js'
import type { Scenario } from '../domain/scenarios/scenarios-schema.js'
import type { Instant } from '../domain/time/zone.js'
import { Zone } from '../domain/time/zone.js'
import { readUtf8 } from '../domain/utf8-text.js'
import type { Condition } from '../domain/words.js'
import { BODY_BYTES } from './contract/body-bytes.js'
import { keptPlanIn } from './kept-plan.js'

/** The questions that a workspace answers without being changed. */
export interface WorkspaceQuestions {
  /** The workspace's name. */
  readonly name: string
  /** The zone of times without one. */
  readonly zone: Zone
  /** What a visitor would see at an instant, who would get the chat, and why. */
  simulate(request: SimulateRequest): DecisionAnswer
  /** What changes in a stretch of time, and when. */
  timeline(request: TimelineRequest): TimelineAnswer
  /** Who follows the duty in a stretch of time, by default a week, and who is assumed to stay as they are. */
  basis(from: Instant, to?: Instant, assumptions?: Assumptions, names?: boolean): BasisAnswer
  /** When open hours are staffed, by how many, and when nobody is there. */
  coverage(request: CoverageRequest): CoverageAnswer
  /** What is likely to surprise an admin or a visitor. */
  lint(at: Instant): readonly LintFinding[]
  /** The hours of the week that contains an instant; `team` asks about those of one. */
  week(at: Instant, team?: string): WeekAnswer
  /** Every exception of the hours, the next one first. */
  exceptions(at: Instant, team?: string): ExceptionsAnswer
  /** The next times at which the hours open or close. */
  nextHours(at: Instant, count: number, team?: string): HoursNextAnswer
  /** When the hours have been open for so many minutes. */
  openTimeAfter(at: Instant, minutes: number, team?: string): OpenTimeAfterAnswer
  /** How long the hours are open between two instants. */
  openTimeBetween(from: Instant, to: Instant, team?: string): OpenTimeBetweenAnswer
  /** Whether a person can take a chat of a visitor at an instant, who, and if not, when one is expected to. */
  reachable(request: ReachableRequest): ReachableAnswer
  /** Whether scenarios hold; their times are instants. */
  check(scenarios: readonly Scenario[], now: Instant): CheckAnswer
  /** Who is on duty when. */
  turns(request: TurnsRequest): TurnsAnswer
  /** Whether a condition holds at an instant; `team` asks about the people of one. */
  is(condition: Condition, at: Instant, assumptions?: Assumptions, team?: string): ConditionAnswer
}

/**
 * Answers from a workspace document, with no workspace behind it.
 *
 * @param bytes the document, YAML or JSON in UTF-8
 * @param file the name that errors give it
 * @throws DocumentError with every problem of the document, each at its place
 * @example
 * const workspace = openDocument(await readFile('workspace.yaml'), 'workspace.yaml')
 * workspace.is('online', Date.now()).holds // true
 */
export function openDocument(bytes: Uint8Array, file: string): WorkspaceQuestions {
  const document = parseWorkspace(readText(bytes, file), file)
  return questionsOf(document)
}

/** Reads the document of a file, or of a plan that was kept; `-` is standard input. */
export async function readDocument(file: string, { read }: DocumentSource): Promise<WorkspaceDocument> {
  const name = file === '-' ? '<stdin>' : file
  // A plan holds the document, and what it said.
  const text = readText(await read(file, BODY_BYTES.document), name)
  const document = keptPlanIn(text)?.document
  return parseWorkspace(document === undefined ? text : JSON.stringify(document), name)
}

export interface DocumentSource {
  /** The bytes of a file, at most so many. */
  read(path: string, maxBytes: number): Promise<Uint8Array>
}

/** The questions of a document that is already read. */
export function questionsOf(document: WorkspaceDocument): WorkspaceQuestions {
  const hours = (team: string | undefined) => hoursOf(compileWorkspace(document), team)
  return {
    name: document.name,
    zone: Zone.of(document.timeZone),
    simulate: (request) => simulate(document, request),
    timeline: (request) => simulateTimeline(document, request),
    basis: (from, to = from + LOOK_AHEAD, assumptions = {}, names = true) =>
      (names ? askBasis : countBasis)(compileWorkspace(assume(document, assumptions)), from, to),
    coverage: (request) => coverage(document, request),
    lint: (at) => lint(compileWorkspace(document), at),
    week: (at, team) => weekOf(hours(team), at),
    exceptions: (at, team) => exceptionsOf(hours(team), at),
    nextHours: (at, count, team) => nextHours(hours(team), at, count),
    openTimeAfter: (at, minutes, team) => openTimeAfter(hours(team), at, minutes),
    openTimeBetween: (from, to, team) => openTimeBetween(hours(team), from, to),
    reachable: (request) => reachable(document, request),
    check: (scenarios, now) => check(document, { scenarios, now }),
    turns: (request) => turnsOf(compileWorkspace(document), request),
    is: (condition, at, assumptions = {}, team) =>
      checkCondition(condition, compileWorkspace(assume(document, assumptions)), at, team),
  }
}

function readText(bytes: Uint8Array, file: string): string {
  return readUtf8(bytes, file, 'a workspace document is YAML or JSON in UTF-8')
}
