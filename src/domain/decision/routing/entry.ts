import type { TargetDocument } from '../../document/schema.js'
import { DriftStatusError } from '../../errors.js'
import { didYouMean, nearest } from '../../nearest.js'
import { findAgent } from '../../questions/assume.js'
import type { Strategy } from '../../words.js'
import type { Workspace } from '../compile-workspace.js'
import { type Entry, goalOf } from '../decide.js'
import { compileTarget, isGroup, type Target } from './routing.js'

const KINDS = ['rules', 'agent', 'team', 'round-robin', 'account-owner', 'playbook']
const ENTRY_HINT = 'write rules, agent:ID, team:ID, round-robin:ID,ID, account-owner or playbook:ID'

/**
 * Where routing starts, as `--route` writes it.
 * @throws DriftStatusError (invalid-input) for an unknown kind, agent, team or playbook.
 */
export function parseEntry(text: string, workspace: Workspace): Entry {
  const separator = text.indexOf(':')
  const kind = separator === -1 ? text : text.slice(0, separator)
  const name = separator === -1 ? '' : text.slice(separator + 1)
  if (kind === 'playbook') return playbookEntry(name, workspace)
  const target = compileTarget(
    targetDocument(kind, name, text, workspace),
    'simulation',
    workspace.teams,
    workspace.roster,
  )
  return { via: text, target, dropsCalendar: true }
}

/** The workspace as if every group picked by one strategy. */
export function withStrategy(workspace: Workspace, strategy: Strategy): Workspace {
  return {
    ...workspace,
    waterfall: {
      ...workspace.waterfall,
      rules: workspace.waterfall.rules.map((rule) => ({ ...rule, target: pickingBy(rule.target, strategy) })),
    },
    playbooks: workspace.playbooks.map(({ goal, ...playbook }) => ({
      ...playbook,
      goal: goal && { ...goal, target: pickingBy(goal.target, strategy) },
    })),
  }
}

/** The same target; a group picks by this strategy. */
export function pickingBy(target: Target, strategy: Strategy): Target {
  return isGroup(target) ? { ...target, strategy } : target
}

function targetDocument(kind: string, name: string, text: string, { document }: Workspace): TargetDocument {
  const needsName = () => {
    if (name === '') throw invalidEntry(`"${text}" names nobody`)
    return name
  }
  switch (kind) {
    case 'rules':
    case 'account-owner':
      if (name !== '') throw invalidEntry(`"${kind}" takes no name`)
      return kind
    case 'agent':
      return { agent: findAgent(document, needsName()).id }
    case 'team': {
      const ids = document.teams.map(({ id }) => id)
      if (ids.includes(needsName())) return { team: name }
      throw unknownTeam(name, ids)
    }
    case 'round-robin':
      return {
        'round-robin': needsName()
          .split(',')
          .map((member) => findAgent(document, member.trim()).id),
      }
    default: {
      const meant = nearest(kind, KINDS)
      throw invalidEntry(`"${text}" is not a route`, meant ? `did you mean "${meant}"? ${ENTRY_HINT}` : ENTRY_HINT)
    }
  }
}

/** The error about a team that is none of these. */
export function unknownTeam(name: string, ids: readonly string[]): DriftStatusError {
  return invalidEntry(
    `"${name}" is not a team of this workspace`,
    didYouMean(name, ids) ?? `teams: ${ids.join(', ') || 'none'}`,
  )
}

function playbookEntry(id: string, { playbooks }: Workspace): Entry {
  const playbook = playbooks.find((candidate) => candidate.id === id)
  if (!playbook) {
    const ids = playbooks.map((candidate) => candidate.id)
    throw invalidEntry(
      `"${id}" is not a playbook of this workspace`,
      didYouMean(id, ids) ?? `playbooks: ${ids.join(', ') || 'none'}`,
    )
  }
  const goal = goalOf(playbook)
  if (!goal)
    throw invalidEntry(`playbook "${id}" has no goal that routes`, 'give it one: goal: { route: { to: rules } }')
  return goal
}

function invalidEntry(message: string, hint = ENTRY_HINT): DriftStatusError {
  return new DriftStatusError('invalid-input', message, { hint })
}
