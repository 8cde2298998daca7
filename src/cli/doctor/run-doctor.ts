import { type Profile, placeOf } from '../../profiles/profile.js'
import { type ResolvedProfile, resolveProfile } from '../../profiles/resolve-profile.js'
import { noToken, redactToken, resolveToken } from '../../profiles/token.js'
import type { Context } from '../context.js'
import { sourceText } from '../output/views/profiles.js'
import { type Check, Checks, ok } from './check.js'
import type { Endpoint } from './endpoint.js'
import { checkEnvironment } from './environment-checks.js'
import { checkFiles } from './file-checks.js'
import type { FoundToken } from './findings.js'
import { checkProcess, type Runtime } from './process-checks.js'

export interface DoctorOptions {
  /** `--profile`. */
  readonly profile: string | undefined
  readonly runtime?: Partial<Runtime>
  /** Certificates to trust, PEM, in place of Node's own. */
  readonly ca?: string | undefined
  /** How long one step over the network may take. */
  readonly limitMs?: number | undefined
}

export interface DoctorReport {
  /** Undefined when the environment names a service, or there is no profile. */
  readonly profile: string | undefined
  /** Undefined when there is no profile. */
  readonly service: Profile['service'] | undefined
  readonly checks: readonly Check[]
}

/** Looks at everything that a command needs, from Node to the token, and writes nothing. */
export async function runDoctor(
  options: DoctorOptions,
  context: Pick<Context, 'env' | 'now' | 'read'>,
): Promise<DoctorReport> {
  const { env, now } = context
  const checks = new Checks()
  if (env.DRIFT_STATUS_TOKEN) checks.hide(env.DRIFT_STATUS_TOKEN)
  const runtime: Runtime = { ...thisRuntime(), env, now: now(), ...options.runtime }
  await checkProcess(checks, runtime)
  await checkEnvironment(checks, runtime)
  await checkFiles(checks, env)
  const resolved = await checks.run('profile', { needs: ['profiles-file'] }, () => {
    const found = resolveProfile({ value: options.profile }, env)
    return ok(describe(found), found)
  })
  if (resolved) await checkService(checks, resolved, options, context)
  return { profile: resolved?.name, service: resolved?.profile.service, checks: checks.list }
}

async function checkService(
  checks: Checks,
  resolved: ResolvedProfile,
  { ca, limitMs }: DoctorOptions,
  { env, now, read }: Pick<Context, 'env' | 'now' | 'read'>,
): Promise<void> {
  const { profile } = resolved
  if (profile.service === 'local') {
    const { checkLocal } = await import('./local-checks.js')
    return checkLocal(checks, profile, { env, now: now() })
  }
  const endpoint: Endpoint = { url: new URL(placeOf(profile)), env, now, ca, limitMs }
  const findToken = (to: Checks, needs: readonly string[]) => checkToken(to, resolved, env, needs)
  if (profile.service === 'shared') {
    const { checkShared } = await import('./shared-checks.js')
    return checkShared(checks, endpoint, findToken)
  }
  const { checkDrift } = await import('./drift-checks.js')
  return checkDrift(checks, profile, endpoint, findToken, { read })
}

function describe({ name, nameSource, profile }: ResolvedProfile): string {
  const place = `${profile.service}, ${placeOf(profile)}`
  return name === undefined
    ? `none: ${sourceText(nameSource)} names ${place}`
    : `${name} (${sourceText(nameSource)}): ${place}`
}

function thisRuntime(): Omit<Runtime, 'env' | 'now'> {
  const { node, tz, icu } = process.versions
  return {
    node,
    tz,
    icu,
    executable: process.execPath,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}

/** Whether there is a token for the profile; of the token itself nothing is ever shown but what names it. */
async function checkToken(
  checks: Checks,
  resolved: ResolvedProfile,
  env: Context['env'],
  needs: readonly string[],
): Promise<FoundToken | undefined> {
  const files = env.DRIFT_STATUS_TOKEN ? [] : ['credentials-file']
  return checks.run<FoundToken>('token', { needs: [...files, ...needs] }, async () => {
    const found = await resolveToken(resolved, env)
    if (!found) throw noToken(resolved)
    checks.hide(found.token)
    return ok(`${redactToken(found.token)} (${sourceText(found.source)})`, { token: found.token })
  })
}
