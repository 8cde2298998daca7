import type { Workspace } from '../../domain/decision/compile-workspace.js'
import type { CoverDocument } from '../../domain/document/duty-schema.js'
import { type Shift, stretchesOf } from '../../domain/duty/shift.js'
import { turnsOf } from '../../domain/questions/duty-view.js'
import { parseInstant } from '../../domain/time/instant.js'
import { resolveMoment, writeMoment } from '../../domain/time/written-moment.js'
import type { Instant } from '../../domain/time/zone.js'
import { type Actor, requireScope } from '../actor.js'
import { compileStored } from '../revisions/effect.js'
import { namesIn } from '../revisions/names.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'

const DEFAULT_TURNS = 1000
/** A turn that runs longer is taken for five weeks at once. */
const MAX_TURN_MS = 35 * 24 * 3_600_000

export const dutyHandlers: HandlersOf<'getDuty' | 'putDuty' | 'listTurns' | 'addCovers'> = {
  getDuty: {
    kind: 'read',
    isSteady: true,
    async handle(_, transaction) {
      const stored = await transaction.section('duty')
      return { ...stored, names: await namesIn(transaction, stored.value) }
    },
  },
  putDuty: {
    kind: 'edit',
    etag: 'duty',
    handle: ({ duty }, draft) => draft.put('duty', duty),
  },
  listTurns: {
    kind: 'read',
    isLong: true,
    async handle({ from, to, agent, limit = DEFAULT_TURNS }, transaction, { actor, now }) {
      const workspace = await compileStored(transaction, now)
      const id = agent === undefined ? undefined : (await findStoredAgent(transaction, agent, actor)).agent.id
      const turns = turnsOf(workspace, {
        from: from === undefined ? now : parseInstant(from),
        to: to === undefined ? undefined : parseInstant(to),
        agent: id,
        limit,
      })
      return { ...turns, revision: (await transaction.section('duty')).revision }
    },
  },
  addCovers: {
    kind: 'edit',
    etag: 'duty',
    async handle({ covers }, draft, { actor, now }) {
      const { transaction } = draft
      const workspace = await compileStored(transaction, now)
      const duty = await draft.section('duty')
      const added: CoverDocument[] = []
      for (const cover of covers) {
        const [agent, instead] = [
          (await findStoredAgent(transaction, cover.agent, actor)).agent.id,
          (await findStoredAgent(transaction, cover.instead, actor)).agent.id,
        ]
        const named = { ...onShiftClock(workspace, cover), agent, instead }
        if (!isOwnMatter(workspace, named, actor, now)) requireScope(actor, 'duty', "take another's place in a shift")
        added.push(named)
      }
      // The same place for the same time again: the later written holds (R33), and the earlier says nothing any more.
      const isReplaced = (cover: CoverDocument) => added.some((other) => placeOf(other) === placeOf(cover))
      await draft.put('duty', { ...duty, covers: [...duty.covers.filter((cover) => !isReplaced(cover)), ...added] })
    },
  },
}

/** Times as the shift's clock shows them, so that they move with the shift; those of an unknown shift as they are. */
function onShiftClock({ duty }: Workspace, cover: CoverDocument): CoverDocument {
  const zone = duty?.shifts.find(({ id }) => id === cover.shift)?.days.zone
  if (!zone) return cover
  const written = (text: string) => writeMoment(resolveMoment(text, zone), zone)
  return { ...cover, from: written(cover.from), to: written(cover.to) }
}

function placeOf({ shift, instead, from, to }: CoverDocument): string {
  return JSON.stringify([shift, instead, from, to])
}

/** Anyone may give away or take back a place of their own, and stand in themselves in a shift that is running. */
function isOwnMatter({ duty }: Workspace, cover: CoverDocument, { agent: me }: Actor, now: Instant): boolean {
  if (me === undefined) return false
  if (cover.instead === me) return true
  const shift = duty?.shifts.find(({ id }) => id === cover.shift)
  if (cover.agent !== me || !shift) return false
  const { zone } = shift.days
  const [from, to] = [resolveMoment(cover.from, zone), resolveMoment(cover.to, zone)]
  return isOwnPlace(shift, cover, from, to) || to <= endOfRunning(shift, now)
}

/** Whether it is the agent's own place that another holds. */
function isOwnPlace(shift: Shift, { agent, instead }: CoverDocument, from: Instant, to: Instant): boolean {
  const taken = [...stretchesOf(shift, from, Math.min(to, from + MAX_TURN_MS))].flatMap(({ crew }) =>
    crew.filter((place) => place.agent.id === instead),
  )
  return taken.length > 0 && to - from <= MAX_TURN_MS && taken.every(({ planned }) => planned.id === agent)
}

/** When the shift that runs now ends, whoever holds its places; now when none runs. */
function endOfRunning(shift: Shift, now: Instant): Instant {
  let end = now
  for (const stretch of stretchesOf(shift, now, now + MAX_TURN_MS)) {
    if (stretch.start > end) break
    end = Math.max(end, stretch.end)
  }
  return end
}
