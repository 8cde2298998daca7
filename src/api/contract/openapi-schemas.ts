import * as z from 'zod/mini'
import { schemas, workspaceSchema } from '../../domain/document/schema.js'
import { type OperationId, operations } from './operations.js'
import { routingDecision } from './responses/decision.js'
import { eventChange, eventState } from './responses/events.js'
import { finding } from './responses/findings.js'
import { day } from './responses/hours.js'
import { problem } from './responses/problem.js'
import { publicWidget } from './responses/public-widget.js'
import { assignment, cursors } from './responses/routing.js'
import { liveAgent } from './responses/status.js'
import { revision, write } from './responses/writes.js'
import { responses } from './responses.js'

export type JsonSchema = Readonly<Record<string, unknown>>

/** A request as JSON Schema, by its fields: some go into the path or the query. */
export interface RequestSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required: readonly string[]
}

export interface ContractSchemas {
  /** By the name that `#/components/schemas/` gives it. */
  readonly components: Readonly<Record<string, JsonSchema>>
  readonly requests: Readonly<Record<OperationId, RequestSchema>>
}

/** What a caller may write; what it may leave out is not required. */
const INPUTS = {
  WorkspaceInput: workspaceSchema,
  HoursInput: schemas.hours,
  DayHours: schemas.dayHours,
  AgentInput: schemas.agent,
  TeamsInput: schemas.teams,
  RoutingInput: schemas.routing,
  PlaybooksInput: schemas.playbooks,
}

/** Parts and answers with names of their own; any other answer is named after its operation. */
const ANSWERS = {
  Workspace: workspaceSchema,
  Hours: schemas.hours,
  DayHours: schemas.dayHours,
  Agent: schemas.agent,
  LiveAgent: liveAgent,
  Teams: schemas.teams,
  Routing: schemas.routing,
  Playbooks: schemas.playbooks,
  LintFinding: finding,
  Day: day,
  RoutingDecision: routingDecision,
  Revision: revision,
  WriteAnswer: write,
  Assignment: assignment,
  Cursors: cursors,
  Problem: problem,
  PublicWidget: publicWidget,
  EventState: eventState,
  EventChange: eventChange,
}

const IDS = Object.keys(operations) as OperationId[]

/** The component that an operation answers with. */
export function answerName(id: OperationId): string {
  const own = Object.entries(ANSWERS).find(([, schema]) => Object.is(schema, responses[id]))
  return own?.[0] ?? pascal(id, 'Answer')
}

export function componentRef(name: string): string {
  return `#/components/schemas/${name}`
}

/** The contract's schemas as JSON Schema 2020-12, made from those that validate. */
export function contractSchemas(): ContractSchemas {
  const inputs = new Map<string, z.ZodMiniType>(Object.entries(INPUTS).map(([name, make]) => [name, make()]))
  for (const id of IDS) inputs.set(pascal(id, 'Request'), operations[id].request())
  const answers = new Map<string, z.ZodMiniType>(Object.entries(ANSWERS).map(([name, make]) => [name, make()]))
  for (const id of IDS) answers.set(answerName(id), responses[id]())

  const written = toJsonSchemas(inputs, 'input')
  const requests = {} as Record<OperationId, RequestSchema>
  for (const id of IDS) {
    const { properties = {}, required = [] } = written[pascal(id, 'Request')] as Partial<RequestSchema>
    requests[id] = { properties, required }
  }
  // The operation reads the document itself, to name its places without a prefix; this is what it reads.
  const document = { $ref: componentRef('WorkspaceInput') }
  requests.putWorkspace = { properties: { document }, required: ['document'] }
  const parts = Object.fromEntries(Object.keys(INPUTS).map((name) => [name, written[name]!]))
  return { components: { ...parts, ...toJsonSchemas(answers, 'output') }, requests }
}

/** Schemas that refer to each other by name. */
function toJsonSchemas(named: ReadonlyMap<string, z.ZodMiniType>, io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of named) registry.add(schema, { id })
  const { schemas: made } = z.toJSONSchema(registry, { target: 'draft-2020-12', io, uri: componentRef, override })
  return Object.fromEntries(
    Object.entries(made).map(([name, { $schema, $id, ...schema }]) => [name, schema as JsonSchema]),
  )
}

/** Leaves out bounds that every whole number of JavaScript has. */
function override({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
}

function pascal(id: string, suffix: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}${suffix}`
}
