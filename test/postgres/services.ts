import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { placeName, type StorePlace } from '../../src/service/store/open-store.js'
import { POSTGRES_PASSWORD } from './password.js'

/** A `serve` process. */
export interface ServiceProcess {
  readonly url: string
  readonly pid: number
  /** On the first start of a workspace only. */
  readonly adminToken: string | undefined
  /** Of a service of several workspaces. */
  readonly workspaces: readonly { readonly url: string; readonly adminToken: string }[] | undefined
  stderr(): string
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Starts `serve` on a workspace; the first one makes it of the sample. */
export async function startService(place: StorePlace, flags: readonly string[] = []): Promise<ServiceProcess> {
  const env = {
    DRIFT_STATUS_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'drift-status-service-')),
    DRIFT_STATUS_DATABASE_PASSWORD: POSTGRES_PASSWORD,
    // The calendars of the sample have feeds on the internet.
    HTTPS_PROXY: 'http://127.0.0.1:9',
  }
  const child = execa(
    process.execPath,
    [
      'bin/drift-status.js',
      'serve',
      '--json',
      '--sample',
      '--port',
      '0',
      '--rate-limit',
      '0',
      '--database',
      placeName(place),
      ...flags,
    ],
    { env, reject: false, all: false },
  )
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(text)
    })
    child.on('exit', (code) => reject(new Error(`serve ended with ${code}: ${stderr}`)))
  })
  const { url, adminToken, workspaces } = JSON.parse(line)
  return {
    url: url ?? new URL(workspaces[0].url).origin,
    workspaces,
    pid: child.pid!,
    adminToken,
    stderr: () => stderr,
    async kill(signal) {
      child.kill(signal)
      await child
    },
  }
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** Asks one service with a token. */
export function asking({ url }: Pick<ServiceProcess, 'url'>, token: string): Ask {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json() }
  }
}

let keys = 0

/** Asks again with the same key while the service says that it is busy, as a client does. */
export function patient(ask: Ask): Ask {
  return async (method, path, body, headers = {}) => {
    const key = `patient-${process.pid}-${++keys}`
    while (true) {
      const answer = await ask(method, path, body, { 'idempotency-key': key, ...headers })
      if (answer.status !== 503) return answer
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
