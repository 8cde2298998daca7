import type { AssignmentAnswer, RouteAnswer } from '../../../api/contract/answers.js'
import { columns } from '../columns.js'
import { type Lines, line, type Text } from '../line.js'
import { formatWithOffset } from '../local-time.js'
import type { Style } from '../style.js'

/** The lines of `route chat`. */
export function renderRoute(
  { workspace, assignment, assignee, calendar, routing }: RouteAnswer,
  style: Style,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): readonly Text[] {
  const rows = routing.candidates.map(({ agent, outcome, reason }) => [outcome, agent, style.dim(reason)])
  const who = assignee === null ? style.warn('Nobody gets the chat') : line`${style.good(assignee)} gets the chat`
  const offered = calendar === null ? '' : ', calendar offered'
  const recorded = assignment === null ? workspace : `${workspace}, assignment ${assignment}`
  const place = dryRun ? `${workspace}, dry run: nothing was recorded` : recorded
  return [
    line`${who}${offered} ${style.dim(`(${place}; by ${routing.rule ?? routing.via})`)}`,
    ...(rows.length > 0 ? columns(rows) : []),
  ]
}

/** The lines of `route list`. */
export function renderAssignments(assignments: readonly AssignmentAnswer[], style: Style): Lines {
  if (assignments.length === 0) return 'no open chats'
  return columns(
    assignments.map(({ id, at, agent, rule }) => [
      style.accent(String(id)),
      agent,
      style.dim(formatWithOffset(at)),
      style.dim(rule ?? ''),
    ]),
  )
}
