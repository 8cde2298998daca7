import type { PublicWidgetAnswer } from '../../api/contract/public-widget.js'
import type { Workspace } from '../../domain/decision/compile-workspace.js'
import type { Visitor } from '../../domain/decision/conditions/facts.js'
import { decide } from '../../domain/decision/decide.js'
import { teamModeAt } from '../../domain/decision/team.js'
import { formatInstant } from '../../domain/time/instant.js'
import type { Instant, Zone } from '../../domain/time/zone.js'

/**
 * What a page shows a visitor at an instant (R25-R29).
 *
 * @param zone of the time at which you are back; default: the workspace's
 */
export function publicWidget(
  workspace: Workspace,
  now: Instant,
  visitor: Visitor,
  zone: Zone = workspace.zone,
): PublicWidgetAnswer {
  const { mode, isVisible, proactive, greeting, faces, offlineNotice } = decide(workspace, now, visitor)
  const { name, agents } = workspace.document
  const backAt = offlineNotice?.backAt
  return {
    name,
    mode,
    visible: isVisible,
    message: proactive?.message ?? null,
    greeting: {
      message: greeting,
      // The compiled agent's name falls back to the email, which is for nobody's eyes.
      faces: faces.map(({ id }) => {
        const agent = agents.find((candidate) => candidate.id === id)
        return { name: agent?.name ?? null, avatar: agent?.avatar ?? null }
      }),
    },
    teamAvailability: Object.fromEntries(
      [...workspace.teams.values()].map((team) => [team.id, teamModeAt(team, now) === 'online']),
    ),
    offlineNotice: offlineNotice ? { backAt: backAt === undefined ? null : formatInstant(backAt, zone) } : null,
  }
}

/**
 * How long a copy of the answer may be kept, in whole seconds: exactly to the next change, so that
 * no copy outlives it, and no longer than `longest`, after which a change by hand shows.
 */
export function maxAgeSeconds(until: Instant, now: Instant, longest: number): number {
  return Math.max(0, Math.min(longest, Math.floor((until - now) / 1000)))
}
