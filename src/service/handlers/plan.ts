import type { PlanAnswer, RevisionAnswer } from '../../api/contract/answers.js'
import { onlineTime } from '../../domain/questions/preview/online-time.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { formatInstant } from '../../domain/time/instant.js'
import { loadDocument } from '../load.js'
import { editOnly } from '../revisions/edit.js'
import { previewIn } from '../revisions/effect.js'
import { namesOf } from '../revisions/names.js'
import { changedSince, removedAgent, settingsAlone, undoneBy } from '../revisions/settings-changes.js'
import { settingsDigest } from '../revisions/settings-digest.js'
import type { EditHandler, HandlersOf } from './handler.js'
import { revisionAnswer } from './revisions.js'
import { workspaceHandlers } from './workspace.js'

const DEFAULT_HORIZON_DAYS = 30

export const planHandlers: HandlersOf<'planWorkspace'> = {
  planWorkspace: {
    kind: 'rehearsal',
    async handle({ document, horizonDays = DEFAULT_HORIZON_DAYS }, transaction, context) {
      const { now } = context
      const { revisions } = transaction
      const base = { revision: await revisions.last(), digest: settingsDigest(await loadDocument(transaction, now)) }
      const since = (await revisions.lastApplied()) ?? (await revisions.find(1))
      const byHand = await changedSince(since?.number ?? 0, transaction)
      const put = workspaceHandlers.putWorkspace as EditHandler<'putWorkspace'>
      const { answer, before, after, people } = await editOnly(transaction, put, { document }, context, {})
      const changes = answer.changes.map(settingsAlone)
      const told = [...changes, ...byHand.revisions.flatMap((revision) => revision.changes)]
      const actors = [since, ...byHand.revisions].flatMap((revision) => (revision ? [revision.actor] : []))
      const names = await namesOf(transaction, told, actors)
      return async (): Promise<PlanAnswer> => {
        const { timeZone, changed, findings } = answer
        const [was, willBe] = [before, after].map((side) => onlineTime(side, now, horizonDays))
        return {
          workspace: before.document.name,
          timeZone,
          at: formatInstant(now, after.zone),
          until: formatInstant(now + horizonDays * DAY_MS, after.zone),
          base,
          changed,
          changes,
          names,
          removedAgents: changes.flatMap(removedAgent),
          ...previewIn([{ from: now, to: now + horizonDays * DAY_MS }], before, after, people, { now, horizonDays }),
          ...(findings && { findings }),
          byHand: {
            since: since ? withoutChanges(revisionAnswer(since)) : null,
            revisions: byHand.revisions.map((revision) => ({
              ...revisionAnswer(revision),
              undone: undoneBy(changes, revision),
            })),
            ...(byHand.isPartial && { partial: true }),
          },
          onlineMinutesAWeek: { before: was!.onlineMinutesAWeek, after: willBe!.onlineMinutesAWeek },
          nobodyMinutes: { before: was!.nobodyMinutes, after: willBe!.nobodyMinutes },
        }
      }
    },
  },
}

function withoutChanges({ changes, ...revision }: RevisionAnswer): Omit<RevisionAnswer, 'changes'> {
  return revision
}
