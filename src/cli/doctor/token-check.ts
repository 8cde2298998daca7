import type { ResolvedProfile } from '../../profiles/resolve-profile.js'
import { noToken, redactToken, resolveToken } from '../../profiles/token.js'
import type { Context } from '../context.js'
import { sourceText } from '../output/views/profiles.js'
import { type Checks, ok } from './check.js'

export interface FoundToken {
  readonly token: string
}

/** Whether there is a token for the profile; of the token itself nothing is ever shown but what names it. */
export async function checkToken(
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
