import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import type { OperationId } from '../../api/contract/operations.js'
import { DriftStatusError } from '../../domain/errors.js'
import { nearest } from '../../domain/nearest.js'
import { isJsonTooDeep, MAX_DEPTH } from '../../domain/nesting.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import { defineCommand, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import { pair, wholeNumber } from '../flags/values.js'
import { toSafeJson } from '../output/safe-text.js'
import { withProfile, workspaceOf, writeOptions } from '../session/with-profile.js'

interface ApiOptions extends WriteFlags {
  readonly method: string
  readonly path: string
  readonly field?: readonly (readonly [string, string])[]
  readonly body?: string
  readonly ifMatch?: number
}

type Method = (request: unknown, write: object) => Promise<unknown>

const BODY_HINT = 'give an object, e.g. {"status": "away"}'

export const api = defineCommand<ApiOptions>({
  name: 'api',
  summary: 'call an operation of the service by its method and path',
  description: 'Calls an operation of the service by its method and path, and prints its answer as JSON.',
  arguments: [
    { name: '<method>', summary: 'GET, PUT, POST, PATCH or DELETE' },
    { name: '<path>', summary: 'e.g. /v1/status or /v1/agents/2/status' },
  ],
  options: [
    {
      flags: '-F, --field <key=value>',
      summary: 'a field of the request; true, false, null and numbers are read as such',
      isRepeatable: true,
      parse: pair,
    },
    { flags: '--body <path>', summary: 'the request as a JSON file; - reads standard input', completes: 'files' },
    {
      flags: '--if-match <revision>',
      summary: 'refuse when it was written since this revision',
      parse: wholeNumber(0, 2 ** 31),
    },
    ...WRITE_OPTIONS,
  ],
  examples: [
    'api GET /v1/status',
    'api PUT /v1/agents/me/status -F status=away',
    'api PUT /v1/auto-offline -F enabled=true --dry-run',
  ],
  run: (options, context) =>
    withProfile(options, context, async (connection) => {
      const { findOperation } = await import('../../api/contract/find-operation.js')
      const [path = '', query = ''] = options.path.split('?')
      const found = findOperation(options.method, path)
      if (!found.id) {
        const wanted = `${options.method.toUpperCase()} ${path}`
        const meant = nearest(wanted, found.known)
        throw new DriftStatusError('usage', `${wanted} is not an operation`, {
          hint: meant ? `did you mean "${meant}"?` : `there are: ${found.known.slice(0, 6).join(', ')}, …`,
        })
      }
      const fields = [...new URLSearchParams(query), ...(options.field ?? [])].map(([key, value]) => [
        key,
        readField(value),
      ])
      const body =
        options.body === undefined
          ? {}
          : await readBody(options.body, (source) => context.read(source, BODY_BYTES.document))
      const request = { ...body, ...Object.fromEntries(fields), ...found.parameters }
      // A Drift account has some of the methods of a workspace.
      const methods: Partial<Readonly<Record<OperationId, unknown>>> = connection.client
      const call = (methods[found.id] ?? (await workspaceOf(connection, options))[found.id]) as Method
      const answer = await call(request, { ...writeOptions(options), ifMatch: options.ifMatch })
      return { json: answer, text: () => toSafeJson(answer, 2).split('\n') }
    }),
})

function readField(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  // A number that would read as another text is a text: 007, 1.10, and what is beyond 2^53.
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text
}

async function readBody(source: string, read: (source: string) => Promise<Uint8Array>): Promise<object> {
  const text = readUtf8(await read(source), '--body', BODY_HINT)
  if (isJsonTooDeep(text)) {
    throw new DriftStatusError('usage', `--body is nested deeper than ${MAX_DEPTH} levels`, { hint: BODY_HINT })
  }
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (cause) {
    throw new DriftStatusError('usage', `--body is not JSON: ${(cause as Error).message}`, { hint: BODY_HINT, cause })
  }
  throw new DriftStatusError('usage', '--body is not a JSON object', { hint: BODY_HINT })
}
