import type { BasisAnswer } from '../../../domain/questions/basis.js'
import type { RoutingAnswer } from '../../../domain/questions/describe-routing.js'
import type { DecisionAnswer } from '../../../domain/questions/simulate.js'
import { basisLines } from '../basis-lines.js'
import { describeRoute } from '../condition-words.js'
import { line, type Text } from '../line.js'
import { formatInFull, formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { labelled, table } from '../table.js'
import { renderFinding } from './findings.js'

/** More candidates or turns than this are counted, not listed: a person reads the answer in seconds. */
const MAX_ROWS = 12

export interface DecisionView {
  readonly name: string
  /** The visitor's zone, where it was told. */
  readonly visitorZone?: string | undefined
  /** Who is assumed to stay as they are, where that was asked. */
  readonly assumed?: BasisAnswer['people'] | undefined
  readonly style: Style
}

/** The lines of `simulate`: the answer, what the visitor sees, the routing, then warnings. */
export function renderDecision(
  told: DecisionAnswer,
  { name, visitorZone, assumed, style }: DecisionView,
): readonly Text[] {
  const answer = { ...told, timeZone: shownZone(told.timeZone, style) }
  const sections = [
    renderAnswer(answer, name, style),
    renderVisitor(answer, visitorZone, style),
    renderRouting(answer, style),
    renderSequence(answer, style),
    renderNext(answer, style),
    basisLines(answer.basis, assumed, style),
    renderWarnings(answer, style),
  ]
  // A blank line between two.
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, index) => (index === 0 ? section : ['', ...section]))
}

function renderAnswer(
  { at, timeZone, widget, reasons, routing, agents }: DecisionAnswer,
  name: string,
  style: Style,
): readonly Text[] {
  const mode = widget.mode === 'online' ? style.good(style.bold('ONLINE')) : style.bad(style.bold('OFFLINE'))
  const assignee = agents.find(({ id }) => id === routing.assignee)
  const chat = assignee ? line`${style.bold(assignee.name)} gets the chat` : 'nobody gets the chat'
  const modeReasons = reasons.filter(({ rule }) => ['R5', 'R7', 'R8', 'R9', 'R40'].includes(rule))
  return [
    line`${mode}, ${chat}`,
    style.dim(`${name}, ${formatInFull(at, timeZone)} (${timeZone})`),
    ...modeReasons.map(({ text, rule }) => line`  ${text}${ruleMark(rule, style)}`),
  ]
}

function renderVisitor(
  { at, timeZone, widget, visitor, agents }: DecisionAnswer,
  visitorZone: string | undefined,
  style: Style,
): readonly Text[] {
  const rows: string[][] = []
  const { proactive, greeting, offlineNotice } = visitor
  if (!widget.visible) rows.push(['widget', 'hidden', 'R25'])
  if (proactive) rows.push(['message', `${quote(proactive.message)}, playbook ${proactive.playbook}`, 'R26'])
  const faces = greeting.faces.map((face) => agents.find(({ id }) => id === face)?.name ?? face)
  const shown = faces.length > 0 ? `, with ${faces.join(', ')}` : ''
  rows.push(['greeting', `${quote(greeting.message)}${shown}`, 'R27'])
  if (offlineNotice) {
    const { backAt } = offlineNotice
    const zone = visitorZone === undefined || visitorZone === timeZone ? '' : ` (${visitorZone})`
    const back = backAt && `back ${formatNear(backAt, at, visitorZone ?? timeZone)}${zone}`
    rows.push(['notice', back ?? 'no return is known', 'R28'])
  }
  return [
    style.bold('The visitor sees'),
    ...labelled(
      rows.map(([label, text, rule]) => [style.dim(label!), line`${text!}${ruleMark(rule!, style)}`]),
      style,
    ),
  ]
}

