import type { AgentListAnswer, LiveAgent } from '../../api/contract/answers.js'
import { formatMoment } from '../../domain/moment.js'
import { Zone } from '../../domain/schedule/zone.js'
import { endOf, settleAgent } from '../../domain/timed-states.js'
import { columns } from './columns.js'
import type { Style } from './style.js'

export interface AgentsView {
  readonly timeZone: string
  readonly now: number
  readonly style: Style
}

/** One row an agent: name, status and until when. */
export function renderAgents(agents: readonly LiveAgent[], { timeZone, now, style }: AgentsView): string {
  if (agents.length === 0) return '  no agents'
  const zone = Zone.of(timeZone)
  return columns(
    agents.map((agent) => {
      const settled = settleAgent(agent, now)
      const { id, name, email, note, bot, disabled, openChats = 0, status = 'available' } = settled
      const { availability } = agent
      const end = endOf(settled)
      const kind = bot ? 'bot' : disabled ? 'disabled' : status
      const dress = kind === 'available' ? style.good : kind === 'away' ? style.warn : style.dim
      const details = [
        ...(end !== Infinity ? [`until ${formatMoment(end, zone, now)}`] : []),
        ...(note ? [`(${note})`] : []),
        ...(settled.afterwards ?? []).map(
          (next) =>
            `then ${next.status}${next.until === undefined ? '' : ` until ${formatMoment(endOf(next), zone, now)}`}${next.note ? ` (${next.note})` : ''}`,
        ),
        ...(openChats > 0 ? [`${openChats} open ${openChats === 1 ? 'chat' : 'chats'}`] : []),
      ]
      return [
        dress(hasPlainWord(availability) ? kind : `${kind} (${availability})`),
        name === undefined ? id : `${name} (${id})`,
        style.dim(email ?? ''),
        style.dim(details.join(' ')),
      ]
    }),
  )
}

/** The lines of `agent list`. */
export function renderAgentList({ agents, available, away, next }: AgentListAnswer, view: AgentsView): string {
  const { style } = view
  const more = next === null ? '' : `; more with --after ${next}`
  return [renderAgents(agents, view), style.dim(`  ${available} available, ${away} away in all${more}`)].join('\n')
}

/** R17: a word of the service's own is shown where the status does not say as much. */
function hasPlainWord(availability: string | undefined): boolean {
  return availability === undefined || availability === 'AVAILABLE' || availability === 'OFFLINE'
}
