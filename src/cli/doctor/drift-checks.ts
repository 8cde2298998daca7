import { Sender } from '../../api/network/request/sender.js'
import { readDocument } from '../../api/workspace-questions.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { type DriftApi, driftApi, type Send } from '../../drift/adapter/drift-api.js'
import { findUser } from '../../drift/adapter/find-user.js'
import { type DriftTokenInfo, driftTokenInfo } from '../../drift/adapter/token-info.js'
import type { DriftProfile } from '../../profiles/profile.js'
import type { Context } from '../context.js'
import { type Checks, type Finding, failed, ok, skipped, warning } from './check.js'
import { type Endpoint, openedOnce } from './endpoint.js'
import type { FoundToken } from './findings.js'
import { type ClockReading, clockFinding, expiryFinding } from './findings.js'
import { checkNetwork } from './network-checks.js'

const NEW_TOKEN = 'make a new token at dev.drift.com, then run "drift-status profile login"'

/** A Drift account: the connection to its API, what its token allows, and who its profile says you are. */
export async function checkDrift(
  checks: Checks,
  profile: DriftProfile,
  endpoint: Endpoint,
  findToken: (checks: Checks, needs: readonly string[]) => Promise<FoundToken | undefined>,
  { read }: Pick<Context, 'read'>,
): Promise<void> {
  const { limitMs, now } = endpoint
  await checkNetwork(checks, endpoint)
  const timeouts = { totalMs: limitMs ?? 4_000 }
  const sender = openedOnce(
    () =>
      new Sender({ url: endpoint.url.href, env: endpoint.env, ca: endpoint.ca, now, timeouts, retry: { retries: 0 } }),
  )
  const send: Send = (request) => sender.get().send(request)
  try {
    const clock = await checks.run('service', { needs: ['connection', 'tls'], limitMs }, () =>
      serviceFinding(send, endpoint),
    )
    await checks.run('clock', { needs: ['service'] }, () => clockFinding(clock!))
    const { token = '' } = (await findToken(checks, ['service'])) ?? {}
    const info = await checks.run('account', { needs: ['token'], limitMs }, async () =>
      accountFinding(await driftTokenInfo(send, token, now())),
    )
    await checks.run('scopes', { needs: ['account'] }, () => scopesFinding(info!))
    await checks.run('expiry', { needs: ['account'] }, () => expiryOf(info!, now()))
    const api = driftApi({ send, token, now })
    await checks.run('you', { needs: ['account'], limitMs }, () => youFinding(api, profile))
  } finally {
    await sender.close()
  }
  await checks.run('document', {}, () => documentFinding(profile, { read }))
}

/** Drift has no address that tells how it is: whatever its API answers without a token will do. */
async function serviceFinding(send: Send, { now, url: { host } }: Endpoint): Promise<Finding<ClockReading>> {
  const sentAt = now()
  const { status, headers } = await send({ method: 'GET', path: '/users/list', isSafe: true })
  const clock = { sentAt, receivedAt: now(), date: headers.date }
  if (status >= 500) return failed(`${host} fails (${status})`, 'try again later; see status.drift.com')
  const isDrifts = headers['content-type']?.includes('json') ?? false
  return isDrifts
    ? ok(`${host} answers`, clock)
    : warning(
        `${host} answers ${status} with something that is not JSON`,
        'see whether a proxy answers in its place',
        clock,
      )
}

function accountFinding(info: DriftTokenInfo): Finding<DriftTokenInfo> {
  const { organisation, app } = info
  const text =
    organisation === undefined ? 'Drift knows the token' : `the token belongs to organisation ${organisation}`
  return ok(`${text}${app === undefined ? '' : `, app ${app}`}`, info)
}

function scopesFinding({ scopes, missingScopes }: DriftTokenInfo): Finding {
  if (missingScopes.length === 0) return ok(`the token reads users and sets their availability (${scopes.join(', ')})`)
  const hint = `give its app the scope ${missingScopes.join(' and ')} at dev.drift.com, then run "drift-status profile login"`
  return missingScopes.includes('user_read')
    ? failed('the token may not read users (user_read)', hint)
    : warning('the token may read users, and not set their availability (user_write)', hint)
}

function expiryOf({ expiresAt, neverExpires, ageMs }: DriftTokenInfo, now: number): Finding {
  const age = ageMs === undefined ? '' : `; it is ${Math.floor(ageMs / DAY_MS)} days old`
  if (expiresAt === undefined && !neverExpires) return skipped(`Drift does not say when the token expires${age}`)
  const finding = expiryFinding(expiresAt, now, NEW_TOKEN)
  return { ...finding, message: `${finding.message}${age}` }
}

async function youFinding(api: DriftApi, { agent }: DriftProfile): Promise<Finding> {
  if (agent === undefined) {
    return warning(
      'the profile names no Drift user as you: a Drift token belongs to an organisation',
      'add the profile again with --agent WHO, or name the agent with --agent each time',
    )
  }
  const { id, email, name, disabled } = await findUser(api, 'me', agent)
  const text = `you are ${email ?? name ?? agent} (user ${id})`
  return disabled ? warning(`${text}, who is disabled`, 'name another user with --agent') : ok(text)
}

async function documentFinding({ file }: DriftProfile, source: Pick<Context, 'read'>): Promise<Finding> {
  if (file === undefined) return skipped('the profile names no workspace document for "simulate"')
  const { name, agents } = await readDocument(file, source)
  return ok(`${file} is the workspace ${name}, with ${agents.length} ${agents.length === 1 ? 'agent' : 'agents'}`)
}
