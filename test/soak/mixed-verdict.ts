import type { RevisionAnswer } from '../../src/api/contract/answers.js'
import { findLosses } from './acknowledged.js'
import type { Tally } from './mixed-load.js'
import { percentile } from './mixed-measures.js'
import type { RevokedToken } from './mixed-troubles.js'

const MAX_HEALTH_MS = 100
/** Of the lowest in the last quarter of the time over the lowest in the second: caches have filled, and garbage comes and goes. */
const MAX_GROWTH_MB = 50
/** In less time memory is still being filled. */
const MIN_SECONDS_OF_GROWTH = 240
const MAX_MB = 600

/** What a run left behind. */
export interface Run {
  readonly tally: Tally
  readonly revoked: readonly RevokedToken[]
  /** How long `healthz` took, the shortest first. */
  readonly times: readonly number[]
  /** Of the server, every second, in MB. */
  readonly memory: readonly number[]
  readonly log: readonly RevisionAnswer[]
  /** The ids of those that are recorded. */
  readonly assignments: readonly number[]
  /** How the server ended, and what it wrote to standard error. */
  readonly code: number | null
  readonly errors: string
}

export function inWords({ tally, revoked, times, memory }: Run): string {
  const { answers, busy, writes, assignments } = tally
  return (
    `${answers} answers (${busy} of them 503 to a write), ${writes.length} writes and ${assignments.length} routes ` +
    `acknowledged, ${revoked.length} tokens revoked while busy; server ${mostOf(memory).toFixed(0)} MB at most, ` +
    `${growthOf(memory).toFixed(0)} MB of growth; healthz p50 ${inMs(times, 0.5)}, p99 ${inMs(times, 0.99)}, ` +
    `longest ${inMs(times, 1)} of ${times.length}`
  )
}

export function inMs(times: readonly number[], part: number): string {
  return `${percentile(times, part).toFixed(1)} ms`
}

export function violationsOf({
  tally,
  revoked,
  times,
  memory,
  log,
  assignments,
  code,
  errors,
}: Run): readonly string[] {
  const recorded = new Set(assignments)
  const lost = tally.assignments.filter((id) => !recorded.has(id))
  const isSlow = percentile(times, 0.99) >= MAX_HEALTH_MS
  return [
    ...tally.failures,
    ...findLosses(log, tally.writes),
    ...findRefused(log, tally.refused),
    ...findLateWrites(log, revoked),
    ...lost.map((id) => `route ${id} was answered and is not recorded`),
    ...(isSlow ? [`healthz took ${inMs(times, 0.99)} at p99`] : []),
    ...(memory.length < MIN_SECONDS_OF_GROWTH || growthOf(memory) < MAX_GROWTH_MB
      ? []
      : [`the server grew by ${growthOf(memory).toFixed(0)} MB`]),
    ...(mostOf(memory) < MAX_MB ? [] : [`the server took ${mostOf(memory).toFixed(0)} MB`]),
    ...(code === 0 && errors === '' ? [] : [`the server ended with ${code}: ${errors}`]),
  ]
}

function growthOf(memory: readonly number[]): number {
  const quarter = Math.floor(memory.length / 4)
  return Math.min(...memory.slice(-quarter)) - Math.min(...memory.slice(quarter, 2 * quarter))
}

function mostOf(memory: readonly number[]): number {
  return Math.max(...memory)
}

function findRefused(log: readonly RevisionAnswer[], refused: readonly string[]): readonly string[] {
  const kept = new Set(log.map(({ note }) => note))
  return refused.filter((note) => kept.has(note)).map((note) => `"${note}" was refused, and the log has it`)
}

/** Writes of a token after it was revoked. */
function findLateWrites(log: readonly RevisionAnswer[], revoked: readonly RevokedToken[]): readonly string[] {
  const ends = new Map(revoked.map(({ name, revision }) => [name, revision]))
  return log
    .filter(({ actor, number }) => number > (ends.get(actor) ?? Infinity))
    .map(
      ({ actor, number }) => `revision ${number} is by the token "${actor}", which revision ${ends.get(actor)} revoked`,
    )
}
