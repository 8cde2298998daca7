import type { Client } from '../../api/client.js'
import type { LiveAgent } from '../../api/contract/answers.js'
import type { WriteAnswer } from '../../api/contract/operation.js'
import { DriftStatusError } from '../../domain/errors.js'
import { AGENT_STATUSES, type AgentStatus, ROLES, type Role } from '../../domain/words.js'
import { defineCommand, type GlobalOptions, type OptionSpec } from '../command.js'
import { emailAddress, limitOrNone, wholeNumber } from '../flags/values.js'
import { withAgents } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'
import { WHO } from './agent-status.js'

export const agentShow = defineCommand<GlobalOptions & { who?: string }>({
  name: 'agent show',
  summary: 'one agent, yourself by default',
  isDefault: true,
  arguments: [{ ...WHO, name: '[who]' }],
  options: [],
  fields: [
    'id',
    'name',
    'email',
    'role',
    'status',
    'resolved',
    'until',
    'note',
    'planned',
    'availability',
    'bot',
    'disabled',
    'openChats',
    'chatLimit',
    'lastRoutedAt',
    'timeZone',
    'avatar',
    'afterwards',
    'teams',
    'revision',
  ],
  examples: ['agent', 'agent show ana@acme.example'],
  run: (options, context) =>
    withAgents(options, context, async (client) => {
      const [{ value, revision, timeZone }, all] = await Promise.all([
        client.getAgent({ id: options.who ?? 'me' }),
        client.getTeams({}),
      ])
      const teams = all.value.filter(({ members }) => isMember(members, value))
      return {
        json: { ...value, teams: teams.map(({ id }) => id), revision },
        text: async (style) => {
          const { renderAgent } = await import('../output/views/agents.js')
          return renderAgent(value, teams, { timeZone, now: context.now(), style })
        },
      }
    }),
})

interface ListOptions extends GlobalOptions {
  readonly status?: AgentStatus
  readonly after?: string
  readonly limit?: number
}

export const agentList = defineCommand<ListOptions>({
  name: 'agent list',
  summary: 'the agents and their statuses',
  options: [
    { flags: '--status <status>', summary: 'only those available or away', choices: AGENT_STATUSES },
    { flags: '--after <id>', summary: 'only those after this id' },
    { flags: '--limit <count>', summary: 'at most this many (default: 50)', parse: wholeNumber(1, 1000) },
  ],
  list: {
    key: 'agents',
    fields: [
      'id',
      'name',
      'email',
      'role',
      'status',
      'resolved',
      'until',
      'note',
      'planned',
      'availability',
      'bot',
      'disabled',
      'openChats',
      'chatLimit',
      'lastRoutedAt',
      'timeZone',
      'avatar',
      'afterwards',
    ],
  },
  examples: ['agent list', 'agent list --status available --json'],
  run: (options, context) =>
    withAgents(options, context, async (client) => {
      const { status, after, limit } = options
      const answer = await client.listAgents({ status, after, limit })
      return {
        json: answer,
        text: async (style) =>
          (await import('../output/views/agents.js')).renderAgentList(answer, { now: context.now(), style }),
      }
    }),
})

interface SettingFlags {
  readonly email?: string
  readonly name?: string
  readonly role?: Role
  readonly avatar?: string
  readonly timeZone?: string
  readonly chatLimit?: number | 'none'
  readonly bot?: boolean
  readonly disabled?: boolean
}

const SETTING_OPTIONS: readonly OptionSpec[] = [
  { flags: '--email <email>', summary: 'the email', parse: emailAddress },
  { flags: '--name <name>', summary: 'the name' },
  { flags: '--role <role>', summary: 'admin or agent', choices: ROLES },
  { flags: '--avatar <url>', summary: 'the address of a picture' },
  { flags: '--time-zone <zone>', summary: 'the IANA time zone', completes: 'zones' },
  {
    flags: '--chat-limit <count>',
    summary: 'open chats from which no more are taken; "none" for no limit',
    parse: limitOrNone,
  },
  { flags: '--bot', summary: 'a bot: never behind the counter' },
  { flags: '--no-bot', summary: 'a person' },
  { flags: '--disabled', summary: 'out of the workspace for now' },
  { flags: '--no-disabled', summary: 'in the workspace' },
]

export const agentAdd = defineWrite<SettingFlags & { id: string; status?: AgentStatus }>({
  name: 'agent add',
  summary: 'add an agent',
  arguments: [{ name: '<id>', summary: 'a new id, e.g. a number' }],
  options: [
    ...SETTING_OPTIONS,
    { flags: '--status <status>', summary: 'how the newcomer starts (default: available)', choices: AGENT_STATUSES },
  ],
  examples: ['agent add 12 --name "Mia Chen" --email mia@acme.example --status away'],
  write: async (client, options, writing) => {
    const { id, status } = options
    // A newcomer has nothing to remove.
    const given = Object.entries({ id, ...settingsOf(options), status }).filter(([, value]) => value != null)
    const agent = Object.fromEntries(given) as Parameters<Client['addAgent']>[0]['agent']
    const answer = await client.addAgent({ agent }, writing)
    return [answer, `${options.name ?? id} is an agent${status === undefined ? '' : `, ${status}`}`]
  },
})

export const agentEdit = defineWrite<SettingFlags & { who: string }>({
  name: 'agent edit',
  summary: 'change an agent',
  arguments: [WHO],
  options: SETTING_OPTIONS,
  examples: ['agent edit ana --role admin', 'agent edit ana --chat-limit none'],
  write: async (client, options, writing) => {
    const settings = settingsOf(options)
    if (Object.keys(settings).length === 0) {
      throw new DriftStatusError('usage', 'there is nothing to change', {
        hint: 'run "drift-status agent edit --help"',
      })
    }
    const answer = await client.patchAgent({ id: options.who, settings }, writing)
    return [answer, `${nameIn(answer, options.who)} is changed`]
  },
})

export const agentRemove = defineWrite<{ who: string }>({
  name: 'agent remove',
  summary: 'remove an agent that no team or rule names',
  arguments: [WHO],
  examples: ['agent remove 12'],
  write: async (client, options, writing) => {
    const answer = await client.deleteAgent({ id: options.who }, writing)
    return [answer, `${nameIn(answer, options.who)} is removed`]
  },
})

/** What the agent is called that a write changed or removed; as the person said it, where the answer does not tell. */
function nameIn({ changes, names = {} }: WriteAnswer, who: string): string {
  const [removed] = changes.map(({ before }) => before as { readonly name?: string } | undefined)
  return Object.values(names)[0] ?? removed?.name ?? who
}

/** The settings that flags name, by the document's own keys. */
function settingsOf({
  email,
  name,
  role,
  avatar,
  timeZone,
  chatLimit,
  bot,
  disabled,
}: SettingFlags): Record<string, unknown> {
  // null removes a setting.
  const limit = chatLimit === 'none' ? null : chatLimit
  const settings = { email, name, role, avatar, timeZone, chatLimit: limit, bot, disabled }
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}

/** A team names its members by id, or by email in any case. */
function isMember(members: readonly string[], { id, email }: Pick<LiveAgent, 'id' | 'email'>): boolean {
  return members.some((member) => member === id || member.toLowerCase() === email?.toLowerCase())
}
