import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Check } from '../../../src/cli/doctor/check.js'
import { type DoctorOptions, type DoctorReport, runDoctor } from '../../../src/cli/doctor/run-doctor.js'
import { VERSION } from '../../../src/cli/start/version.js'
import type { Step } from '../../api/network/servers.js'
import { newFolder } from '../fake-context.js'

export const NOW = Date.parse('2026-11-23T17:00:00Z')
export const TOKEN = 'dst_ana1_0123456789012345678901234567890123456789abc'
export const SECRET = TOKEN.split('_')[2]!

export interface Doctored extends DoctorReport {
  /** A check by name, without its name. */
  find(check: string): Omit<Check, 'check'> | undefined
  /** The names of the checks that ended so. */
  named(status: Check['status']): readonly string[]
  /** All that was said. */
  readonly text: string
}

/** Examines with an environment and a clock of the test's own, on real files and sockets. */
export async function doctored(
  env: Readonly<Record<string, string>>,
  options: Partial<DoctorOptions> = {},
): Promise<Doctored> {
  const examination = await runDoctor(
    { profile: undefined, ...options },
    {
      env: { DRIFT_STATUS_CONFIG_DIR: newFolder(), DRIFT_STATUS_CREDENTIALS: 'file', ...env },
      now: () => NOW,
      read: (path) => readFile(path),
    },
  )
  return {
    ...examination,
    find(name) {
      const found = examination.checks.find(({ check }) => check === name)
      if (!found) return undefined
      const { check: _, ...rest } = found
      return rest
    },
    named: (status) => examination.checks.filter((one) => one.status === status).map(({ check }) => check),
    text: JSON.stringify(examination),
  }
}

type Answers = Readonly<Record<string, { readonly status?: number; readonly body: unknown; readonly type?: string }>>

export const ME = {
  workspace: 'Acme',
  workspaceId: 'a1b2c3',
  name: '2',
  agent: '2',
  email: 'ana@acme.example',
  scopes: ['read', 'status:self'],
  token: {
    id: 'ana1',
    name: 'Ana',
    createdAt: '2026-11-01T00:00:00.000Z',
    expiresAt: '2027-02-01T00:00:00.000Z',
    lastUsedAt: null,
  },
}

const WELL: Answers = {
  '/healthz': { body: { status: 'ok', server: `drift-status/${VERSION}` } },
  '/readyz': { body: { status: 'ok', revision: 12 } },
  '/v1/me': { body: ME },
  '/v1/settings': { body: { value: { name: 'Acme', plan: 'premium', timeZone: 'Europe/Berlin' }, revision: 1 } },
}

/** A service that is well, but for what a test says; its clock is off by so much. */
export function service(answers: Answers = {}, skewMs = 0): Step {
  return (request: IncomingMessage, response: ServerResponse) => {
    const { status = 200, body, type = 'application/json' } = { ...WELL, ...answers }[request.url!]!
    const date = new Date(NOW + skewMs).toUTCString()
    response.writeHead(status, { 'content-type': type, date })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}