function renderRouting({ routing, agents, reasons }: DecisionAnswer, style: Style): readonly Text[] {
  const reason = reasons.find(({ code }) => code.startsWith('routing.'))
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => names.get(id) ?? id
  const lines: Text[] = [
    line`${style.bold('Routing')} ${style.dim(`by ${describeRoute(routing.via, nameOf)}${cursorText(routing, nameOf)}`)}`,
    ...(reason ? [line`  ${reason.text}${ruleMark(reason.rule, style)}`] : []),
  ]
  const rows = routing.candidates.slice(0, MAX_ROWS).map(({ agent, outcome, reason: why }) => {
    const dress = outcome === 'routed' ? style.good : outcome === 'next' ? style.accent : style.dim
    const calendar = agent === routing.calendar ? ', calendar offered' : ''
    return [dress(outcome), nameOf(agent), style.dim(`${why}${calendar}`)]
  })
  if (rows.length > 0)
    lines.push(...table([{ title: '' }, { title: '', narrow: 'cut' }, { title: '', narrow: 'wrap' }], rows, style))
  const more = routing.candidates.length - rows.length
  if (more > 0) lines.push(style.dim(`  and ${more} more: see --json`))
  const skipped = (routing.rules ?? []).filter(({ result }) => result === 'no-match' || result === 'nobody')
  if (skipped.length > 0) {
    const texts = skipped
      .slice(0, MAX_ROWS)
      .map(({ rule, result }) => `${rule} (${result === 'nobody' ? 'yields nobody' : 'no match'})`)
    lines.push(style.dim(`  before it: ${texts.join(', ')}${skipped.length > MAX_ROWS ? ', …' : ''}`))
  }
  return lines
}

function cursorText({ strategy, cursor, seed }: RoutingAnswer, nameOf: (id: string) => string): string {
  if (strategy === null) return ''
  if (strategy === 'random') return `; random, seed ${seed}`
  return strategy === 'in-order' ? `; in order, after ${cursor === null ? 'nobody' : nameOf(cursor)}` : `; ${strategy}`
}

function renderSequence({ sequence, agents }: DecisionAnswer, style: Style): readonly Text[] {
  if (!sequence) return []
  const names = new Map(agents.map(({ id, name }) => [id, name]))
  const rows = sequence
    .slice(0, MAX_ROWS)
    .map(({ assignee, calendar }, index) => [
      String(index + 1),
      assignee === null ? style.dim('nobody') : (names.get(assignee) ?? assignee),
      calendar === null ? '' : style.dim('calendar offered'),
    ])
  const more = sequence.length - rows.length
  const totals = [
    ...countBy(sequence.map(({ assignee }) => (assignee === null ? 'nobody' : (names.get(assignee) ?? assignee)))),
  ]
  return [
    style.bold(`${sequence.length} visitors in a row`),
    ...table([{ title: '' }, { title: '', narrow: 'cut' }, { title: '' }], rows, style),
    ...(more > 0 ? [style.dim(`  and ${more} more: see --json`)] : []),
    style.dim(`  in all: ${totals.map(([who, count]) => `${who} ${count}`).join(', ')}`),
  ]
}

function renderNext({ next, hidden = [], at, timeZone }: DecisionAnswer, style: Style): readonly Text[] {
  if (!next) return []
  const seen = next.map((change) => ({
    at: change.at,
    widget: change.mode === 'online' ? style.good('online') : style.bad('offline'),
  }))
  const unseen = hidden.map((change) => ({ at: change.at, widget: style.warn(`${change.mode}, but hidden`) }))
  const rows = [...seen, ...unseen]
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((change) => [formatNear(change.at, at, timeZone), change.widget, style.dim(change.at)])
  return [
    style.bold('Next changes'),
    ...(rows.length > 0
      ? table([{ title: 'when' }, { title: 'widget' }, { title: 'instant', narrow: 'drop' }], rows, style)
      : ['  none']),
  ]
}

function renderWarnings({ warnings }: DecisionAnswer, style: Style): readonly Text[] {
  return warnings.flatMap((warning) => renderFinding(warning, style))
}

/** The rule behind a sentence, for who wants it; `help RULE` says it in words. */
function ruleMark(rule: string, style: Style): Text {
  return style.isVerbose ? line` ${style.dim(rule)}` : ''
}

function quote(text: string | null): string {
  return text === null ? 'no text' : `"${text}"`
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
