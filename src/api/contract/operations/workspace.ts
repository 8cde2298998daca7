import * as z from 'zod/mini'
import { schemas, type WorkspaceDocument } from '../../../domain/document/schema.js'
import type { LintFinding } from '../../../domain/questions/lint/lint-finding.js'
import type { PlanAnswer, StatusAnswer, Versioned } from '../answers.js'
import { nothing, numbered } from '../fields.js'
import { MAX_HORIZON_DAYS, MIN_HORIZON_DAYS } from '../http.js'
import { operation, type WriteAnswer } from '../operation.js'

/** The workspace as a whole. */
export const workspaceOperations = {
  getWorkspace: operation<WorkspaceDocument>()({
    method: 'GET',
    path: '/v1/workspace',
    scope: 'read',
    summary: 'The whole workspace as a document, run-time state included',
    request: nothing,
  }),
  putWorkspace: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/workspace',
    scope: 'admin',
    summary: 'Make the workspace equal to a document; run-time state stays',
    takesBack: 'document',
    request: () =>
      z.strictObject({
        document: z.unknown(),
        /** The plan that this is: it is applied as it was planned, or not at all. */
        plan: z.optional(z.strictObject({ revision: numbered(), digest: z.string() })),
        /** Where the document is from, for the log: a commit, for instance. */
        source: z.optional(schemas.source()),
      }),
  }),
  planWorkspace: operation<PlanAnswer>()({
    method: 'POST',
    path: '/v1/plan',
    scope: 'read',
    summary: 'What making the workspace equal to a document would change, for visitors and in the settings',
    takesBack: 'document',
    request: () =>
      z.strictObject({
        document: z.unknown(),
        horizonDays: z.optional(z.int().check(z.minimum(MIN_HORIZON_DAYS), z.maximum(MAX_HORIZON_DAYS))),
      }),
  }),
  getSettings: operation<Versioned<Pick<WorkspaceDocument, 'name' | 'plan' | 'timeZone' | 'chatLimit'>>>()({
    method: 'GET',
    path: '/v1/settings',
    scope: 'read',
    summary: 'The name, the plan, the time zone and the chat limit',
    request: nothing,
  }),
  patchSettings: operation<WriteAnswer>()({
    method: 'PATCH',
    path: '/v1/settings',
    scope: 'admin',
    summary: 'Change the name, the plan, the time zone or the chat limit; null removes the chat limit',
    request: () => z.strictObject({ settings: z.record(z.string(), z.unknown()) }),
  }),
  getGreeting: operation<Versioned<WorkspaceDocument['greeting']>>()({
    method: 'GET',
    path: '/v1/greeting',
    scope: 'read',
    summary: 'The texts of the default greeting, by mode',
    request: nothing,
  }),
  putGreeting: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/greeting',
    scope: 'widget',
    summary: 'Replace the texts of the default greeting',
    takesBack: 'greeting',
    request: () => z.strictObject({ greeting: schemas.greeting() }),
  }),
  getStatus: operation<StatusAnswer>()({
    method: 'GET',
    path: '/v1/status',
    scope: 'read',
    summary: 'One glance: mode and why, hours, agents, warnings',
    request: nothing,
  }),
  lint: operation<readonly LintFinding[]>()({
    method: 'GET',
    path: '/v1/lint',
    scope: 'read',
    summary: 'What would surprise an admin or a visitor',
    request: () => z.strictObject({ at: z.optional(schemas.instant()) }),
  }),
}
