import type { Workspace } from '../decision/compile-workspace.js'
import { ANYONE, type Visitor, type VisitorFacts, visitorOf } from '../decision/conditions/facts.js'
import { decide } from '../decision/decide.js'
import type { PlaybookDocument, RuleDocument } from '../document/schema.js'
import { DAY_MS, nextYearly, parseDate, parseYearly } from '../time/calendar-date.js'
import type { Instant, Zone } from '../time/zone.js'
import type { Mode } from '../words.js'
import { sampleVisitor } from './sample-visitor.js'
import { nextTransition } from './timeline.js'

/** What a visitor notices: the mode, whether the widget shows, the message that comes by itself, the greeting, and who chats. */
export const SEEN = ['mode', 'widget', 'message', 'greeting', 'chat'] as const
export type Seen = (typeof SEEN)[number]

/** Half-open. */
export interface Window {
  readonly from: Instant
  readonly to: Instant
}

export interface SeenDifference {
  readonly what: Seen
  /** Null for nothing: no message, nobody who chats. */
  readonly before: string | null
  readonly after: string | null
}

/** A stretch of time in which a visitor would notice a change. */
export interface ComparedStretch extends Window {
  readonly before: Mode
  readonly after: Mode
  readonly differences: readonly SeenDifference[]
  /** What is known of the visitor; undefined for anyone. */
  readonly visitor?: VisitorFacts | undefined
}

/** Rules and playbooks for whose visitors a change is tried as well. */
const MAX_SAMPLES = 5

/**
 * Everything that visitors would see differently: anyone, and one visitor of each rule and playbook that the change touches.
 * The cost grows with the transitions of both workspaces in the windows.
 */
export function compareWorkspaces(
  before: Workspace,
  after: Workspace,
  windows: readonly Window[],
): readonly ComparedStretch[] {
  const anyone = compareFor(before, after, windows, ANYONE)
  const samples = changedTargetings(before, after).flatMap((targeting) => {
    const facts = sampleVisitor(targeting)
    return facts ? [facts] : []
  })
  const others = samples.slice(0, MAX_SAMPLES).flatMap((facts) =>
    compareFor(before, after, windows, visitorOf(facts))
      // What anyone sees is told once.
      .filter((stretch) => !anyone.some((known) => isSame(known, stretch)))
      .map((stretch) => ({ ...stretch, visitor: facts })),
  )
  return [...anyone, ...others]
}

function compareFor(
  before: Workspace,
  after: Workspace,
  windows: readonly Window[],
  visitor: Visitor,
): readonly ComparedStretch[] {
  const stretches: ComparedStretch[] = []
  for (const { from, to } of windows) {
    for (let at = from; at < to; ) {
      const next = Math.min(nextTransition(before, at), nextTransition(after, at), to)
      const [was, willBe] = [seenAt(before, at, visitor), seenAt(after, at, visitor)]
      const differences = SEEN.filter((what) => was[what] !== willBe[what]).map((what) => ({
        what,
        before: was[what],
        after: willBe[what],
      }))
      if (differences.length > 0) {
        const stretch = { from: at, to: next, before: was.mode, after: willBe.mode, differences }
        const last = stretches.at(-1)
        if (last?.to === at && isSame(last, { ...stretch, from: last.from, to: last.to })) {
          stretches[stretches.length - 1] = { ...last, to: next }
        } else stretches.push(stretch)
      }
      at = next
    }
  }
  return stretches
}

function isSame(a: ComparedStretch, b: ComparedStretch): boolean {
  return a.from === b.from && a.to === b.to && JSON.stringify(a.differences) === JSON.stringify(b.differences)
}

function seenAt(workspace: Workspace, at: Instant, visitor: Visitor) {
  const { mode, isVisible, proactive, greeting, routing } = decide(workspace, at, visitor)
  const { assignee } = routing
  return {
    mode,
    widget: isVisible ? 'shown' : 'hidden',
    message: proactive?.message ?? null,
    greeting: isVisible ? greeting : null,
    chat: assignee ? (assignee.name ?? assignee.id) : null,
  } satisfies Record<Seen, string | null>
}

/** Whom the rules and playbooks are for that are not as they were. */
function changedTargetings(before: Workspace, after: Workspace) {
  const rules = changed(before.document.routing.rules, after.document.routing.rules)
  const playbooks = changed(before.document.playbooks, after.document.playbooks)
  return [
    ...rules.map(({ when }: RuleDocument) => ({ visitor: when })),
    ...playbooks.map(({ target }: PlaybookDocument) => ({ url: target?.url, visitor: target?.visitor })),
  ]
}

function changed<Item extends { readonly id: string }>(
  before: readonly Item[],
  after: readonly Item[],
): readonly Item[] {
  if (before === after) return []
  const order = (items: readonly Item[]) => items.map(({ id }) => id).join('\n')
  const isMoved = order(before) !== order(after)
  const known = new Map(before.map((item) => [item.id, JSON.stringify(item)]))
  const isKept = new Set(after.map(({ id }) => id))
  return [
    ...after.filter((item) => isMoved || known.get(item.id) !== JSON.stringify(item)),
    ...before.filter(({ id }) => !isKept.has(id)),
  ]
}

/**
 * The time that a preview covers: some days from now, and each date that the change names.
 * @param dates `2026-12-24`, `2026-12-25..2026-12-26` or `12-25`
 */
export function previewWindows(
  now: Instant,
  horizonMs: number,
  dates: readonly string[],
  zone: Zone,
): readonly Window[] {
  const today = Math.floor(zone.toLocal(now) / DAY_MS)
  const named = dates.map((text) => {
    const [from = '', to = from] = text.split('..')
    const isYearly = /^\d{2}-/.test(from)
    const [first, last] = isYearly
      ? Array(2).fill(nextYearly(parseYearly(from), today))
      : [parseDate(from), parseDate(to)]
    // A range over midnight ends on the day after.
    return { from: zone.toInstant(first * DAY_MS), to: zone.toInstant((last + 2) * DAY_MS) }
  })
  const windows = [{ from: now, to: now + horizonMs }, ...named.filter(({ to }) => to > now)].sort(
    (a, b) => a.from - b.from,
  )
  const merged: Window[] = []
  for (const { from, to } of windows) {
    const last = merged.at(-1)
    const start = Math.max(from, now)
    if (last && start <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) }
    else merged.push({ from: start, to })
  }
  return merged
}
