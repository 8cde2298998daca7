import type { ErrorCode } from '../../domain/errors.js'
import {
  DRY_RUN_PARAMETER,
  ERROR_STATUS,
  HORIZON_PARAMETER,
  isInQuery,
  MAX_HORIZON_DAYS,
  MIN_HORIZON_DAYS,
  PROBLEM_TYPE,
} from './http.js'
import { PUBLIC_WIDGET_PATH, publicWidgetPath } from './openapi-public.js'
import { answerName, componentRef, contractSchemas, type JsonSchema, type RequestSchema } from './openapi-schemas.js'
import type { Operation } from './operation.js'
import { errorsOf, isWrite, type OperationId, operations } from './operations.js'

/** What each status of an error means, as a component; 412 and 429 are the wire's own. */
const PROBLEMS: Readonly<Record<number, { readonly name: string; readonly description: string }>> = {
  400: { name: 'InvalidInput', description: 'The request is not valid; nothing was changed' },
  401: { name: 'NotLoggedIn', description: 'The token is missing, wrong, expired or revoked' },
  403: { name: 'NotAllowed', description: 'The token, the role or the plan does not allow it' },
  404: { name: 'NotFound', description: 'What the request names does not exist' },
  409: { name: 'Conflict', description: 'It conflicts with what others wrote' },
  412: { name: 'StaleWrite', description: 'It was changed since the revision of If-Match' },
  424: { name: 'Unreadable', description: 'What had to be read from elsewhere cannot be; nothing was changed' },
  429: { name: 'TooManyRequests', description: 'Too many requests: try again after Retry-After seconds' },
  500: { name: 'Failed', description: 'The service failed' },
  503: { name: 'Busy', description: 'The service is busy or stopping: try again' },
}

const PARAMETERS = {
  Note: {
    name: 'Drift-Status-Note',
    in: 'header',
    description: 'Why, for the log: percent-encoded UTF-8',
    schema: { type: 'string' },
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Repeats of a write under one key answer what the first did, and do nothing more',
    schema: { type: 'string', minLength: 1 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description:
      'The ETag of what is about to be written, as it was read, or a list of them: anything else is refused (412)',
    schema: { type: 'string' },
    example: '"12"',
  },
  DryRun: {
    name: DRY_RUN_PARAMETER,
    in: 'query',
    description: 'Answer what the write would do, and do nothing',
    schema: { type: 'boolean', default: false },
  },
  HorizonDays: {
    name: HORIZON_PARAMETER,
    in: 'query',
    description: 'How many days from now a dry run looks at what visitors would see',
    schema: { type: 'integer', minimum: MIN_HORIZON_DAYS, maximum: MAX_HORIZON_DAYS, default: MIN_HORIZON_DAYS },
  },
}

const RETRY_AFTER = { description: 'Seconds to wait', schema: { type: 'integer', minimum: 0 } }
const ETAG = { description: 'The revision that wrote it last, e.g. `"12"`', schema: { type: 'string' } }

/**
 * The API as an OpenAPI 3.1 document, made from the table of operations and the schemas that validate.
 *
 * @param version the version of the package
 * @example JSON.stringify(openApiDocument('1.0.0'))
 */
export function openApiDocument(version: string): object {
  const { components, requests } = contractSchemas()
  const paths: Record<string, Record<string, object>> = {}
  for (const id of Object.keys(operations) as OperationId[]) {
    const { method, path } = operations[id]
    const hasRevision = 'revision' in ((components[answerName(id)]?.properties as object | undefined) ?? {})
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(id, requests[id], hasRevision) }
  }
  paths['/v1/events'] = { get: EVENTS }
  paths[PUBLIC_WIDGET_PATH] = {
    get: publicWidgetPath(problemResponses(['invalid-input', 'not-found', 'busy', 'failed'], false)),
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'drift-status',
      version,
      description: 'The availability of a chat workspace: what would a visitor see, who would get the chat, and why.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      parameters: PARAMETERS,
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, { name, description }]) => [
          name,
          {
            description,
            ...((status === '429' || status === '503') && { headers: { 'Retry-After': RETRY_AFTER } }),
            content: { [PROBLEM_TYPE]: { schema: { $ref: componentRef('Problem') } } },
          },
        ]),
      ),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of the workspace: `dst_…`. Each operation names the scope it needs.',
        },
      },
    },
  }
}

