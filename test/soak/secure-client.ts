import { readFileSync } from 'node:fs'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { join } from 'node:path'

export const CERTIFICATES = join('test', 'api', 'network', 'certificates')

export interface Answered {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: the soak looks into answers of every shape
  readonly body: any
  readonly retryAfter: string | undefined
}

/** Asks a service over TLS, on connections that are kept. */
export class SecureClient {
  readonly #url: string
  readonly #token: string | undefined
  readonly #agent = new Agent({ keepAlive: true, ca: readFileSync(join(CERTIFICATES, 'authority.pem')) })

  constructor(url: string, token?: string) {
    this.#url = url
    this.#token = token
  }

  async ask(method: string, path: string, body?: object, note?: string): Promise<Answered> {
    const text = body && JSON.stringify(body)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      this.start(method, path, text, note).on('response', resolve).on('error', reject)
    })
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    const answered = Buffer.concat(chunks).toString()
    const isJson = answer.headers['content-type']?.includes('json')
    return {
      status: answer.statusCode!,
      body: isJson ? JSON.parse(answered) : answered,
      retryAfter: answer.headers['retry-after'],
    }
  }

  /** Sends a request, and leaves the answer to whoever called. */
  start(method: string, path: string, body?: string, note?: string): ClientRequest {
    const headers = {
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(note !== undefined && { 'drift-status-note': note }),
    }
    return request(`${this.#url}${path}`, { method, headers, agent: this.#agent }).end(body)
  }

  close(): void {
    this.#agent.destroy()
  }
}
