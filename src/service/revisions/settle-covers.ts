import { personKey } from '../../domain/decision/named-agents.js'
import { dutyFindings } from '../../domain/document/duty-findings.js'
import type { CoverDocument, DutyDocument } from '../../domain/document/duty-schema.js'
import { isEqual } from '../../domain/document/items.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { namesInDuty } from '../../domain/duty/duty-names.js'
import { resolveMoment } from '../../domain/time/written-moment.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import type { Sections } from '../store/store.js'
import { invalidInput } from '../validate.js'
import type { Draft } from './draft.js'

/**
 * R33: a cover goes with what it covered, and past ones with an agent who is removed; the changes tell it. A new one that
 * covers nothing is a mistake.
 *
 * @throws DriftStatusError (invalid-input) naming it
 */
export async function settleCovers(draft: Draft, stored: Sections, now: Instant): Promise<void> {
  const { sections } = draft.touched('after')
  const { general, duty } = { ...stored, ...sections }
  const lost = new Set(draft.lostNames.map(personKey))
  const isTouched = sections.duty !== undefined || general.timeZone !== stored.general.timeZone || lost.size > 0
  if (!isTouched || (duty.shifts.length === 0 && duty.covers.length === 0)) return
  const isPast = (cover: CoverDocument) => endOf(cover, duty, general.timeZone) <= now
  const isLost = ({ agent, instead }: CoverDocument) => [agent, instead].some((name) => lost.has(personKey(name)))
  const kept = lastOfEachPlace(duty.covers).filter((cover) => !(isLost(cover) && isPast(cover)))
  const covers = await withoutVoid({ ...duty, covers: kept }, stored.duty, general.timeZone, draft)
  if (covers.length < duty.covers.length) await draft.put('duty', { ...duty, covers })
}

/** R33: of two covers of the same place for the same time the later written holds, and the earlier says nothing. */
export function lastOfEachPlace(covers: readonly CoverDocument[]): readonly CoverDocument[] {
  const keys = covers.map(({ shift, instead, from, to }) => JSON.stringify([shift, instead, from, to]))
  const last = new Map(keys.map((key, index) => [key, index]))
  return covers.filter((_, index) => last.get(keys[index]!) === index)
}

async function withoutVoid(
  duty: DutyDocument,
  before: DutyDocument,
  timeZone: string,
  draft: Draft,
): Promise<DutyDocument['covers']> {
  const shiftIds = new Set(duty.shifts.map(({ id }) => id))
  const wasThere = (cover: CoverDocument) => before.covers.some((other) => isEqual(cover, other))
  const covers = duty.covers.filter((cover) => shiftIds.has(cover.shift) || !wasThere(cover))
  const findings = dutyFindings({ duty: { ...duty, covers }, timeZone, agents: await namedAgents(duty, draft) })
  const voided = new Set<number>()
  const mistakes = findings.filter(({ path }) => {
    const [, list, index] = path
    if (list !== 'covers' || !wasThere(covers[index as number]!)) return true
    voided.add(index as number)
    return false
  })
  if (mistakes.length > 0) throw invalidInput(mistakes)
  return covers.filter((_, index) => !voided.has(index))
}

/** Whom the duty names, as the draft has them. */
async function namedAgents(duty: DutyDocument, draft: Draft): Promise<readonly AgentDocument[]> {
  const stored = await draft.transaction.agents.members(namesInDuty(duty))
  const agents = new Map(stored.map((agent) => [agent.id, agent]))
  for (const { before, after } of draft.agentChanges) {
    if (before && !after) agents.delete(before.id)
    if (after) agents.set(after.id, after)
  }
  return [...agents.values()]
}

function endOf({ shift, to }: CoverDocument, { shifts }: DutyDocument, timeZone: string): Instant {
  const zone = shifts.find(({ id }) => id === shift)?.timeZone ?? timeZone
  return resolveMoment(to, Zone.of(zone))
}
