import { AGENT_STATUSES, MODES, STRATEGIES } from '../words.js'

/** What a single value is: whose id it is, or which values it may have. */
export interface ValueShape {
  readonly kind: 'text' | 'number' | 'boolean' | 'time'
  readonly choices?: readonly string[]
  readonly names?: Named
}
/** What a text may be the name of. */
export type Named = 'agent' | 'rule' | 'playbook' | 'team'

export interface MappingShape {
  readonly kind: 'mapping'
  readonly keys: Readonly<Record<string, Shape>>
}

export interface ListShape {
  readonly kind: 'list'
  readonly of: Shape
}

export type Shape = ValueShape | MappingShape | ListShape

/** A part that is made on its own. */
export interface Part {
  readonly kind: 'part'
  /** E.g. `widget.mode`. */
  readonly name: string
  readonly shape: Shape
}

/** Parts that the answer holds under one key. */
export interface PartGroup {
  readonly kind: 'group'
  readonly parts: Readonly<Record<string, Part | PartGroup>>
}

const text: Shape = { kind: 'text' }
const number: Shape = { kind: 'number' }
const time: Shape = { kind: 'time' }
const oneOf = (...choices: readonly string[]): Shape => ({ kind: 'text', choices })
const idOf = (names: Named): Shape => ({ kind: 'text', names })
const mapping = (keys: MappingShape['keys']): Shape => ({ kind: 'mapping', keys })
const listOf = (of: Shape): Shape => ({ kind: 'list', of })

const mode = oneOf(...MODES)
const promiseSource = ['hours', 'manual', 'override'] as const
const modeChange = mapping({ at: time, mode })

/** What each part of the answer of a simulation is, but for its instant, which a scenario gives. */
const SHAPES = {
  timeZone: text,
  'widget.mode': mode,
  'widget.source': oneOf(...promiseSource, 'auto-offline'),
  'widget.visible': { kind: 'boolean' },
  'widget.nextChange': modeChange,
  'widget.promised': mode,
  'widget.nextHidden': mapping({ at: time, mode, source: oneOf(...promiseSource) }),
  'visitor.proactive': mapping({ playbook: idOf('playbook'), message: text }),
  'visitor.greeting.variant': mode,
  'visitor.greeting.message': text,
  'visitor.greeting.faces': listOf(idOf('agent')),
  'visitor.offlineNotice': mapping({ backAt: time }),
  'routing.via': text,
  'routing.rule': idOf('rule'),
  'routing.target': oneOf('agent', 'account-owner', 'team', 'round-robin'),
  'routing.assignee': idOf('agent'),
  'routing.calendar': idOf('agent'),
  'routing.cursor': text,
  'routing.candidates': listOf(
    mapping({
      agent: idOf('agent'),
      outcome: oneOf('routed', 'next', 'away', 'at-limit', 'disabled', 'not-a-member', 'team-offline'),
      reason: text,
    }),
  ),
  'routing.strategy': oneOf(...STRATEGIES),
  'routing.seed': number,
  'routing.rules': listOf(
    mapping({ rule: idOf('rule'), result: oneOf('no-match', 'nobody', 'empty', 'routed', 'not-reached') }),
  ),
  agents: listOf(mapping({ id: idOf('agent'), name: text, status: oneOf(...AGENT_STATUSES) })),
  teams: listOf(
    mapping({
      id: idOf('team'),
      name: text,
      mode,
      source: oneOf('always-online', 'always-offline', 'hours', 'auto-offline'),
      nextChange: modeChange,
    }),
  ),
  reasons: listOf(mapping({ rule: text, code: text, text })),
  warnings: listOf(mapping({ code: text, severity: oneOf('error', 'warning'), text, path: text })),
  basis: mapping({ onDuty: number, assumed: number }),
} satisfies Readonly<Record<string, Shape>>

export type PartName = keyof typeof SHAPES

/** The parts of a decision, as the answer of a simulation holds them. */
export const DECISION_SHAPE: PartGroup = grouped(Object.entries(SHAPES).map(([name, shape]) => [name, name, shape]))

/** @param shapes each with what is left of its name */
function grouped(shapes: readonly (readonly [rest: string, name: string, shape: Shape])[]): PartGroup {
  const parts: Record<string, Part | PartGroup> = {}
  for (const [rest, name, shape] of shapes) {
    const [key, ...deeper] = rest.split('.') as [string, ...string[]]
    if (Object.hasOwn(parts, key)) continue
    parts[key] =
      deeper.length === 0
        ? { kind: 'part', name, shape }
        : grouped(
            shapes
              .filter(([other]) => other.startsWith(`${key}.`))
              .map(([other, ...same]) => [other.slice(key.length + 1), ...same]),
          )
  }
  return { kind: 'group', parts }
}
