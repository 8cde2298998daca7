import type { Profile } from '../../profiles/profile.js'
import type { ProfileFlag, ResolvedProfile } from '../../profiles/resolve-profile.js'
import { type ArgumentSpec, type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { line } from '../output/line.js'
import type { SourcedValue } from '../output/views/profiles.js'

/** A profile by name; without one it is the one in use. */
export interface NamedOptions extends GlobalOptions {
  readonly name?: string
}

export const NAME_ARGUMENT: ArgumentSpec = {
  name: '[name]',
  summary: 'the profile (default: the one in use)',
  completes: 'profiles',
}

/** The argument stands for `--profile`. */
export function nameFlag({ name, profile }: NamedOptions): ProfileFlag {
  return name === undefined ? { value: profile } : { value: name, name: 'the command line' }
}

export const profileList = defineCommand<GlobalOptions>({
  name: 'profile list',
  summary: 'the profiles, and which is in use',
  isDefault: true,
  options: [],
  list: { key: 'profiles', fields: ['name', 'service', 'database', 'url', 'agent', 'agentId', 'protected', 'file'] },
  examples: ['profile list', 'profile list --json'],
  async run({ profile: flag }, { env }) {
    const { readProfiles } = await import('../../profiles/profiles.js')
    const { current, profiles } = readProfiles(env)
    const inUse = flag ?? (env.DRIFT_STATUS_PROFILE || (env.DRIFT_STATUS_URL ? undefined : current))
    return {
      json: {
        current: inUse ?? null,
        profiles: Object.entries(profiles).map(([name, profile]) => profileAnswer(name, profile)),
      },
      text: async (style) => (await import('../output/views/profiles.js')).renderProfiles(profiles, inUse, style),
    }
  },
})

/** A profile in `--json`: its settings, with every default filled in. */
export function profileAnswer(name: string, profile: Profile): Record<string, unknown> {
  return { name, ...profile, protected: profile.protected ?? false }
}

export const profileShow = defineCommand<NamedOptions>({
  name: 'profile show',
  summary: 'a profile, and where each of its values comes from',
  description: 'Shows a profile and where each of its values comes from. It shows only the id of a token.',
  arguments: [NAME_ARGUMENT],
  options: [],
  fields: ['name', 'values'],
  examples: ['profile show', 'profile show local --json'],
  async run(options, { env }) {
    const { resolveProfile } = await import('../../profiles/resolve-profile.js')
    const resolved = resolveProfile(nameFlag(options), env)
    const { name, nameSource, profile, sources } = resolved
    const settings = profile as unknown as Readonly<Record<string, string | boolean | undefined>>
    const { defaultSettings } = await import('../../profiles/profile.js')
    const defaults = defaultSettings(profile)
    const values: Record<string, SourcedValue> = { profile: { value: name ?? null, source: nameSource } }
    for (const [key, source] of Object.entries(sources)) {
      values[key] = { value: settings[key] ?? defaults[key] ?? null, source }
    }
    if (profile.service !== 'local') values.token = await tokenValue(resolved, env)
    return {
      json: { name: name ?? null, values },
      text: async (style) => (await import('../output/views/profiles.js')).renderProfileValues(values, style),
    }
  },
})

async function tokenValue(resolved: ResolvedProfile, env: Context['env']): Promise<SourcedValue> {
  const { redactToken, resolveToken } = await import('../../profiles/token.js')
  const found = await resolveToken(resolved, env)
  return found
    ? { value: redactToken(found.token), source: found.source }
    : { value: null, source: { kind: 'default' } }
}

export const profileUse = defineCommand<GlobalOptions & { readonly name: string }>({
  name: 'profile use',
  summary: 'make a profile the one in use',
  arguments: [{ ...NAME_ARGUMENT, name: '<name>', summary: 'the profile' }],
  options: [],
  fields: ['profile', 'changed'],
  examples: ['profile use local'],
  async run(options, context): Promise<CommandResult> {
    const { name } = options
    const { env } = context
    const { getProfile } = await import('../../profiles/profiles.js')
    const { updateProfiles } = await import('../../profiles/update-profiles.js')
    let isChanged = false
    await updateProfiles(env, (before) => {
      getProfile(before, name)
      isChanged = before.current !== name
      return isChanged ? { ...before, current: name } : before
    })
    const { printAside } = await import('../output/print.js')
    const louder = ['DRIFT_STATUS_PROFILE', 'DRIFT_STATUS_URL'].find((variable) => env[variable])
    if (louder && !options.quiet)
      await printAside(
        (style) => line`${style.warn('warning:')} ${louder} is set and overrides the current profile`,
        options,
        context,
      )
    return {
      json: { profile: name, changed: isChanged },
      text: (style) =>
        isChanged
          ? line`${style.good('Using')} profile ${style.bold(name)}`
          : `Nothing changed: ${name} is in use already`,
    }
  },
})
