import type { Versioned } from '../../../api/contract/answers.js'
import type { PlaybookDocument } from '../../../domain/document/schema.js'
import { namesIn } from '../change-lines.js'
import { describeConditions, describeTarget } from '../condition-words.js'
import { type Lines, MAX_LISTED, shorten } from '../line.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

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
    [...(target?.url ?? []), ...(target?.visitor ? [describeConditions(target.visitor)] : [])].join(' and '),
    message === undefined ? '' : `"${shorten(message, MAX_LISTED)}"`,
    goal ? `→ ${describeTarget(goal.route.to, agent)}${goal.calendar ? ', calendar' : ''}` : '',
  ])
  return table(columns, rows, style)
}
