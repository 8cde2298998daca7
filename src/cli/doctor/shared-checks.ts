import { type Client, createClient } from '../../api/client.js'
import type { MeAnswer } from '../../api/contract/answers.js'
import { networkTransport } from '../../api/network/network-transport.js'
import { foreignAnswer, parseJson, toError } from '../../api/network/problem.js'
import { Sender } from '../../api/network/request/sender.js'
import { DriftStatusError } from '../../domain/errors.js'
import { VERSION } from '../start/version.js'
import { type Checks, type Finding, ok, skipped, warning } from './check.js'
import { type Endpoint, openedOnce } from './endpoint.js'
import {
  type ClockReading,
  clockFinding,
  expiryFinding,
  type FoundToken,
  scopesInWords,
  zonesFinding,
} from './findings.js'
import { checkNetwork, formatMs } from './network-checks.js'

const SLOW_MS = 1_000
/** Asked once: what fails now and then is to be seen. */
const ONCE = { retries: 0 }

/** The checks of what answers at the address of the service. */
interface Health {
  readonly clock: ClockReading
  /** E.g. `drift-status/1.0.0`; undefined where it does not say. */
  readonly server: string | undefined
}

/** A shared workspace: the endpoint to it, whether it is well, and what your token is to it. */
export async function checkShared(
  checks: Checks,
  endpoint: Endpoint,
  findToken: (checks: Checks, needs: readonly string[]) => Promise<FoundToken | undefined>,
): Promise<void> {
  await checkNetwork(checks, endpoint)
  const timeouts = { totalMs: endpoint.limitMs ?? 4_000 }
  const options = {
    url: endpoint.url.href,
    env: endpoint.env,
    ca: endpoint.ca,
    now: endpoint.now,
    timeouts,
    retry: ONCE,
  }
  // A proxy that cannot be used has failed its own check, and would fail these on the endpoint.
  const sender = openedOnce(() => new Sender(options))
  try {
    await checkHealth(checks, endpoint, sender.get)
  } finally {
    await sender.close()
  }
  const found = await findToken(checks, ['healthz'])
  const client = openedOnce(() => createClient(networkTransport({ ...options, token: found?.token })))
  try {
    await checkCaller(checks, endpoint, client.get)
  } finally {
    await client.close()
  }
}

async function checkHealth(checks: Checks, endpoint: Endpoint, sender: () => Sender): Promise<void> {
  const { limitMs } = endpoint
  const health = await checks.run('healthz', { needs: ['connection', 'tls'], limitMs }, () =>
    healthFinding(sender(), endpoint),
  )
  await checks.run('readyz', { needs: ['healthz'], limitMs }, () => readyFinding(sender()))
  await checks.run('clock', { needs: ['healthz'] }, () => clockFinding(health!.clock))
  await checks.run('version', { needs: ['healthz'] }, () => versionFinding(health!.server))
}

/** What the token is to the service. */
async function checkCaller(checks: Checks, { limitMs, now }: Endpoint, client: () => Client): Promise<void> {
  const me = await checks.run('you', { needs: ['token'], limitMs }, async () => youFinding(await client().getMe({})))
  await checks.run('scopes', { needs: ['you'] }, () => ok(`the token ${scopesInWords(me!.scopes)}`))
  await checks.run('expiry', { needs: ['you'] }, () => expiryOf(me!, now()))
  await checks.run('workspace-zone', { needs: ['you'], limitMs }, async () => {
    if (!me!.scopes.includes('read')) return skipped('the token may not read it')
    return zonesFinding([(await client().getSettings({})).value.timeZone])
  })
}

async function healthFinding(sender: Sender, { now }: Endpoint): Promise<Finding<Health>> {
  const ask = () => sender.send({ method: 'GET', path: '/healthz', isSafe: true })
  const sentAt = now()
  const answer = await ask()
  const clock = { sentAt, receivedAt: now(), date: answer.headers.date }
  const body = parseJson(answer.text) as { readonly status?: unknown; readonly server?: unknown } | null | undefined
  if (answer.status !== 200) throw toError(answer, sender.host)
  if (body?.status !== 'ok') throw foreignAnswer(answer.status, sender.host)
  // The second one finds the connection open.
  const began = performance.now()
  await ask()
  const tookMs = performance.now() - began
  const server = typeof body.server === 'string' && /^[\w./+-]{1,60}$/.test(body.server) ? body.server : undefined
  const text = `${server ?? 'the service'} answers; a round trip takes ${formatMs(tookMs)}`
  return tookMs > SLOW_MS
    ? warning(text, 'see the endpoint to the service, and how loaded it is', { clock, server })
    : ok(text, { clock, server })
}

async function readyFinding(sender: Sender): Promise<Finding> {
  const answer = await sender.send({ method: 'GET', path: '/readyz', isSafe: true })
  if (answer.status !== 200) throw toError(answer, sender.host)
  const { revision } = (parseJson(answer.text) ?? {}) as { readonly revision?: unknown }
  return ok(typeof revision === 'number' ? `the workspace is at revision ${revision}` : 'the workspace answers')
}

function versionFinding(server: string | undefined): Finding {
  const version = server?.split('/')[1]
  if (version === undefined) return skipped(`the service does not say its version; this is ${VERSION}`)
  return version === VERSION
    ? ok(`the service and this program are both ${VERSION}`)
    : warning(`the service is ${version}, and this program ${VERSION}`, 'update the older one of the two')
}

function youFinding(me: MeAnswer): Finding<MeAnswer> {
  const { workspace, agent, email, name } = me
  if (agent === null) return ok(`in ${workspace} you are "${name}", which is not an agent`, me)
  return ok(`in ${workspace} you are ${email === null ? `agent ${agent}` : `${email} (agent ${agent})`}`, me)
}

function expiryOf({ token }: MeAnswer, now: number): Finding {
  if (token === null) throw new DriftStatusError('failed', 'the service does not say which token this is')
  const expiresAt = token.expiresAt === null ? undefined : Date.parse(token.expiresAt)
  return expiryFinding(
    expiresAt,
    now,
    'ask an admin for one with an end: "drift-status token create --expires 90d", then "drift-status profile login"',
  )
}
