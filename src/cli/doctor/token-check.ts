import { shellWord } from '../../domain/shell-word.js'
import type { ResolvedProfile } from '../../profiles/resolve-profile.js'
import { redactToken, resolveToken } from '../../profiles/token.js'
import type { Context } from '../context.js'
import { sourceText } from '../output/profiles.js'
import { type Checks, failed, ok } from './check.js'

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
    if (!found) {
      const { name } = resolved
      return name === undefined
        ? failed('DRIFT_STATUS_URL names a service, and there is no token for it', 'set DRIFT_STATUS_TOKEN as well')
        : failed(
            `profile "${name}" has no token for this address`,
            `run "drift-status profile login ${shellWord(name)}"`,
          )
    }
    checks.hide(found.token)
    return ok(`${redactToken(found.token)} (${sourceText(found.source)})`, { token: found.token })
  })
}
