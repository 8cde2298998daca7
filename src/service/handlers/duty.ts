import type { Workspace } from '../../domain/decision/compile-workspace.js'
import type { CoverDocument } from '../../domain/document/duty-schema.js'
import { invalid } from '../../domain/errors.js'
import { turnsOf } from '../../domain/questions/duty-view.js'
import { parseInstant } from '../../domain/time/instant.js'
import { resolveMoment, writeMoment } from '../../domain/time/written-moment.js'
import { requireScope } from '../actor.js'
import { compileStored } from '../revisions/effect.js'
import { namesIn } from '../revisions/names.js'
import { lastOfEachPlace } from '../revisions/settle-covers.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'
import { areOwnMatter } from './own-covers.js'

const DEFAULT_TURNS = 1000

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
      const refuse = () => requireScope(actor, 'duty', "take another's place in a shift, or change who was on duty")
      const find = async (name: string) => {
        const { agent } = await findStoredAgent(transaction, name, actor).catch((error: unknown) => {
          // Who may neither read nor change the duty learns nothing of who there is.
          if (name !== 'me' && !actor.scopes.has('read')) refuse()
          throw error
        })
        return agent.id
      }
      const added: CoverDocument[] = []
      for (const cover of covers) {
        const [agent, instead] = [await find(cover.agent), await find(cover.instead)]
        if (agent === instead) throw invalid('R33', `"${agent}" cannot cover for themselves`, 'name two agents')
        added.push({ ...onShiftClock(workspace, cover), agent, instead })
      }
      const all = lastOfEachPlace([...duty.covers, ...added])
      const kept = all.filter((cover) => !added.includes(cover))
      if (!actor.scopes.has('duty')) {
        const isAllowed = actor.agent !== undefined && areOwnMatter(added, kept, workspace, actor.agent, now)
        if (!isAllowed) refuse()
      }
      await draft.put('duty', { ...duty, covers: all })
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
