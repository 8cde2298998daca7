import type { PlaybookDocument } from '../../../domain/document/schema.js'
import { columns } from '../columns.js'
import { type Lines, MAX_LISTED, shorten } from '../line.js'
import type { Style } from '../style.js'
import { describeConditions, describeTarget } from './routing.js'

/** The lines of `playbook list`, in priority order. */
export function renderPlaybooks(playbooks: readonly PlaybookDocument[], style: Style): Lines {
  if (playbooks.length === 0) return 'no playbooks'
  return columns(
    playbooks.map(({ id, type, when, enabled, target, goal, message }) => [
      enabled ? style.good('on') : style.dim('off'),
      style.bold(id),
      `${type}, ${when}`,
      [...(target?.url ?? []), ...(target?.visitor ? [describeConditions(target.visitor)] : [])].join(' and '),
      message === undefined ? '' : `"${shorten(message, MAX_LISTED)}"`,
      goal ? `→ ${describeTarget(goal.route.to)}${goal.calendar ? ', calendar' : ''}` : '',
    ]),
  )
}
