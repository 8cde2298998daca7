import { accessSync, constants } from 'node:fs'
import { didYouMean } from '../../domain/nearest.js'
import { ignoredVariables } from '../../profiles/base-folder.js'
import { type Checks, type Finding, ok, warning } from './check.js'
import type { Runtime } from './process-checks.js'

/** The variables that this program reads, and whether their value may be shown. */
const VARIABLES: Readonly<Record<string, 'shown' | 'hidden'>> = {
  DRIFT_STATUS_PROFILE: 'shown',
  DRIFT_STATUS_CONFIG_DIR: 'shown',
  DRIFT_STATUS_CACHE_DIR: 'shown',
  DRIFT_STATUS_CREDENTIALS: 'shown',
  DRIFT_STATUS_DATABASE_PASSWORD_FILE: 'shown',
  // Someone may have pasted a password into an address, or a token into the wrong variable.
  DRIFT_STATUS_URL: 'hidden',
  DRIFT_STATUS_TOKEN: 'hidden',
  DRIFT_STATUS_DATABASE_PASSWORD: 'hidden',
}

/** What the environment says louder than flags and files would let one think. */
export async function checkEnvironment(checks: Checks, { env, node }: Pick<Runtime, 'env' | 'node'>): Promise<void> {
  await checks.run('variables', {}, () => variablesFinding(env))
  const ignored = ignoredVariables(env)
  if (ignored.length > 0) {
    await checks.run('base-folders', {}, () =>
      warning(
        `${ignored.join(', ')}: a relative path, which is ignored as its specification asks`,
        'write the whole path, from the root, or unset it',
      ),
    )
  }
  if (env.NODE_EXTRA_CA_CERTS) {
    await checks.run('extra-certificates', {}, () => extraCertificatesFinding(env.NODE_EXTRA_CA_CERTS!, node))
  }
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    await checks.run('certificate-checks', {}, () =>
      warning(
        'NODE_TLS_REJECT_UNAUTHORIZED=0: anyone on the way may pose as the service and take your token',
        'unset it; trust an authority of your own with NODE_EXTRA_CA_CERTS=FILE',
      ),
    )
  }
  await checks.run('terminal', {}, () => terminalFinding(env))
}

function variablesFinding(env: Runtime['env']): Finding {
  const names = Object.keys(env).filter((name) => name.startsWith('DRIFT_STATUS_') && env[name])
  const unknown = names.find((name) => !Object.hasOwn(VARIABLES, name))
  if (unknown !== undefined) {
    return warning(
      `${unknown} is set, and nothing reads it`,
      didYouMean(unknown, Object.keys(VARIABLES)) ?? `unset it; known are ${Object.keys(VARIABLES).join(', ')}`,
    )
  }
  if (names.length === 0) return ok('no DRIFT_STATUS_ variable is set')
  const shown = names.sort().map((name) => (VARIABLES[name] === 'shown' ? `${name}=${env[name]}` : `${name} (set)`))
  return ok(`${shown.join(', ')}: overrides the files`)
}

/** Node 20 parses all of the file before it starts: a distribution's 140 authorities took longer than Node itself. */
function extraCertificatesFinding(path: string, node: string): Finding {
  try {
    accessSync(path, constants.R_OK)
  } catch {
    return warning(
      `NODE_EXTRA_CA_CERTS names ${path}, which cannot be read: Node goes on without it`,
      'name a readable file of certificates in PEM, or unset it',
    )
  }
  const cost = node.startsWith('20.') ? '; Node 20 reads all of them at every start: the fewer, the sooner' : ''
  return ok(`NODE_EXTRA_CA_CERTS: the certificates of ${path} are trusted as well${cost}`)
}

function terminalFinding(env: Runtime['env']): Finding {
  const said = [
    ...(env.NO_COLOR ? ['NO_COLOR: nothing is coloured'] : []),
    ...(env.FORCE_COLOR !== undefined && !env.NO_COLOR ? [`FORCE_COLOR=${env.FORCE_COLOR} decides on colour`] : []),
    ...(env.CI ? ['CI: nothing asks'] : []),
  ]
  return ok(said.length === 0 ? 'neither NO_COLOR, FORCE_COLOR nor CI is set' : said.join('; '))
}
