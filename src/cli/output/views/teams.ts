import { type LiveAgent, statusNow, type Versioned } from '../../../api/contract/answers.js'
import type { WorkspaceDocument } from '../../../domain/document/schema.js'
import type { TeamAnswer } from '../../../domain/questions/explain/explain-teams.js'
import { formatMoment } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import type { TeamAvailability } from '../../../domain/words.js'
import { namesIn } from '../change-lines.js'
import { type Lines, line, type Text } from '../line.js'
import { shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { table } from '../table.js'
import { type AgentsView, renderAgents } from './agents.js'

type TeamDocument = WorkspaceDocument['teams'][number]

const AVAILABILITY: Readonly<Record<TeamAvailability, string>> = {
  'always-online': '',
  'always-offline': 'never',
  'custom-hours': 'by its hours',
}

/** When a team takes chats (R37): `by its hours, while a member is available`; nothing for one that always does. */
function availabilityWords({ availability = 'always-online', autoOffline }: TeamDocument): string {
  return [
    AVAILABILITY[availability],
    autoOffline && availability !== 'always-offline' ? 'while a member is available' : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** The lines of `team list`: each team with its members by name. */
export function renderTeams(answer: Versioned<WorkspaceDocument['teams']>, style: Style): Lines {
  if (answer.value.length === 0) return 'no teams'
  const names = namesIn(answer, style)
  const rows = answer.value.map((team) => [
    team.id,
    team.name ?? '',
    availabilityWords(team),
    team.members.length === 0 ? style.warn('no members') : team.members.map((member) => names.agent(member)).join(', '),
  ])
  return table(
    [
      { title: 'team', dress: style.bold },
      { title: 'name', narrow: 'cut' },
      { title: 'takes chats', narrow: 'wrap' },
      { title: 'members', narrow: 'wrap' },
    ],
    rows,
    style,
  )
}

/** Whether a team takes chats at this moment, and until when. */
type CurrentTeam = Pick<TeamAnswer, 'mode' | 'source' | 'nextChange'>

/** The lines of `team show`: whether it takes chats, and each member with the status. */
export function renderTeam(
  team: TeamDocument & { readonly current?: CurrentTeam | undefined },
  members: readonly LiveAgent[],
  view: AgentsView,
): readonly Text[] {
  const { id, name } = team
  const { style } = view
  const available = members.filter(
    (member) => statusNow(member) === 'available' && !member.bot && !member.disabled,
  ).length
  const count = `${members.length} ${members.length === 1 ? 'member' : 'members'}, ${available} available`
  const words = availabilityWords(team)
  return [
    line`${style.bold(name ?? id)} ${style.dim(`(team ${id}; ${count})`)}`,
    ...(words === '' ? [] : [line`  ${currentWords(team.current, view)}${style.dim(`takes chats: ${words}`)}`]),
    ...(members.length === 0 ? [style.warn('  no members')] : renderAgents(members, view)),
  ]
}

/** `online until Fri 17:00; `; nothing of a Drift account, which does not say. */
function currentWords(current: CurrentTeam | undefined, { timeZone, now, style }: AgentsView): Text {
  if (!current) return ''
  const { mode, nextChange } = current
  const zone = Zone.of(shownZone(timeZone, style))
  const until = nextChange ? ` until ${formatMoment(Date.parse(nextChange.at), zone, now)}` : ''
  return line`${mode === 'online' ? style.good(mode) : style.bad(mode)}${until}; `
}
