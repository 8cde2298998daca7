import { type CompletionSource, defineCommand, type GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { Dressed, MAX_LISTED, shorten } from '../output/line.js'
import { safeText } from '../output/safe-text.js'
import { withAgents, withClient } from '../session/live.js'

/** More values than this are no help at a prompt. */
const MAX_VALUES = 1000

const SOURCES = [
  'agents',
  'teams',
  'rules',
  'playbooks',
  'zones',
  'profiles',
] as const satisfies readonly CompletionSource[]

/** What a shell asks for live values: one a line, a tab before what it is. Never an error. */
export const complete = defineCommand<GlobalOptions & { source: Source }>({
  name: '__complete',
  summary: 'live values for a shell',
  isHidden: true,
  arguments: [{ name: '<source>', summary: 'what to list', choices: SOURCES }],
  options: [],
  examples: ['__complete zones'],
  async run(options, context) {
    const values = await listValues(options, context).catch(() => [])
    return {
      json: values,
      text: () => shellLines(values),
    }
  },
})

type Source = (typeof SOURCES)[number]
/** Those that a workspace is asked for. */
type LiveSource = Exclude<Source, 'zones' | 'profiles'>

/** One value a line, a tab before what it is. A value that no one could type, or that is two lines, is not offered. */
function shellLines(values: readonly Value[]): readonly Dressed[] {
  const typeable = values.filter(([value]) => value !== '' && safeText(value) === value)
  return typeable.map(([value, meaning]) =>
    meaning ? new Dressed(`${value}\t${shorten(safeText(meaning), MAX_LISTED)}`) : new Dressed(value),
  )
}

type Value = readonly [value: string, meaning?: string | undefined]

async function listValues(options: GlobalOptions & { source: Source }, context: Context): Promise<readonly Value[]> {
  const { source } = options
  if (source === 'zones') return ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => [zone])
  if (source === 'profiles') return listProfiles(context)
  return LISTS[source](options, context)
}

async function listProfiles({ env }: Context): Promise<readonly Value[]> {
  const { readProfiles } = await import('../../profiles/profiles.js')
  const { placeOf } = await import('../../profiles/profile.js')
  return Object.entries(readProfiles(env).profiles).map(([name, profile]) => [name, placeOf(profile)])
}

const LISTS: Readonly<Record<LiveSource, (options: GlobalOptions, context: Context) => Promise<readonly Value[]>>> = {
  agents: (options, context) =>
    withAgents(options, context, async (client) => {
      const { agents } = await client.listAgents({ limit: MAX_VALUES })
      return agents.map(({ id, email, name }) => [email ?? id, name])
    }),
  teams: (options, context) =>
    withAgents(options, context, async (client) => (await client.getTeams({})).value.map(({ id, name }) => [id, name])),
  rules: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.getRouting({})).value.rules.map(({ id, name }) => [id, name]),
    ),
  playbooks: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.getPlaybooks({})).value.map(({ id, message }) => [id, message]),
    ),
}
