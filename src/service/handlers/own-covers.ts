import type { Workspace } from '../../domain/decision/compile-workspace.js'
import type { CoverDocument } from '../../domain/document/duty-schema.js'
import { compileCover, compileShift } from '../../domain/duty/compile-duty.js'
import { applyCover, type Cover, MAX_COVER_DAYS } from '../../domain/duty/covers.js'
import { People, resolveNames } from '../../domain/duty/duty-names.js'
import type { Place } from '../../domain/duty/place.js'
import { type DutyStretch, type Shift, stretchesOf } from '../../domain/duty/shift.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import type { Instant } from '../../domain/time/zone.js'

/** A turn of a week, and the hour more that it has where the clock goes back. */
const MAX_TURN_MS = 8 * DAY_MS

/**
 * Whether new covers are the matter of an agent alone: anyone may give away or take back a place of their own, and stand
 * in themselves in a turn that is running; nobody changes who was on duty. Each is looked at over those before it.
 *
 * @param kept the covers that are there already
 */
export function areOwnMatter(
  covers: readonly CoverDocument[],
  kept: readonly CoverDocument[],
  { document: { duty, timeZone, agents } }: Workspace,
  me: string,
  now: Instant,
): boolean {
  const shifts = duty?.shifts ?? []
  const people = new People(resolveNames({ shifts, covers: [...kept, ...covers] }, agents))
  return covers.every((cover, index) => {
    const document = shifts.find(({ id }) => id === cover.shift)
    if (!document) return cover.instead === me
    const earlier = [...kept, ...covers.slice(0, index)].filter(({ shift }) => shift === cover.shift)
    const shift = compileShift(document, earlier, timeZone, people)
    return isOwnMatter(shift, compileCover(cover, shift.days.zone, people), me, now)
  })
}

function isOwnMatter(shift: Shift, cover: Cover, me: string, now: Instant): boolean {
  // The error says that it is too long.
  if (cover.to - cover.from > MAX_COVER_DAYS * DAY_MS) return cover.instead.id === me
  // A turn that is running may have begun a while ago.
  if (cover.from < now - DAY_MS) return false
  const isMine = ({ agent, planned }: Place) => agent.id === me || planned.id === me
  const taken = takenPlaces(shift, cover)
  // Of one's own place that is not there, the error says so.
  if (taken.length === 0) return cover.instead.id === me
  const running = cover.agent.id === me ? [...stretchesOf(shift, now, now + MAX_TURN_MS)] : []
  return taken.every(({ place, end }) => {
    if (end <= now) return false
    return isMine(place) || end <= endOfTurn(running, place, now)
  })
}

interface TakenPlace extends Pick<DutyStretch, 'end'> {
  readonly place: Place
}

/** The places that a cover takes, each as it is before. */
function takenPlaces(shift: Shift, cover: Cover): readonly TakenPlace[] {
  return [...stretchesOf(shift, cover.from, cover.to)].flatMap(({ crew, end }) => {
    const covered = applyCover(crew, cover)
    return crew.flatMap((place, index) => (place === covered[index] ? [] : [{ place, end }]))
  })
}

/** When the turn that runs now ends, whoever holds its places; now when none runs. */
function endOfTurn(running: readonly DutyStretch[], { planned }: Place, now: Instant): Instant {
  let end = now
  for (const stretch of running) {
    if (stretch.start > end) break
    if (stretch.crew.some((place) => place.planned === planned)) end = Math.max(end, stretch.end)
  }
  return end
}
