import type * as z from 'zod/mini'
import type { DeepReadonly } from '../../domain/document/fields.js'
import type { ErrorCode } from '../../domain/errors.js'
import { agentOperations } from './operations/agents.js'
import { coverageOperations } from './operations/coverage.js'
import { dutyOperations } from './operations/duty.js'
import { holidayOperations } from './operations/holidays.js'
import { hoursOperations } from './operations/hours.js'
import { reportOperations } from './operations/report.js'
import { revisionOperations } from './operations/revisions.js'
import { routingOperations } from './operations/routing.js'
import { simulationOperations } from './operations/simulation.js'
import { tokenOperations } from './operations/tokens.js'
import { widgetOperations } from './operations/widget.js'
import { workspaceOperations } from './operations/workspace.js'

/** Every operation of the service. Validation, the typed client and the API's description come from it. */
export const operations = {
  ...workspaceOperations,
  ...widgetOperations,
  ...hoursOperations,
  ...holidayOperations,
  ...agentOperations,
  ...dutyOperations,
  ...routingOperations,
  ...revisionOperations,
  ...reportOperations,
  ...simulationOperations,
  ...coverageOperations,
  ...tokenOperations,
}

export type Operations = typeof operations
export type OperationId = keyof Operations
/** What a caller writes. */
export type RequestOf<Id extends OperationId> = DeepReadonly<z.input<ReturnType<Operations[Id]['request']>>>
/** What a handler gets. */
export type ParsedRequestOf<Id extends OperationId> = z.output<ReturnType<Operations[Id]['request']>>
export type AnswerOf<Id extends OperationId> = NonNullable<Operations[Id]['answer']>

/** Whether an operation changes the workspace: one that needs no more than the right to read never does. */
export function isWrite(id: OperationId): boolean {
  const { method, scope } = operations[id]
  return method !== 'GET' && scope !== 'read'
}

/** What any operation may answer instead of its answer. */
const ANY_ERRORS: readonly ErrorCode[] = ['invalid-input', 'not-logged-in', 'not-allowed', 'busy', 'failed']

/** The errors that a service answers an operation with. */
export function errorsOf(id: OperationId): readonly ErrorCode[] {
  return [...ANY_ERRORS, ...(isWrite(id) ? (['conflict'] as const) : []), ...operations[id].errors]
}