function describeOperation(id: OperationId, request: RequestSchema, hasRevision: boolean): object {
  const { method, path, scope, orScope, summary }: Operation = operations[id]
  const inPath = (name: string) => path.includes(`{${name}}`)
  const names = Object.keys(request.properties)
  const fields = names
    .filter((name) => inPath(name) || isInQuery(method))
    .map((name) => ({
      name,
      in: inPath(name) ? 'path' : 'query',
      required: inPath(name) || request.required.includes(name),
      schema: request.properties[name],
    }))
  const body = isInQuery(method) ? [] : names.filter((name) => !inPath(name))
  const options = writeParameters(id, hasRevision).map((name) => ({ $ref: `#/components/parameters/${name}` }))
  const parameters = [...fields, ...options]
  return {
    operationId: id,
    tags: [tagOf(path)],
    summary,
    description:
      scope === 'any'
        ? 'Any token that works may ask.'
        : `Needs the scope ${[scope, orScope].flatMap((one) => (one ? [`\`${one}\``] : [])).join(' or ')}.`,
    'x-scope': scope,
    ...(parameters.length > 0 && { parameters }),
    ...(body.length > 0 && { requestBody: describeBody(body, request) }),
    responses: {
      200: {
        description: isWrite(id) && hasRevision ? 'What changed' : 'The answer',
        ...(hasRevision && { headers: { ETag: ETAG } }),
        content: { 'application/json': { schema: { $ref: componentRef(answerName(id)) } } },
      },
      ...problemResponses(errorsOf(id), isConditional(id, hasRevision)),
    },
  }
}

function describeBody(names: readonly string[], { properties, required }: RequestSchema): object {
  const needed = names.filter((name) => required.includes(name))
  const schema: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  }
  return { required: needed.length > 0, content: { 'application/json': { schema } } }
}

/** What a write may carry beside its request; one without a revision moves what chats move, and is not logged. */
function writeParameters(id: OperationId, hasRevision: boolean): readonly (keyof typeof PARAMETERS)[] {
  if (!isWrite(id)) return []
  return [
    'DryRun',
    ...(hasRevision ? (['HorizonDays', 'Note'] as const) : []),
    ...(isConditional(id, hasRevision) ? (['IfMatch'] as const) : []),
    'IdempotencyKey',
  ]
}

/** New agents and tokens have no ETag to be read before they are written. */
const WITHOUT_ETAG: readonly OperationId[] = [
  'addAgent',
  'createToken',
  'rotateToken',
  'revokeToken',
  'createDutyFeed',
  'deleteDutyFeed',
]

/** Whether what a write replaces has an ETag to be read before. */
function isConditional(id: OperationId, hasRevision: boolean): boolean {
  return isWrite(id) && hasRevision && !WITHOUT_ETAG.includes(id)
}

function problemResponses(codes: readonly ErrorCode[], conditional: boolean): Record<string, object> {
  const statuses = new Set([...codes.map((code) => ERROR_STATUS[code]), 429, ...(conditional ? [412] : [])])
  return Object.fromEntries(
    [...statuses].map((status) => [status, { $ref: `#/components/responses/${PROBLEMS[status]!.name}` }]),
  )
}

/** The noun after `/v1`. */
function tagOf(path: string): string {
  return path.split('/')[2]!
}

/** The one path whose answer does not end; that is why it is not an operation. */
const EVENTS = {
  operationId: 'events',
  tags: ['events'],
  summary: 'Every revision after a number, as they are made, and what time alone changes',
  description:
    'Needs the scope `read`. Server-sent events: `id` is the revision, `event` is `revision`, `data` is a Revision as JSON; with `"isShortened": true` its changes were too long and are left out. The event `restored` says that a copy of the workspace was restored, and that the numbers go on after its `after`. Without an `id` come the event `state`, which is what is (an EventState), at the beginning and after `restored`; `change`, what time alone changed (an EventChange): an override, a status or a shift that began or ended, the hours; and `nobody-there` and `nobody-there-ended` (an EventChange), for as long as the promise is online and nobody is available.',
  'x-scope': 'read',
  parameters: [
    { name: 'after', in: 'query', schema: { type: 'integer', minimum: 0 }, description: 'Default: from now on' },
    { name: 'Last-Event-ID', in: 'header', schema: { type: 'integer', minimum: 0 }, description: 'Resumes after it' },
  ],
  responses: {
    200: { description: 'The events', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    ...problemResponses(['invalid-input', 'not-logged-in', 'not-allowed', 'busy', 'failed'], false),
  },
}
