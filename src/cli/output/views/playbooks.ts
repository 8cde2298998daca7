import type { Versioned } from '../../../api/contract/answers.js'
import type { PlaybookDocument } from '../../../domain/document/schema.js'
import { namesIn } from '../change-lines.js'
import type { Names } from '../change-words/topic.js'
import { describeConditions, describeTarget } from '../condition-words.js'
import { type Lines, line, MAX_LISTED, shorten, type Text } from '../line.js'
import type { Style } from '../style.js'
import { type Column, labelled, table } from '../table.js'

/** The lines of `playbook list`, in priority order. */
export function renderPlaybooks(answer: Versioned<readonly PlaybookDocument[]>, style: Style): Lines {
  const playbooks = answer.value
  if (playbooks.length === 0) return 'no playbooks'
  const { agent } = namesIn(answer, style)
  const columns: readonly Column[] = [
    { title: '' },
    { title: 'playbook', dress: style.bold },
    { title: 'when', narrow: 'wrap' },
    { title: 'for', narrow: 'wrap' },
    { title: 'text', narrow: 'cut' },
    { title: 'to', narrow: 'wrap' },
  ]
  const rows = playbooks.map(({ id, type, when, enabled, target, goal, message }) => [
    enabled ? style.good('on') : style.dim('off'),
    id,
    `${type}, ${when}`,
    [pagesOf(target), target?.visitor ? describeConditions(target.visitor) : ''].filter(Boolean).join(' and '),
    message === undefined ? '' : `"${shorten(message, MAX_LISTED)}"`,
    goalWords(goal, agent),
  ])
  return table(columns, rows, style)
}

/** The lines of `playbook show`: everything that is known of one playbook. */
export function renderPlaybook(
  playbook: PlaybookDocument,
  answer: Versioned<readonly PlaybookDocument[]>,
  style: Style,
): readonly Text[] {
  const { agent } = namesIn(answer, style)
  const { id, name, type, when, enabled, target, goal, message } = playbook
  const rows: readonly (readonly [string, Text])[] = [
    ['name', name ?? ''],
    ['type', type],
    ['when', when],
    ['pages', pagesOf(target)],
    ['visitors', target?.visitor ? describeConditions(target.visitor) : ''],
    ['text', message === undefined ? '' : `"${message}"`],
    ['to', goalWords(goal, agent)],
  ]
  return [
    line`${style.bold(id)} ${enabled ? style.good('on') : style.dim('off')}`,
    ...labelled(
      rows.filter(([, text]) => text !== '').map(([label, text]) => [style.dim(label), text]),
      style,
    ),
  ]
}

/** A page is enough. */
const pagesOf = (target: PlaybookDocument['target']) => (target?.url ?? []).join(' or ')

function goalWords(goal: PlaybookDocument['goal'], nameOf: Names['agent']): string {
  return goal ? `→ ${describeTarget(goal.route.to, nameOf)}${goal.calendar ? ', calendar' : ''}` : ''
}
