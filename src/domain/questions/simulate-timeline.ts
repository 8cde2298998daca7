import type { Workspace } from '../decision/compile-workspace.js'
import { isGated } from '../decision/team.js'
import type { ModeSource } from '../decision/widget.js'
import type { WorkspaceDocument } from '../document/schema.js'
import { DriftStatusError } from '../errors.js'
import { formatInstant } from '../time/instant.js'
import type { Instant } from '../time/zone.js'
import type { Mode } from '../words.js'
import { type Basis, futureBasis } from './basis.js'
import { availableOthers, countEveryone } from './everyone.js'
import { prepare, promisedAnswer, type Setup, type SimulateRequest } from './simulate.js'
import { type Stretch, timeline } from './timeline.js'

/** What one answer can hold and a terminal can draw: more than three centuries of a split shift. */
const MAX_CHANGES = 500_000

/** A simulation of every instant of `[from, to)`. */
export interface TimelineRequest extends Omit<SimulateRequest, 'at' | 'sequence' | 'next'> {
  readonly from: Instant
  readonly to: Instant
}

/** The answer of a simulated stretch of time: one entry for each instant at which something changes. */
export interface TimelineAnswer {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** Of the part that is in the future, if any is (R35). */
  readonly basis?: Basis
  readonly changes: readonly TimelineEntry[]
}

export interface TimelineEntry {
  readonly at: string
  readonly mode: Mode
  readonly source: ModeSource
  /** What the policy would show; only where auto-offline hides it (R36). */
  readonly promised?: Mode
  readonly visible: boolean
  readonly playbook: string | null
  readonly rule: string | null
  readonly assignee: string | null
  /** What people call the assignee. */
  readonly assigneeName: string | null
  readonly calendar: string | null
  /** How many agents are available. */
  readonly available: number
  /** The teams that take no chats, by their ids; only where one ever does not (R37). */
  readonly offlineTeams?: readonly string[]
}

/** Answers what changes in `[from, to)`, and when: by transitions, never by sampling. */
export function simulateTimeline(document: WorkspaceDocument, request: TimelineRequest): TimelineAnswer {
  const { changes, ...answer } = beginTimeline(document, request)
  const told: TimelineEntry[] = []
  for (const change of changes) {
    if (told.push(change) <= MAX_CHANGES) continue
    throw new DriftStatusError('invalid-input', `more than ${MAX_CHANGES} changes in that time`, {
      hint: 'ask for the stretch in parts',
    })
  }
  return { ...answer, changes: told }
}

/** The same with its changes one by one: there may be many, and the caller may pause between them. */
export function beginTimeline(
  document: WorkspaceDocument,
  request: TimelineRequest,
): Omit<TimelineAnswer, 'changes'> & { readonly changes: Iterable<TimelineEntry> } {
  const setup = prepare(document, request)
  const { workspace } = setup
  const { zone } = workspace
  return {
    from: formatInstant(request.from, zone),
    to: formatInstant(request.to, zone),
    timeZone: zone.name,
    ...futureBasis(workspace, request.now, request.from, request.to, countEveryone(request.everyone)),
    changes: timelineEntries(setup, request),
  }
}

function* timelineEntries(setup: Setup, { from, to, everyone }: TimelineRequest): Generator<TimelineEntry> {
  const { workspace, visitor, entry } = setup
  const others = availableOthers(workspace, everyone)
  for (const stretch of timeline(workspace, from, to, visitor, { entry, start: setup })) {
    yield timelineEntry({ ...stretch, available: stretch.available + others }, workspace)
  }
}

function timelineEntry({ decision, available, offlineTeams }: Stretch, { zone, teams }: Workspace): TimelineEntry {
  const { at, mode, source, isVisible, proactive, routing } = decision
  return {
    at: formatInstant(at, zone),
    mode,
    source,
    ...promisedAnswer(decision),
    visible: isVisible,
    playbook: proactive?.id ?? null,
    rule: routing.rule ?? null,
    assignee: routing.assignee?.id ?? null,
    assigneeName: routing.assignee ? (routing.assignee.name ?? routing.assignee.id) : null,
    calendar: routing.calendar?.id ?? null,
    available,
    ...([...teams.values()].some(isGated) && { offlineTeams }),
  }
}
