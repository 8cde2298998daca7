import type { AgentListAnswer, LiveAgent } from '../../../api/contract/answers.js'
import { settleAgent } from '../../../domain/decision/timed-states.js'
import { formatMoment } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { MAX_LISTED, shorten, type Text } from '../line.js'
import { shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, labelled, table } from '../table.js'

const STATUS_COLUMNS = (style: Style): readonly Column[] => [
  { title: 'status' },
  { title: 'agent', narrow: 'cut' },
  { title: '', narrow: 'wrap', dress: style.dim },
]

const COLUMNS = (style: Style): readonly Column[] => [
  ...STATUS_COLUMNS(style),
  { title: 'id', narrow: 'cut', dress: style.dim },
  { title: 'email', narrow: 'drop', dress: style.dim },
]

export interface AgentsView {
  readonly timeZone: string
  readonly now: number
  readonly style: Style
}

/** One row an agent: name, status and until when. */
export function renderAgents(agents: readonly LiveAgent[], view: AgentsView): readonly Text[] {
  if (agents.length === 0) return ['  no agents']
  const { style } = view
  const rows = statusRows(agents, view).map((row, index) => [...row, agents[index]!.id, agents[index]!.email ?? ''])
  return table(COLUMNS(style), rows, style)
}

/** Whether each agent is there, who it is, and until when. */
function statusRows(agents: readonly LiveAgent[], { timeZone, now, style }: AgentsView): readonly (readonly Text[])[] {
  const zone = Zone.of(shownZone(timeZone, style))
  return agents.map((agent) => {
    const settled = settleAgent(agent, now)
    const { id, name, bot, disabled, openChats = 0, status = 'available', afterwards = [] } = settled
    const { availability } = agent
    const kind = bot ? 'bot' : disabled ? 'disabled' : status
    const dress = kind === 'available' ? style.good : kind === 'away' ? style.warn : style.dim
    const span = ({ until, note }: { until?: string | undefined; note?: string | undefined }) => [
      ...(until === undefined ? [] : [`until ${formatMoment(Date.parse(until), zone, now)}`]),
      ...(note ? [`(${shorten(note, MAX_LISTED)})`] : []),
    ]
    const details = [
      span(settled).join(' '),
      ...afterwards.map((next) => ['then', next.status, ...span(next)].join(' ')),
      ...(openChats > 0 ? [`${openChats} open ${openChats === 1 ? 'chat' : 'chats'}`] : []),
    ]
    return [
      dress(hasPlainWord(availability) ? kind : `${kind} (${availability})`),
      name ?? id,
      details.filter((detail) => detail !== '').join(', '),
    ]
  })
}

/** The lines of `agent show`: everything that is known of one agent. */
export function renderAgent(
  agent: LiveAgent,
  teams: readonly { readonly id: string; readonly name?: string | undefined }[],
  view: AgentsView,
): readonly Text[] {
  const { style } = view
  const { id, email, role, timeZone, chatLimit, openChats = 0, lastRoutedAt } = agent
  const zone = Zone.of(shownZone(view.timeZone, style))
  const limit = chatLimit === undefined ? '' : ` of ${chatLimit}`
  const last =
    lastRoutedAt === undefined ? '' : `, the last given ${formatMoment(Date.parse(lastRoutedAt), zone, view.now)}`
  const rows: readonly (readonly [string, Text])[] = [
    ['role', role],
    ['id', id],
    ['email', email ?? ''],
    ['teams', teams.map((team) => team.name ?? team.id).join(', ')],
    ['time zone', timeZone ?? `${view.timeZone}, of the workspace`],
    ['open chats', `${openChats}${limit}${last}`],
  ]
  const untitled = STATUS_COLUMNS(style).map((column) => ({ ...column, title: '' }))
  return [
    ...table(untitled, statusRows([{ ...agent, openChats: 0 }], view), style),
    ...labelled(
      rows.filter(([, text]) => text !== '').map(([label, text]) => [style.dim(label), text]),
      style,
    ),
  ]
}

/** The lines of `agent list`. */
export function renderAgentList(
  { timeZone, agents, available, away, next }: AgentListAnswer,
  { now, style }: Omit<AgentsView, 'timeZone'>,
): readonly Text[] {
  const more = next === null ? '' : `; more with --after ${next}`
  const zone = agents.some(({ until }) => until !== undefined) ? `; times in ${shownZone(timeZone, style)}` : ''
  return [
    ...renderAgents(agents, { timeZone, now, style }),
    style.dim(`  ${available} available, ${away} away in all${more}${zone}`),
  ]
}

/** R17: a word of the service's own is shown where the status does not say as much. */
function hasPlainWord(availability: string | undefined): boolean {
  return availability === undefined || availability === 'AVAILABLE' || availability === 'OFFLINE'
}
