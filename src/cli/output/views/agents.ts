import { type AgentListAnswer, type LiveAgent, statusNow } from '../../../api/contract/answers.js'
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

/** Half an id is none; but an email, say, would take the room of the name. */
const MAX_WHOLE_ID = 16

/** One row an agent, whatever the note: how many fit on a screen matters more. */
const COLUMNS = (style: Style, ids: readonly string[]): readonly Column[] => [
  ...STATUS_COLUMNS(style),
  { title: 'id', narrow: ids.every((id) => id.length <= MAX_WHOLE_ID) ? 'keep' : 'cut', dress: style.dim },
  { title: 'note', narrow: 'cut', dress: style.dim },
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
  const rows = agents.map((agent) => {
    const settled = settleAgent(agent, view.now)
    return [...statusRow(agent, settled, view), agent.id, shorten(noteOf(settled), MAX_LISTED), agent.email ?? '']
  })
  const ids = agents.map(({ id }) => id)
  return table(COLUMNS(style, ids), rows, style)
}

/** Whether an agent is there, who it is, and until when. */
function statusRow(
  { availability, resolved, openChats = 0 }: LiveAgent,
  { id, name, bot, disabled, status: policy, until, afterwards = [], planned = [] }: Settled,
  { timeZone, now, style }: AgentsView,
): readonly Text[] {
  const zone = Zone.of(shownZone(timeZone, style))
  const status = statusNow({ status: policy, resolved } as LiveAgent)
  const moment = (iso: string) => formatMoment(Date.parse(iso), zone, now)
  const kind = bot ? 'bot' : disabled ? 'disabled' : status
  const dress = kind === 'available' ? style.good : kind === 'away' ? style.warn : style.dim
  const end = (iso: string | undefined) => (iso === undefined ? [] : [`until ${moment(iso)}`])
  const word = (next: string) => (next === 'automatic' ? 'as on duty' : next)
  const details = [
    ...(policy === 'automatic' ? [status === 'available' ? 'on duty' : 'off duty'] : []),
    ...end(until),
    ...afterwards.map((next) => ['then', word(next.status), ...end(next.until)].join(' ')),
    ...planned.map((coming) => `${coming.status} from ${moment(coming.from)} to ${moment(coming.until)}`),
    ...(openChats > 0 ? [`${openChats} open ${openChats === 1 ? 'chat' : 'chats'}`] : []),
  ]
  return [dress(hasPlainWord(availability) ? kind : `${kind} (${availability})`), name ?? id, details.join(', ')]
}

type Settled = ReturnType<typeof settleAgent>

/** `lunch; then away: on leave`. */
function noteOf({ note, afterwards = [], planned = [] }: Settled): string {
  const later = [...afterwards, ...planned].flatMap((next) => (next.note ? [`then ${next.status}: ${next.note}`] : []))
  return [...(note ? [note] : []), ...later].join('; ')
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
  const settled = settleAgent(agent, view.now)
  const rows: readonly (readonly [string, Text])[] = [
    ['note', noteOf(settled)],
    ['role', role],
    ['id', id],
    ['email', email ?? ''],
    ['teams', teams.map((team) => team.name ?? team.id).join(', ')],
    ['time zone', timeZone ?? `${view.timeZone}, of the workspace`],
    ['open chats', `${openChats}${limit}${last}`],
  ]
  const untitled = STATUS_COLUMNS(style).map((column) => ({ ...column, title: '' }))
  return [
    ...table(untitled, [statusRow({ ...agent, openChats: 0 }, settled, view)], style),
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
  const zone = agents.some(({ until, planned }) => (until ?? planned) !== undefined)
    ? `; times in ${shownZone(timeZone, style)}`
    : ''
  return [
    ...renderAgents(agents, { timeZone, now, style }),
    style.dim(`  ${available} available, ${away} away in all${more}${zone}`),
  ]
}

/** R17: a word of the service's own is shown where the status does not say as much. */
function hasPlainWord(availability: string | undefined): boolean {
  return availability === undefined || availability === 'AVAILABLE' || availability === 'OFFLINE'
}
