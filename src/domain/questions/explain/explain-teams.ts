import type { Workspace } from '../../decision/compile-workspace.js'
import type { Decision } from '../../decision/decide.js'
import { isGroup } from '../../decision/routing/routing.js'
import { isGated, nextTeamChange, type Team, type TeamSource, teamModeAt, teamSource } from '../../decision/team.js'
import { formatInstant } from '../../time/instant.js'
import { formatMoment } from '../../time/moment.js'
import type { Instant, Zone } from '../../time/zone.js'
import type { Mode } from '../../words.js'
import type { Reason } from './reason.js'

/** A team at an instant (R37). */
export interface TeamAnswer {
  readonly id: string
  readonly name: string
  readonly mode: Mode
  readonly source: TeamSource
  readonly nextChange: { readonly at: string; readonly mode: Mode } | null
}

/** Every team at an instant, in the order of the document. */
export function teamsAt({ teams, zone }: Workspace, at: Instant): readonly TeamAnswer[] {
  return [...teams.values()].map((team) => {
    const change = nextTeamChange(team, at)
    return {
      id: team.id,
      name: team.name,
      mode: teamModeAt(team, at),
      source: teamSource(team, at),
      nextChange: change ? { at: formatInstant(change.at, zone), mode: change.mode } : null,
    }
  })
}

/** R37, R38: why each team is online or offline that is not always online; and a goal that falls to the rules. */
export function explainTeams({ teams, zone }: Workspace, { at, via, start, proactive }: Decision): Reason[] {
  const reasons = [...teams.values()].filter(isGated).map((team) => explainTeam(team, at, zone))
  const goal = proactive && via === `playbook:${proactive.id}` ? proactive.goal?.target : undefined
  if (start.kind !== 'rules' || !goal || !isGroup(goal)) return reasons
  const text = `Playbook "${proactive!.id}" routes to team ${goal.team?.name}, which is offline: the rules decide.`
  return [...reasons, { rule: 'R38', code: 'team.goal-offline', text }]
}

function explainTeam(team: Team, at: Instant, zone: Zone): Reason {
  const mode = teamModeAt(team, at)
  const source = teamSource(team, at)
  const change = nextTeamChange(team, at)
  const until = change ? ` until ${formatMoment(change.at, zone, at)}` : ''
  return { rule: 'R37', code: `team.${mode}`, text: `Team ${team.name} is ${mode}${until}: ${WHY[source](mode)}.` }
}

const WHY: Readonly<Record<TeamSource, (mode: Mode) => string>> = {
  'always-online': () => 'it always is while somebody is available',
  'always-offline': () => 'it always is',
  hours: (mode) => (mode === 'online' ? 'its own hours are open' : 'its own hours are closed'),
  'auto-offline': () => 'none of its members is available',
}
