import { type SimulateRequest, simulate } from '../../../../src/domain/questions/simulate.js'
import { documentOf, OPEN } from '../../workspace-builder.js'

export interface Routing {
  readonly rule: string | null
  readonly assignee: string | null
  readonly calendar: string | null
  /** `1 routed`, `2 away`. */
  readonly candidates: readonly string[]
}

/** Who gets a chat in a small workspace, in short. */
export function routingOf(parts: object, request: Partial<SimulateRequest> = {}): Routing {
  const { rule, assignee, calendar, candidates } = simulate(documentOf(parts), { at: OPEN, ...request }).routing
  return { rule, assignee, calendar, candidates: candidates.map(({ agent, outcome }) => `${agent} ${outcome}`) }
}

/** Who gets each of a number of visitors in a row. */
export function turnsOf(parts: object, count: number, request: Partial<SimulateRequest> = {}): (string | null)[] {
  const { sequence } = simulate(documentOf(parts), { at: OPEN, ...request, sequence: count })
  return sequence!.map(({ assignee }) => assignee)
}
