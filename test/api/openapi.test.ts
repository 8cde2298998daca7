import { readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, test } from 'vitest'
import { errorsOf, isWrite, type OperationId, operations } from '../../src/api/contract/operations.js'
import { handlers } from '../../src/service/handlers/index.js'

interface Described {
  readonly operationId: string
  readonly summary: string
  readonly 'x-scope': string
  readonly security?: readonly object[]
  readonly parameters?: readonly (Record<string, unknown> & { name?: string; in?: string; $ref?: string })[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: { readonly properties: object } }> }
  readonly responses: Readonly<Record<string, { headers?: object; $ref?: string }>>
}

interface Document extends Record<string, unknown> {
  info: object
  paths: Record<string, Record<string, Described>>
}

// The committed file: a check of its own says that it is what the contract makes.
let document: Document
const ids = Object.keys(operations) as OperationId[]

beforeAll(async () => {
  document = JSON.parse(await readFile('docs/openapi.json', 'utf8'))
})

function described(id: OperationId): Described {
  const { path, method } = operations[id]
  return document.paths[path]![method.toLowerCase()]!
}

describe('docs/openapi.json', () => {
  test('is valid OpenAPI 3.1, says an independent validator', async () => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test.each<{ title: string; breakIt: (broken: Document) => void }>([
    { title: 'an API without a name', breakIt: ({ info }) => Reflect.deleteProperty(info, 'title') },
    {
      title: 'a parameter that is nowhere',
      breakIt: ({ paths }) => {
        paths['/v1/lint']!.get!.parameters![0]!.in = 'air'
      },
    },
    {
      title: 'a path that does not exist',
      breakIt: ({ paths }) => {
        paths.status = paths['/v1/status']!
      },
    },
  ])('with $title would not be', async ({ breakIt }) => {
    const broken = structuredClone(document)
    breakIt(broken)
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false })
  })

  test('every reference leads somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path!)
    expect(references.length).toBeGreaterThan(100)
    const lost = [...new Set(references)].filter(
      (path) =>
        path.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document) ===
        undefined,
    )
    expect(lost).toEqual([])
  })

  test('names every operation once, the events, and what is public', () => {
    const named = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(named.sort()).toEqual([...ids, 'events', 'publicWidget'].sort())
  })

  test('asks for a token everywhere but where everyone may read', () => {
    const open = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ security }) => (security ? [{ path, security }] : [])),
    )
    expect(document.security).toEqual([{ token: [] }])
    expect(open).toEqual([{ path: '/v1/public/{workspace}/widget', security: [] }])
  })

  test.each(ids)('%s: its scope, its fields and its errors', (id) => {
    const { scope, summary, path, method } = operations[id]
    const { parameters = [], requestBody, responses, ...rest } = described(id)
    expect(rest).toMatchObject({ operationId: id, summary, 'x-scope': scope })
    const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    if (method === 'GET' || method === 'DELETE') expect(requestBody).toBeUndefined()
    else expect(parameters.filter((parameter) => parameter.in === 'query')).toEqual([])
    for (const status of ['200', '400', '401', '403', '429', '500', '503']) expect(responses).toHaveProperty(status)
    expect('404' in responses).toBe(errorsOf(id).includes('not-found'))
    expect('409' in responses).toBe(isWrite(id))
  })

  test.each(ids)('%s: what a write may carry is what the service takes', (id) => {
    const refs = (described(id).parameters ?? []).flatMap(({ $ref }) => ($ref ? [$ref.split('/').at(-1)] : []))
    const handler = handlers[id]
    const expected: readonly string[] = {
      read: [],
      rehearsal: [],
      routing: ['DryRun', 'IdempotencyKey'],
      edit: [
        'DryRun',
        'HorizonDays',
        'Note',
        ...(handler.kind === 'edit' && handler.etag ? ['IfMatch'] : []),
        'IdempotencyKey',
      ],
    }[handler.kind]
    expect(refs).toEqual(expected)
    expect('412' in described(id).responses).toBe(expected.includes('IfMatch'))
    if (handler.kind === 'edit') expect(described(id).responses[200]!.headers).toHaveProperty('ETag')
  })
})
