import type { AssignmentAnswer, RouteAnswer } from '../../../api/contract/answers.js'
import { namesIn } from '../change-lines.js'
import { describeRoute } from '../condition-words.js'
import { type Lines, line, type Text } from '../line.js'
import { formatAsTold } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

/** The lines of `route chat`. */
export function renderRoute(
  answer: RouteAnswer,
  style: Style,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): readonly Text[] {
  const { workspace, assignment, assignee, calendar, routing } = answer
  const names = namesIn(answer, style)
  const who =
    assignee === null ? style.warn('Nobody gets the chat') : line`${style.good(names.agent(assignee))} gets the chat`
  const offered = calendar === null ? '' : ', calendar offered'
  const recorded = assignment === null ? workspace : `${workspace}, assignment ${assignment}`
  const place = dryRun ? `${workspace}, dry run: nothing was recorded` : recorded
  const columns: readonly Column[] = [
    { title: '' },
    { title: '', narrow: 'cut' },
    { title: '', narrow: 'wrap', dress: style.dim },
  ]
  const rows = routing.candidates.map(({ agent, outcome, reason }) => [outcome, names.agent(agent), reason])
  return [
    line`${who}${offered} ${style.dim(`(${place}; by ${routing.rule ?? describeRoute(routing.via, names.agent)})`)}`,
    ...table(columns, rows, style),
  ]
}

/** The lines of `route list`. */
export function renderAssignments(assignments: readonly AssignmentAnswer[], style: Style): Lines {
  if (assignments.length === 0) return 'no open chats'
  const columns: readonly Column[] = [
    { title: 'chat', dress: style.accent },
    { title: 'since', dress: style.dim },
    { title: 'agent', narrow: 'cut' },
    { title: 'rule', narrow: 'cut', dress: style.dim },
  ]
  const rows = assignments.map(({ id, at, agent, name, rule }) => [
    id,
    formatAsTold(at, style),
    name ?? agent,
    rule ?? '',
  ])
  return table(columns, rows, style)
}
