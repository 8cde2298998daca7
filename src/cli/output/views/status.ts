import type { AgentsStatusAnswer, StatusAnswer } from '../../../api/contract/answers.js'
import type { WorkspaceDocument } from '../../../domain/document/schema.js'
import type { BasisAnswer } from '../../../domain/questions/basis.js'
import type { DayAnswer } from '../../../domain/questions/hours-view.js'
import type { DecisionAnswer } from '../../../domain/questions/simulate.js'
import { basisLines } from '../basis-lines.js'
import { line, type Text } from '../line.js'
import { formatNear, shownZone } from '../local-time.js'
import { modeLine } from '../mode-line.js'
import type { Style } from '../style.js'
import { labelled } from '../table.js'
import { renderAgents } from './agents.js'
import { renderFinding } from './findings.js'

export interface StatusView {
  readonly now: number
  /** Who is assumed to stay as they are, where that was asked. */
  readonly assumed?: BasisAnswer['people'] | undefined
  readonly style: Style
}

/** One screen: mode and why, until when, hours, agents, what a visitor sees, findings. */
export function renderStatus(
  answer: StatusAnswer | AgentsStatusAnswer,
  { now, assumed, style }: StatusView,
): readonly Text[] {
  if (!('widget' in answer)) return renderAgentsStatus(answer, { now, style })
  const { workspace, at, widget, visitor, reasons, today, tomorrow, agents, findings } = answer
  const timeZone = shownZone(answer.timeZone, style)
  const message = visitor.proactive?.message ?? visitor.greeting.message
  const notice = visitor.offlineNotice?.backAt
  return [
    modeLine(widget, { at, timeZone, agents }, style),
    style.dim(`${workspace}, ${formatNear(at, at, timeZone)} (${timeZone}), revision ${answer.revision}`),
    ...modeReasons(reasons).map((text) => `  ${text}`),
    '',
    ...labelled(
      [
        [style.bold('Today'), hoursText(today)],
        [style.bold('Tomorrow'), hoursText(tomorrow)],
        [
          style.bold('Visitor'),
          widget.visible
            ? `"${message}"${notice ? `, back ${formatNear(notice, at, timeZone)}` : ''}`
            : 'sees no widget',
        ],
        [
          style.bold('Agents'),
          line`${style.good(`${agents.available} available`)}, ${agents.away} away; auto-offline ${answer.autoOffline ? 'on' : 'off'}`,
        ],
        ...teamLines(answer.teams, at, timeZone).map((text): [Text, Text] => [style.bold('Team'), text]),
        ...plannedModes(answer.planned, at, timeZone).map((text): [Text, Text] => [style.bold('Planned'), text]),
      ],
      style,
    ),
    ...basisLines(answer.basis, assumed, style),
    // Errors before the agents, of whom there may be many.
    ...renderFindings(findings, 'error', style),
    '',
    ...renderAgents(agents.listed, { timeZone, now, style }),
    ...renderFindings(findings, 'warning', style),
  ]
}

function renderFindings(
  findings: StatusAnswer['findings'],
  severity: StatusAnswer['findings'][number]['severity'],
  style: Style,
): readonly Text[] {
  const told = findings.filter((finding) => finding.severity === severity)
  return told.length > 0 ? ['', ...told.flatMap((finding) => renderFinding(finding, style))] : []
}

/** What a service that knows agents only can show at a glance. */
function renderAgentsStatus(
  { workspace, at, agents, ...answer }: AgentsStatusAnswer,
  { now, style }: StatusView,
): readonly Text[] {
  const timeZone = shownZone(answer.timeZone, style)
  const { available, away, listed } = agents
  return [
    line`${style.bold('Agents')}  ${style.good(`${available} available`)}, ${away} away`,
    style.dim(`${workspace}, ${formatNear(at, at, timeZone)} (${timeZone}); mode, hours and routing are not told here`),
    '',
    ...renderAgents(listed, { timeZone, now, style }),
  ]
}

export interface WidgetView {
  readonly value: WorkspaceDocument['widget']
  readonly widget: DecisionAnswer['widget']
  readonly reasons: DecisionAnswer['reasons']
  readonly at: string
  readonly timeZone: string
}

/** The lines of `widget show`. */
export function renderWidget({ value, widget, reasons, at, ...view }: WidgetView, style: Style): readonly Text[] {
  const timeZone = shownZone(view.timeZone, style)
  return [
    modeLine(widget, { at, timeZone }, style),
    ...modeReasons(reasons).map((text) => `  ${text}`),
    ...labelled(
      [
        [style.dim('policy'), value.mode],
        [style.dim('display'), value.display],
        [style.dim('auto-offline'), value.autoOffline ? 'on' : 'off'],
        ...plannedModes(value.planned, at, timeZone).map((text): [Text, Text] => [style.dim('planned'), text]),
      ],
      style,
    ),
  ]
}

/** R34: `offline from Thu 24 Dec 14:00 to Sun 27 Dec 00:00`. */
function plannedModes(planned: StatusAnswer['planned'] = [], at: string, timeZone: string): readonly string[] {
  const moment = (iso: string) => formatNear(iso, at, timeZone)
  return planned.map(({ mode, from, until }) => `${mode} from ${moment(from)} to ${moment(until)}`)
}

/** Teams that a glance shows. */
const MAX_TEAMS = 5

/** R37: the teams that are offline at times: `Sales: offline until Mon 09:00`. */
function teamLines(teams: StatusAnswer['teams'] = [], at: string, timeZone: string): readonly string[] {
  const gated = teams.filter(({ source, nextChange }) => source !== 'always-online' || nextChange !== null)
  const more = gated.length - MAX_TEAMS
  return [
    ...gated.slice(0, MAX_TEAMS).map(({ name, mode, source, nextChange }) => {
      const until = nextChange ? ` until ${formatNear(nextChange.at, at, timeZone)}` : ''
      return `${name}: ${mode}${until}${source === 'auto-offline' ? ', none of its members is available' : ''}`
    }),
    ...(more > 0 ? [`and ${more} more with hours of their own: drift-status team list`] : []),
  ]
}

/** The reasons of the mode: hours, exceptions, override, hand, auto-offline. */
function modeReasons(reasons: DecisionAnswer['reasons']): string[] {
  return reasons.filter(({ rule }) => ['R5', 'R7', 'R8', 'R9', 'R40'].includes(rule)).map(({ text }) => text)
}

function hoursText({ hours, tailUntil, exception }: DayAnswer): string {
  const parts = [
    ...(tailUntil === null ? [] : [`(until ${tailUntil})`]),
    hours.length > 0 ? hours.join('  ') : 'closed',
    ...(exception === null ? [] : [exception]),
  ]
  return parts.join('  ')
}
