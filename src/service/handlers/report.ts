import { MAX_REPORT_DAYS } from '../../api/contract/operations/report.js'
import { giveWay } from '../../api/pause.js'
import { DriftStatusError } from '../../domain/errors.js'
import { minutes } from '../../domain/questions/report/hours-worked.js'
import { DAY_MS, weekdayIndex } from '../../domain/time/calendar-date.js'
import { formatInstant, instantOf } from '../../domain/time/instant.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import { loadAgents, loadSections } from '../load.js'
import { GoingBack } from '../revisions/going-back.js'
import type { ReadTransaction } from '../store/store.js'
import type { HandlersOf } from './handler.js'

/** Revisions read at once: a few milliseconds of work. */
const PAGE = 200
/** Some seconds of work. */
const MAX_REVISIONS = 100_000
/** Work between two pauses. */
const WORK_MS = 10

export const reportHandlers: HandlersOf<'getReport'> = {
  getReport: {
    kind: 'read',
    isLong: true,
    async handle(request, transaction, { now }) {
      const sections = await loadSections(transaction)
      const { name, timeZone } = sections.general
      const zone = Zone.of(timeZone)
      const { from, to } = stretchOf(request, now, zone)
      const past = new GoingBack(sections, await loadAgents(transaction, now), to)
      const knownFrom = await goBack(past, transaction, from, now)
      for (const _ of past.finish(knownFrom)) await giveWay()
      const { totals, gaps } = past.hours.count()
      return {
        workspace: name,
        timeZone,
        from: formatInstant(from, zone),
        to: formatInstant(to, zone),
        knownFrom: formatInstant(knownFrom, zone),
        totals,
        gaps: gaps.map(({ start, end, state }) => ({
          from: formatInstant(start, zone),
          to: formatInstant(end, zone),
          state,
          minutes: minutes(end - start),
        })),
        people: past.hours.people().map((person) => ({ ...person, removed: !past.present.has(person.id) })),
      }
    },
  },
}

/**
 * The time that is asked about: the week of its end, unless it says from when.
 * @throws DriftStatusError (invalid-input)
 */
function stretchOf(
  request: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Instant,
  zone: Zone,
): { readonly from: Instant; readonly to: Instant } {
  const to = Math.min(instantOf(request.to) ?? now, now)
  const from = instantOf(request.from) ?? mondayBefore(to, zone)
  const refuse = (message: string, hint: string) => new DriftStatusError('invalid-input', message, { hint })
  if (from >= now) throw refuse('a report looks back, and "from" is not past', 'name an earlier time')
  if (from >= to) throw refuse('"to" is not after "from"', 'swap "from" and "to"')
  if (to - from > MAX_REPORT_DAYS * DAY_MS) {
    throw refuse(`"to" is more than ${MAX_REPORT_DAYS} days after "from"`, 'ask for the time in parts')
  }
  return { from, to }
}

/** The midnight before the week's first day; a week ago where the week begins just now. */
function mondayBefore(at: Instant, zone: Zone): Instant {
  const day = Math.floor(zone.toLocal(at - 1) / DAY_MS)
  return zone.toInstant((day - weekdayIndex(day)) * DAY_MS)
}

/**
 * Undoes what was written since an instant, page by page.
 * @returns from when it is known how things were
 * @throws DriftStatusError (invalid-input) for too many revisions
 */
async function goBack(past: GoingBack, transaction: ReadTransaction, from: Instant, now: Instant): Promise<Instant> {
  let known = now
  let start = performance.now()
  let next: number | undefined
  for (let read = 0; ; read += PAGE) {
    if (read > MAX_REVISIONS) throw tooMany(from)
    const { revisions, hasMore } = await transaction.revisions.list({ before: next, limit: PAGE })
    for (const revision of revisions) {
      const isMissing = next !== undefined && revision.number !== next - 1
      if (isMissing) return known
      // A clock that was set back: what was written before was so no later than what came after it.
      known = Math.min(known, revision.at)
      if (known <= from) return from
      // The first revision, or one of a version that did not keep what had ended: how it was before is not known.
      if (revision.ended === undefined) return known
      past.undo(revision, known)
      next = revision.number
      if (performance.now() - start < WORK_MS) continue
      await giveWay()
      start = performance.now()
    }
    if (!hasMore) return known
  }
}

function tooMany(from: Instant): DriftStatusError {
  return new DriftStatusError(
    'invalid-input',
    `more than ${MAX_REVISIONS} revisions since ${new Date(from).toISOString()}`,
    { hint: 'ask about a later time' },
  )
}
