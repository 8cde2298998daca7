import { DriftStatusError } from '../../domain/errors.js'
import type { Credential, CredentialStore } from '../../profiles/credentials/credential-store.js'
import { defineCommand } from '../command.js'
import type { Context } from '../context.js'
import { line } from '../output/line.js'
import { canAsk } from '../terminal/ask.js'
import { NAME_ARGUMENT, type NamedOptions, nameFlag } from './profile.js'

interface LoginOptions extends NamedOptions {
  readonly tokenFile?: string
  /** False with `--no-verify`. */
  readonly verify?: boolean
  readonly credentials?: 'keyring' | 'file'
}

const MAX_TOKEN_BYTES = 64 * 1024

export const profileLogin = defineCommand<LoginOptions>({
  name: 'profile login',
  summary: 'store a token for a profile after the service accepts it',
  description:
    'Stores a token for a profile after the service accepts it. The token comes from --token-file (- reads standard\ninput), from DRIFT_STATUS_TOKEN, or from a prompt that hides it; it is never the value of a flag.\nIt is stored in the system keyring, or else in a file that only you can read.',
  arguments: [NAME_ARGUMENT],
  options: [
    {
      flags: '--token-file <path>',
      summary: 'the file that holds the token; - reads standard input',
      completes: 'files',
    },
    { flags: '--no-verify', summary: 'store it without asking the service' },
    {
      flags: '--credentials <place>',
      summary: 'where to store it (default: the keyring if there is one)',
      choices: ['keyring', 'file'],
    },
  ],
  fields: ['changed', 'profile', 'place'],
  examples: ['profile login', 'profile login prod --token-file token.txt'],
  async run(options, context) {
    const { name, profile } = await remoteProfile(options, context)
    const { tokenOrigin } = await import('../../profiles/profile.js')
    const { chooseStore, saveCredential } = await import('../../profiles/credentials/credentials.js')
    const origin = tokenOrigin(profile)
    const token = await readToken(options, origin, context)
    const you = options.verify === false ? undefined : await whoAmI(name, token, context)
    const store = await chooseStore(options.credentials, context.env)
    if (!options.quiet) await announce(store, options, context)
    const credential: Credential = { token, origin }
    await saveCredential(name, credential, store, context.env)
    return {
      json: {
        changed: true,
        profile: name,
        place: store.place,
        workspace: you?.workspace ?? null,
        agent: you?.agent ?? null,
      },
      text: (style) =>
        line`${style.good('Logged in')} to ${style.bold(you?.workspace ?? origin)} as profile ${style.bold(name)}; ${
          you ? `you are ${you.agent ?? 'no agent of it'}` : 'the token was not checked'
        }`,
    }
  },
})

/** Said before anything is written: a token in a file is a choice that its owner should know of. */
async function announce({ place }: CredentialStore, options: LoginOptions, context: Context): Promise<void> {
  if (place.kind !== 'file') return
  const isWanted = options.credentials === 'file' || context.env.DRIFT_STATUS_CREDENTIALS === 'file'
  const reason = isWanted ? '' : ' (no system keyring here)'
  const { printAside } = await import('../output/print.js')
  await printAside(
    () => `The token will be stored in ${place.path}, which only you can read${reason}.`,
    options,
    context,
  )
}

/** The token of `--token-file`, else of the environment, else of a question. */
async function readToken(options: LoginOptions, origin: string, context: Context): Promise<string> {
  const { environmentToken, parseToken } = await import('../../profiles/token.js')
  const { tokenFile } = options
  if (tokenFile !== undefined) return parseToken(await readTokenFile(tokenFile, context), nameOf(tokenFile))
  const fromEnvironment = environmentToken(context.env)
  if (fromEnvironment) {
    checkMeant(origin, context.env)
    return fromEnvironment.token
  }
  if (!canAsk(options, context)) {
    throw new DriftStatusError('usage', 'there is no token to log in with', {
      hint: 'name a file with --token-file, pipe it to --token-file -, or set DRIFT_STATUS_TOKEN',
    })
  }
  const prompter = await context.prompter()
  return parseToken(await prompter.secret(`Token for ${origin}`), 'the answer')
}

/** A token of the environment is for the service that the environment names, and goes to no other. */
function checkMeant(origin: string, { DRIFT_STATUS_URL: url }: Context['env']): void {
  if (!url || !URL.canParse(url) || new URL(url).origin === origin) return
  throw new DriftStatusError('usage', `DRIFT_STATUS_TOKEN is for DRIFT_STATUS_URL, which is not ${origin}`, {
    hint: 'unset both to be asked for the token of the profile, or name the file of it with --token-file',
  })
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

async function readTokenFile(path: string, context: Context): Promise<string> {
  try {
    return new TextDecoder().decode(await context.read(path, MAX_TOKEN_BYTES))
  } catch (cause) {
    if (!(cause instanceof DriftStatusError)) throw cause
    throw new DriftStatusError('usage', `--token-file: ${cause.message}`, {
      hint: 'name the file that holds the token, or - for standard input',
      cause,
    })
  }
}

interface Identity {
  readonly workspace: string
  /** Undefined for a token that belongs to no agent. */
  readonly agent: string | undefined
}

/** Asks the service with the new token: one that it refuses is never kept. */
async function whoAmI(profile: string, token: string, context: Context): Promise<Identity> {
  const connection = await context.connect(profile, { token })
  const { client } = connection
  try {
    if (connection.service !== 'drift') {
      const { workspace, agent, email } = await connection.client.getMe({})
      return { workspace, agent: email ?? agent ?? undefined }
    }
    // A Drift token belongs to an organisation: the profile says who "me" is.
    const { workspace } = await client.getStatus({})
    const you = await client.getAgent({ id: 'me' }).catch((error: unknown) => {
      if (error instanceof DriftStatusError) return undefined
      throw error
    })
    return { workspace, agent: you && (you.value.email ?? you.value.id) }
  } finally {
    await client.close()
  }
}

export const profileLogout = defineCommand<NamedOptions>({
  name: 'profile logout',
  summary: 'forget the token of a profile',
  arguments: [NAME_ARGUMENT],
  options: [],
  fields: ['changed', 'profile'],
  examples: ['profile logout prod'],
  async run(options, context) {
    const { name, profile } = await remoteProfile(options, context)
    const { removeCredential } = await import('../../profiles/credentials/credentials.js')
    const isChanged = await removeCredential(name, context.env)
    const revoking =
      profile.service === 'drift' ? 'revoke it in Drift' : 'an admin ends it with "drift-status token revoke ID"'
    return {
      json: { changed: isChanged, profile: name },
      text: (style) =>
        isChanged
          ? [
              line`${style.good('Logged out')} of profile ${style.bold(name)}`,
              style.dim(`The token itself still works: ${revoking}`),
            ]
          : `Nothing changed: no token is kept for profile ${name}`,
    }
  },
})

/** A token is kept for a profile of the file, whatever service the environment names. */
async function remoteProfile(options: NamedOptions, { env }: Context) {
  const { resolveProfile } = await import('../../profiles/resolve-profile.js')
  const { name, profile } = resolveProfile(nameFlag(options), { ...env, DRIFT_STATUS_URL: undefined })
  if (profile.service !== 'local' && name !== undefined) return { name, profile }
  throw new DriftStatusError('usage', `profile "${name}" is a file on this machine and needs no token`, {
    hint: 'name another profile, or add one: drift-status profile add NAME --url URL',
  })
}
