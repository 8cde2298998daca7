import { resolve } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'
import { shellWord } from '../../domain/shell-word.js'
import { parseDatabase } from '../../profiles/database-place.js'
import { type Profile, parseProfileName, parseProfileUrl, placeOf } from '../../profiles/profile.js'
import { defineCommand, type GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { line } from '../output/line.js'
import { canAsk, confirmOrStop } from '../terminal/ask.js'
import { NAME_ARGUMENT, profileAnswer } from './profile.js'

interface AddOptions extends GlobalOptions {
  readonly name: string
  readonly url?: string
  readonly database?: string
  readonly drift?: boolean
  readonly agent?: string
  readonly file?: string
  readonly protected?: boolean
  readonly use?: boolean
  readonly replace?: boolean
}

export const profileAdd = defineCommand<AddOptions>({
  name: 'profile add',
  summary: 'name a workspace: a shared one, a file, or a Drift account',
  description:
    'Names a workspace: a shared one by its URL, a file on this machine or a PostgreSQL database, or a Drift account. The first profile is\nthe one in use; for another, add --use.',
  arguments: [{ name: '<name>', summary: 'its name, e.g. prod', parse: parseProfileName }],
  options: [
    { flags: '--url <url>', summary: 'where the shared workspace is served', parse: parseProfileUrl },
    {
      flags: '--database <place>',
      summary: 'the file of a workspace on this machine, or postgres://USER@HOST/DATABASE',
      completes: 'files',
      parse: parseDatabase,
    },
    { flags: '--drift', summary: 'a Drift account' },
    { flags: '--agent <who>', summary: 'who you are in the file or in Drift: id or email' },
    { flags: '--file <path>', summary: 'the document that simulate combines with Drift', completes: 'files' },
    { flags: '--protected', summary: 'ask before every write' },
    { flags: '--use', summary: 'make it the one in use' },
    { flags: '--replace', summary: 'replace a profile of this name' },
  ],
  fields: ['changed', 'profile'],
  examples: [
    'profile add prod --url https://status.acme.example --protected',
    'profile add acme --drift --agent ana@acme.example',
  ],
  async run(options, context) {
    const { name, use = false, replace = false } = options
    const profile = await newProfile(options, context)
    const { addProfile } = await import('../../profiles/update-profiles.js')
    const isChanged = await addProfile(context.env, name, profile, { isUsed: use, replaces: replace })
    const next =
      profile.service === 'local' ? `status --profile ${shellWord(name)}` : `profile login ${shellWord(name)}`
    return {
      json: { changed: isChanged, profile: profileAnswer(name, profile) },
      text: (style) =>
        isChanged
          ? [
              line`${style.good('Added')} profile ${style.bold(name)}: ${placeOf(profile)}`,
              style.dim(`Next: drift-status ${next}`),
            ]
          : `Nothing changed: profile ${name} is ${placeOf(profile)} already`,
    }
  },
})

async function newProfile(given: AddOptions, context: Context): Promise<Profile> {
  const options = given.url || given.database !== undefined || given.drift ? given : await askPlace(given, context)
  const { url, database, drift, agent, file, protected: isProtected } = options
  const settings = { ...(isProtected && { protected: true }) }
  const who = { ...(agent !== undefined && { agent }) }
  if (database !== undefined) {
    refuse([url && '--url', drift && '--drift', file && '--file'], 'does not go with --database')
    const { agentInFile } = await import('../session/connect.js')
    const you = agent === undefined ? {} : await agentInFile(database, agent, context.env)
    return { service: 'local', database, ...you, ...settings }
  }
  const place = { ...(url !== undefined && { url }) }
  if (drift) {
    return { service: 'drift', ...place, ...who, ...(file !== undefined && { file: resolve(file) }), ...settings }
  }
  refuse([agent && '--agent'], 'does not go with --url: the token says who you are')
  refuse([file && '--file'], 'goes with --drift alone')
  return { service: 'shared', url: url!, ...settings }
}

function refuse(flags: readonly unknown[], reason: string): void {
  const flag = flags.find(Boolean)
  if (flag) throw new DriftStatusError('usage', `${flag} ${reason}`, { hint: 'leave it out' })
}

async function askPlace(options: AddOptions, context: Context): Promise<AddOptions> {
  if (!canAsk(options, context)) {
    throw new DriftStatusError('usage', 'where is the workspace?', {
      hint: 'name it with --url URL, --database PATH or --drift',
    })
  }
  const prompter = await context.prompter()
  const [shared, file, drift] = ['a shared workspace', 'a file on this machine', 'a Drift account']
  const choice = await prompter.choose('What is it', [shared!, file!, drift!])
  if (choice === shared) return { ...options, url: parseProfileUrl(await prompter.text('Its URL')) }
  if (choice === file) return { ...options, database: parseDatabase(await prompter.text('Path of the file')) }
  const agent = options.agent ?? (await prompter.text('Your Drift user, by id or email'))
  return { ...options, drift: true, ...(agent !== '' && { agent }) }
}

export const profileRemove = defineCommand<GlobalOptions & { readonly name: string }>({
  name: 'profile remove',
  summary: 'forget a profile and its token; the workspace stays',
  arguments: [{ ...NAME_ARGUMENT, name: '<name>', summary: 'the profile' }],
  options: [],
  fields: ['changed', 'removed', 'tokenRemoved', 'current'],
  examples: ['profile remove staging --yes'],
  async run(options, context) {
    const { name } = options
    const { getProfile, readProfiles } = await import('../../profiles/profiles.js')
    const { updateProfiles } = await import('../../profiles/update-profiles.js')
    const profile = getProfile(readProfiles(context.env), name)
    await confirmOrStop(
      { question: `Remove profile "${name}" (${placeOf(profile)})?`, reason: 'removing a profile asks first' },
      options,
      context,
    )
    const { removeCredential } = await import('../../profiles/credentials/credentials.js')
    // First the token: a profile that is left over can be removed again, a token without one is forgotten.
    const hadToken = profile.service !== 'local' && (await removeCredential(name, context.env))
    let current: string | undefined
    await updateProfiles(context.env, ({ profiles: { [name]: _, ...profiles }, ...rest }) => {
      current = rest.current === name ? undefined : rest.current
      return { ...(current !== undefined && { current }), profiles }
    })
    return {
      json: { changed: true, removed: name, tokenRemoved: hadToken, current: current ?? null },
      text: (style) => [
        line`${style.good('Removed')} profile ${style.bold(name)}${hadToken ? ' and its token' : ''}; ${placeOf(profile)} stays as it is`,
        ...(current === undefined ? [style.dim('No profile is in use now: drift-status profile use NAME')] : []),
      ],
    }
  },
})
