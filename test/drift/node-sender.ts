import { request as send } from 'node:http'
import type { TextAnswer } from '../../src/api/network/request/answer.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import type { Send } from '../../src/drift/adapter/drift-api.js'

/** A small sender over a real socket, with the errors that any sender of the client's throws. */
export function nodeSender(base: string, timeoutMs = 5_000): Send {
  return ({ method, path, query = {}, headers = {}, body }) =>
    new Promise<TextAnswer>((resolve, reject) => {
      const url = new URL(path, base)
      for (const [name, values] of Object.entries(query)) {
        for (const value of [values].flat()) url.searchParams.append(name, value)
      }
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const fail = (code: 'unreachable' | 'busy', message: string, cause?: unknown) =>
        reject(new DriftStatusError(code, message, { cause }))
      const request = send(url, {
        method,
        headers: { ...headers, ...(payload !== undefined && { 'content-type': 'application/json' }) },
        signal: AbortSignal.timeout(timeoutMs),
      })
      request.on('error', (cause) =>
        cause.name === 'AbortError'
          ? fail('busy', `${base} took too long`)
          : fail('unreachable', `${base} cannot be reached`, cause),
      )
      request.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('error', (cause) =>
          request.destroyed && cause.name === 'AbortError'
            ? fail('busy', `${base} took too long`)
            : fail('unreachable', `${base} broke off`, cause),
        )
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers as TextAnswer['headers'], text }),
        )
      })
      request.end(payload)
    })
}
