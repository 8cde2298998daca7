import type { StatusAnswer } from '../../api/contract/answers.js'
import { settleWidget } from '../../domain/decision/timed-states.js'
import { basisOf } from '../../domain/questions/basis.js'
import { dayOf } from '../../domain/questions/hours-view.js'
import { LOOK_AHEAD, lint } from '../../domain/questions/lint/lint.js'
import { findUnreadFeeds } from '../../domain/questions/lint/lint-holidays.js'
import { simulate } from '../../domain/questions/simulate.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { counterAt } from '../counter.js'
import { compileStored } from '../revisions/effect.js'
import type { HandlersOf } from './handler.js'

/** Agents that one glance lists beside those with a timed status. */
const MAX_LISTED = 20

export const statusHandlers: HandlersOf<'getStatus'> = {
  getStatus: {
    kind: 'read',
    isSteady: true,
    async handle(_, transaction, { now }): Promise<StatusAnswer> {
      const workspace = await compileStored(transaction, now)
      const { document, schedule } = workspace
      const { planned } = settleWidget(document.widget, now)
      // A day of 23 or 25 hours is one date all the same.
      const date = Math.floor(schedule.zone.toLocal(now) / DAY_MS)
      const counter = await counterAt(transaction, now, workspace)
      const decision = simulate(document, { at: now, now, everyone: { at: now, ...counter } })
      const first = await transaction.agents.list({ limit: MAX_LISTED }, now)
      const timed = document.agents
        .map(counter.show)
        .filter(({ until, planned, id }) => (until ?? planned) !== undefined && !first.some((agent) => agent.id === id))
      return {
        workspace: document.name,
        revision: await transaction.revisions.last(),
        at: decision.at,
        timeZone: decision.timeZone,
        policy: document.widget.mode,
        autoOffline: document.widget.autoOffline,
        widget: decision.widget,
        visitor: decision.visitor,
        reasons: decision.reasons.filter(({ code }) => code !== 'status.assumed'),
        today: dayOf(schedule, date),
        tomorrow: dayOf(schedule, date + 1),
        ...(planned && { planned }),
        ...(decision.teams && { teams: decision.teams }),
        agents: {
          available: counter.available,
          away: counter.away,
          listed: [...first.map(counter.show), ...timed.slice(0, MAX_LISTED)],
        },
        findings: [...lint(workspace, now), ...findUnreadFeeds(workspace, await transaction.feeds.list(), now)],
        basis: basisOf(workspace, now, now + LOOK_AHEAD, counter.available + counter.away),
      }
    },
  },
}
