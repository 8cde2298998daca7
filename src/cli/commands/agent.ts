import type { Client } from '../../api/client.js'
import { type LiveAgent, type StatusWriteAnswer, statusNow } from '../../api/contract/answers.js'
import type { WriteAnswer } from '../../api/contract/operation.js'
import { DriftStatusError } from '../../domain/errors.js'
import { AGENT_STATUSES, type AgentStatus, ROLES, type Role } from '../../domain/words.js'
import {
  type CommandSpec,
  defineCommand,
  type GlobalOptions,
  type OptionSpec,
  WRITE_FIELDS,
  WRITE_OPTIONS,
  type WriteFlags,
} from '../command.js'
import { type PeriodFlags, readPeriod, readWorkspaceTime } from '../flags/typed-time.js'
import { emailAddress, limitOrNone, wholeNumber } from '../flags/values.js'
import { withAgents, writeOptions, writeResult } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'
import { describePeriod, describeTime, PERIOD_OPTIONS } from './widget.js'

const WHO = { name: '<who>', summary: 'an agent: id, email or name; "me" is yourself', completes: 'agents' } as const

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

export const agentAvailable = statusCommand('available')
export const agentAway = statusCommand('away')

interface StatusFlags extends WriteFlags, PeriodFlags {
  readonly who?: string
  readonly agent?: string
  readonly note?: string
}

function statusCommand(status: AgentStatus): CommandSpec {
  return defineCommand<StatusFlags>({
    name: `agent ${status}`,
    summary: status === 'away' ? 'step away from the counter' : 'step behind the counter',
    description:
      `Sets your own status to ${status}; that of another, who is named, needs the admin role. After --for or\n` +
      '--until the status from before holds again, until its own end; with --from it is planned, and begins by itself.\n' +
      'The widget mode is never written by a status.',
    arguments: [{ ...WHO, name: '[who]' }],
    options: [
      ...PERIOD_OPTIONS,
      { flags: '--note <text>', summary: 'a note that others see, e.g. lunch' },
      { flags: '--agent <who>', summary: 'the same as the argument', completes: 'agents', isHidden: true },
      ...WRITE_OPTIONS,
    ],
    fields: WRITE_FIELDS,
    examples:
      status === 'away'
        ? [
            'agent away',
            'agent away --for 45m --note lunch',
            'agent away ana@acme.example --until "tomorrow 9am"',
            'agent away --from "24 dec" --until "2 jan 9am" --note vacation',
          ]
        : ['agent available', 'agent available ana'],
    run: (options, context) =>
      withAgents(options, context, async (client) => {
        const who = whoOf(options)
        const { from, until } = await readPeriod(options, client, context)
        const request = {
          id: who ?? 'me',
          status,
          ...(from !== undefined && { from }),
          ...(until !== undefined && { until }),
          ...(options.note !== undefined && { note: options.note }),
        }
        const answer = await client.putStatus(request, writeOptions(options))
        const isSelf = who === undefined
        const { name = answer.agent.id } = answer.agent
        if (from !== undefined && until !== undefined) {
          const period = describePeriod(from, until, answer.timeZone, context.now())
          return writeResult(answer, `${isSelf ? 'You' : name} will be ${status} ${period}`)
        }
        const subject = isSelf ? 'You are' : `${name} is`
        const end = answer.dryRun ? '' : describeEnd(until, answer, context.now())
        return writeResult(
          answer,
          `${subject} ${status}${end}`,
          `${isSelf ? 'You were' : `${name} was`} the last one available`,
        )
      }),
  })
}

/** Whom a status is set of; undefined for oneself. */
function whoOf({ who, agent }: StatusFlags): string | undefined {
  if (who === undefined || agent === undefined || who === agent) return who ?? agent
  throw new DriftStatusError('usage', 'two agents are named', { hint: 'leave out --agent' })
}

export const agentAuto = defineCommand<WriteFlags & { who?: string }>({
  name: 'agent auto',
  summary: 'let the duty decide whether you are available',
  description:
    'Makes your status, or that of another who is named, follow the duty: available within the shifts, and away\n' +
    'outside them, with nothing running in between. "agent away" and "agent available" go before it.',
  arguments: [{ ...WHO, name: '[who]' }],
  options: WRITE_OPTIONS,
  fields: WRITE_FIELDS,
  examples: ['agent auto', 'agent auto ana'],
  run: (options, context) =>
    withAgents(options, context, async (client) => {
      const answer = await client.putStatus({ id: options.who ?? 'me', status: 'automatic' }, writeOptions(options))
      const { name = answer.agent.id } = answer.agent
      const isSelf = options.who === undefined
      const now = `${isSelf ? 'you are' : `${name} is`} ${statusNow(answer.agent)} now`
      return writeResult(answer, `${isSelf ? 'You follow' : `${name} follows`} the duty: ${now}`)
    }),
})

export const agentPlan = defineWrite<{ action: 'remove'; from: string; who?: string }>({
  name: 'agent plan',
  summary: 'take back a status that begins later',
  description: 'What is planned is shown by "agent show"; it is taken back by the time at which it begins.',
  arguments: [
    { name: '<action>', summary: 'remove', choices: ['remove'] },
    { name: '<from>', summary: 'when it begins: "24 dec", ISO 8601' },
    { ...WHO, name: '[who]' },
  ],
  examples: ['agent plan remove "24 dec"', 'agent plan remove "24 dec" ana'],
  write: async (client, { from: typed, who = 'me' }, writing, context) => {
    const from = await readWorkspaceTime(typed, 'argument <from>', client, context, 'future')
    const answer = await client.deletePlanned({ id: who, from }, writing)
    const whose = who === 'me' ? 'Your status' : `The status of ${answer.agent.name ?? answer.agent.id}`
    return [answer, `${whose} from ${describeTime(from, answer.timeZone, context.now())} is taken back`]
  },
})

/** R15: an end after which the same status would hold changes nothing, and the answer says so. */
function describeEnd(
  asked: string | undefined,
  { agent: { until }, timeZone }: Pick<StatusWriteAnswer, 'agent' | 'timeZone'>,
  now: number,
): string {
  if (asked !== undefined && until !== undefined) return ` until ${describeTime(until, timeZone, now)}`
  return asked === undefined ? '' : ', which is the lasting status: the end changes nothing'
}

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
