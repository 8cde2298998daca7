import type { IncomingMessage } from 'node:http'
import type { Client } from '../../../src/api/client.js'
import { findOperation } from '../../../src/api/contract/find-operation.js'
import { DRY_RUN_PARAMETER, ERROR_STATUS, isInQuery, NOTE_HEADER, parseEtag } from '../../../src/api/contract/http.js'
import type { Method, WriteOptions } from '../../../src/api/contract/operation.js'
import { DriftStatusError } from '../../../src/domain/errors.js'
import { serve } from './servers.js'

/** Puts a workspace behind a bare HTTP server that keeps to the contract: no more of a service than a transport sees. */
export async function serveClient(client: Client): Promise<string> {
  const { url } = await serve(async (request, response) => {
    try {
      const text = JSON.stringify(await answer(client, request))
      response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    } catch (error) {
      if (!(error instanceof DriftStatusError)) throw error
      const { code, message: detail, hint = null, rule } = error
      response.writeHead(ERROR_STATUS[code], { 'content-type': 'application/problem+json' })
      response.end(
        JSON.stringify({ type: 'about:blank', title: code, status: ERROR_STATUS[code], detail, code, hint, rule }),
      )
    }
  })
  return url
}

function answer(client: Client, request: IncomingMessage & { readonly body: string }): Promise<unknown> {
  const url = new URL(request.url!, 'http://localhost')
  const method = request.method as Method
  const { id, parameters } = findOperation(method, url.pathname)
  if (!id) throw new DriftStatusError('not-found', url.pathname)
  const { [DRY_RUN_PARAMETER]: dryRun, ...query } = Object.fromEntries(url.searchParams)
  const rest = isInQuery(method) ? query : JSON.parse(request.body || '{}')
  const options: WriteOptions = {
    note:
      request.headers[NOTE_HEADER] === undefined ? undefined : decodeURIComponent(String(request.headers[NOTE_HEADER])),
    dryRun: dryRun === 'true',
    ifMatch: parseEtag(request.headers['if-match'] ?? ''),
  }
  const call = client[id] as (request: object, options: WriteOptions) => Promise<unknown>
  return call({ ...rest, ...parameters }, options)
}
