import type { StatusAnswer } from '../../api/contract/answers.js'
import { weekOf } from '../../domain/hours-view.js'
import { lint } from '../../domain/lint.js'
import { weekdayIndex } from '../../domain/schedule/calendar-date.js'
import { simulate } from '../../domain/simulate.js'
import { settleAgent } from '../../domain/timed-states.js'
import { compileStored } from '../effect.js'
import type { HandlersOf } from '../handler.js'

const DAY = 86_400_000
/** Agents that one glance lists beside those with a timed status. */
const MOST_LISTED = 20

export const statusHandlers: HandlersOf<'getStatus'> = {
  getStatus: {
    kind: 'read',
    isSteady: true,
    async handle(_, transaction, { now }): Promise<StatusAnswer> {
      const workspace = await compileStored(transaction, now)
      const { document } = workspace
      const decision = simulate(document, { at: now })
      const counts = await transaction.countAgents(now)
      const first = await transaction.agents({ limit: MOST_LISTED }, now)
      const timed = document.agents
        .map((agent) => settleAgent(agent, now))
        .filter(({ until, id }) => until !== undefined && !first.some((agent) => agent.id === id))
      return {
        workspace: document.name,
        revision: await transaction.lastRevision(),
        at: decision.at,
        timeZone: decision.timeZone,
        policy: document.widget.mode,
        autoOffline: document.widget.autoOffline,
        widget: decision.widget,
        visitor: decision.visitor,
        reasons: decision.reasons.filter(({ code }) => code !== 'status.assumed'),
        today: dayOf(0),
        tomorrow: dayOf(1),
        agents: {
          available: counts.available,
          away: counts.away,
          listed: [...first.map((agent) => settleAgent(agent, now)), ...timed.slice(0, MOST_LISTED)],
        },
        findings: lint(workspace, now),
      }

      /** The day so many dates from today: a day of 23 or 25 hours is one date all the same. */
      function dayOf(daysAhead: number) {
        const { zone } = workspace.schedule
        const date = Math.floor(zone.toLocal(now) / DAY) + daysAhead
        return weekOf(workspace, zone.toInstant(date * DAY)).days[weekdayIndex(date)]!
      }
    },
  },
}
