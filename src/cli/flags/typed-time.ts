import type { AgentsClient } from '../../api/client.js'
import { DriftStatusError } from '../../domain/errors.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import type { Context } from '../context.js'
import { naming } from './values.js'

/**
 * Reads a time as people type it, in a zone; nothing is now.
 *
 * @param flag names it in errors: `--at`
 * @param lookIn where a time without a date is looked for, when not around now
 */
export async function readTime(
  text: string | undefined,
  flag: string,
  zone: Zone,
  context: Context,
  lookIn?: 'past' | 'future',
): Promise<Instant> {
  const now = context.now()
  if (text === undefined || text === 'now') return now
  const { parseAt } = await import('../../domain/time/typed/parse-at.js')
  return naming(flag, () => parseAt(text, { now, zone, ...(lookIn && { lookIn }) }))
}

/** The same in the zone of the workspace, in ISO 8601. */
export async function readWorkspaceTime(
  text: string,
  flag: string,
  client: AgentsClient,
  context: Context,
  lookIn: 'past' | 'future',
): Promise<string> {
  const { value } = await client.getSettings({})
  return new Date(await readTime(text, flag, Zone.of(value.timeZone), context, lookIn)).toISOString()
}

export interface PeriodFlags extends EndFlags {
  readonly from?: string
}

export interface EndFlags {
  /** Milliseconds. */
  readonly for?: number
  readonly until?: string
}

/** When a timed mode or status ends, as `--for` or `--until` say; undefined for never. */
export async function readEnd(flags: EndFlags, client: AgentsClient, context: Context): Promise<string | undefined> {
  if (flags.for !== undefined && flags.until !== undefined) {
    throw new DriftStatusError('usage', '--for and --until say the same thing', { hint: 'keep one of them' })
  }
  if (flags.for !== undefined) return new Date(context.now() + flags.for).toISOString()
  return flags.until === undefined ? undefined : readWorkspaceTime(flags.until, '--until', client, context, 'future')
}

/** When a timed mode or status begins, where `--from` says so, and ends (R34). */
export async function readPeriod(
  { from, ...end }: PeriodFlags,
  client: AgentsClient,
  context: Context,
): Promise<{ readonly from?: string; readonly until?: string }> {
  if (from === undefined) {
    const until = await readEnd(end, client, context)
    return until === undefined ? {} : { until }
  }
  const begin = await readWorkspaceTime(from, '--from', client, context, 'future')
  const until = await readEnd(end, client, { ...context, now: () => Date.parse(begin) })
  if (until !== undefined) return { from: begin, until }
  throw new DriftStatusError('usage', '--from says when it begins, and nothing when it ends', {
    hint: 'add --until or --for',
    rule: 'R34',
  })
}
