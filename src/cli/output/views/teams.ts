import { type LiveAgent, statusNow, type Versioned } from '../../../api/contract/answers.js'
import type { WorkspaceDocument } from '../../../domain/document/schema.js'
import { namesIn } from '../change-lines.js'
import { type Lines, line, type Text } from '../line.js'
import type { Style } from '../style.js'
import { table } from '../table.js'
import { type AgentsView, renderAgents } from './agents.js'

/** The lines of `team list`: each team with its members by name. */
export function renderTeams(answer: Versioned<WorkspaceDocument['teams']>, style: Style): Lines {
  if (answer.value.length === 0) return 'no teams'
  const names = namesIn(answer, style)
  const rows = answer.value.map(({ id, name, members }) => [
    id,
    name ?? '',
    members.length === 0 ? style.warn('no members') : members.map((member) => names.agent(member)).join(', '),
  ])
  return table(
    [
      { title: 'team', dress: style.bold },
      { title: 'name', narrow: 'cut' },
      { title: 'members', narrow: 'wrap' },
    ],
    rows,
    style,
  )
}

/** The lines of `team show`: each member with the status. */
export function renderTeam(
  { id, name }: WorkspaceDocument['teams'][number],
  members: readonly LiveAgent[],
  view: AgentsView,
): readonly Text[] {
  const { style } = view
  const available = members.filter(
    (member) => statusNow(member) === 'available' && !member.bot && !member.disabled,
  ).length
  const count = `${members.length} ${members.length === 1 ? 'member' : 'members'}, ${available} available`
  return [
    line`${style.bold(name ?? id)} ${style.dim(`(team ${id}; ${count})`)}`,
    ...(members.length === 0 ? [style.warn('  no members')] : renderAgents(members, view)),
  ]
}
