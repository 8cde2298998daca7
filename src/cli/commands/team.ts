import type { Client } from '../../api/client.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { TeamAvailability } from '../../domain/words.js'
import { type CommandSpec, defineCommand, type GlobalOptions, type WriteFlags } from '../command.js'
import { addItem, findItem, removeItem, replaceItem } from '../flags/named-items.js'
import { onOrOff } from '../flags/values.js'
import { editVersioned, withAgents, withProfile, writeOptions } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'

type Teams = WorkspaceDocument['teams']

const ID = { name: '<id>', summary: 'the id of a team', completes: 'teams' } as const

interface MemberFlags extends WriteFlags {
  readonly id: string
  readonly name?: string
  readonly member?: readonly string[]
  readonly remove?: readonly string[]
}

export const teamList = defineCommand<GlobalOptions>({
  name: 'team list',
  summary: 'the teams, their members and when they take chats',
  isDefault: true,
  options: [],
  list: { key: 'teams', fields: ['id', 'name', 'members'] },
  fields: ['availability', 'autoOffline', 'hours'],
  examples: ['team list'],
  run: (options, context) =>
    withAgents(options, context, async (client) => {
      const answer = await client.getTeams({})
      return {
        json: { teams: answer.value, revision: answer.revision },
        text: async (style) => (await import('../output/views/teams.js')).renderTeams(answer, style),
      }
    }),
})

export const teamShow = defineCommand<GlobalOptions & { id: string }>({
  name: 'team show',
  summary: 'one team, whether it takes chats now, and where its members are',
  arguments: [ID],
  options: [],
  fields: ['id', 'name', 'members', 'availability', 'autoOffline', 'hours', 'current', 'revision'],
  examples: ['team show sales'],
  run: (options, context) =>
    withProfile(options, context, async ({ service, client }) => {
      const { value, revision } = await client.getTeams({})
      const team = findItem(value, options.id, 'team')
      const members = await Promise.all(team.members.map((member) => client.getAgent({ id: member })))
      // Drift's API does not say when a team opens.
      const decision = service === 'drift' ? undefined : await client.simulate({})
      const now = decision?.teams?.find(({ id }) => id === team.id)
      const current = now && { mode: now.mode, source: now.source, nextChange: now.nextChange }
      const view = { timeZone: decision?.timeZone ?? members[0]?.timeZone ?? 'UTC', now: context.now() }
      const agents = members.map((member) => member.value)
      return {
        json: { ...team, members: agents, ...(current && { current }), revision },
        text: async (style) =>
          (await import('../output/views/teams.js')).renderTeam({ ...team, current }, agents, { ...view, style }),
      }
    }),
})

export const teamAdd = defineWrite<MemberFlags>({
  name: 'team add',
  summary: 'add a team',
  arguments: [{ name: '<id>', summary: 'a new id' }],
  options: [
    { flags: '--name <name>', summary: 'the name' },
    { flags: '--member <who>', summary: 'a member, by id or email', isRepeatable: true, completes: 'agents' },
  ],
  examples: ['team add sales --name Sales --member 1 --member ana@acme.example'],
  write: async (client, options) => {
    const { id, name } = options
    const members = (await resolveMembers(options.member, client)).map(({ id: member }) => member)
    const team = { id, ...(name !== undefined && { name }), members }
    const answer = await editTeams(client, options, (teams) => addItem(teams, team, 'team'))
    return [answer, `Team ${id} is added`]
  },
})

export const teamEdit = defineWrite<MemberFlags>({
  name: 'team edit',
  summary: 'rename a team, add members, remove members',
  arguments: [ID],
  options: [
    { flags: '--name <name>', summary: 'the name' },
    { flags: '--member <who>', summary: 'add a member', isRepeatable: true, completes: 'agents' },
    { flags: '--remove <who>', summary: 'remove a member', isRepeatable: true, completes: 'agents' },
  ],
  examples: ['team edit sales --member 4 --remove 1'],
  write: async (client, options) => {
    const { id, name } = options
    if (name === undefined && !options.member && !options.remove) {
      throw new DriftStatusError('usage', 'there is nothing to change', { hint: 'add --name, --member or --remove' })
    }
    const [added, removed] = [
      await resolveMembers(options.member, client),
      await resolveMembers(options.remove, client),
    ]
    // A member may stand there by id or by email: both name the same agent.
    const isRemoved = (member: string) => removed.some(({ names }) => names.includes(member))
    const answer = await editTeams(client, options, (teams) =>
      replaceItem(teams, id, 'team', (team) => ({
        ...team,
        ...(name !== undefined && { name }),
        members: [
          ...new Set([
            ...team.members.filter((member) => !isRemoved(member)),
            ...added.map(({ id: member }) => member),
          ]),
        ],
      })),
    )
    return [answer, `Team ${id} is changed`]
  },
})

export const teamRemove = defineWrite<{ id: string }>({
  name: 'team remove',
  summary: 'remove a team that no rule names',
  arguments: [ID],
  examples: ['team remove sales'],
  write: async (client, options) => [
    await editTeams(client, options, (teams) => removeItem(teams, options.id, 'team')),
    `Team ${options.id} is removed`,
  ],
})

export const teamOnline = availabilityCommand(
  'online',
  'always-online',
  'let a team always take chats',
  'Team %s always takes chats',
)
export const teamOffline = availabilityCommand(
  'offline',
  'always-offline',
  'let a team take no chats',
  'Team %s takes no chats, until you change it',
)
export const teamAuto = availabilityCommand(
  'auto',
  'custom-hours',
  'let a team take chats within its own hours',
  'Team %s takes chats within its own hours',
)

function availabilityCommand(verb: string, availability: TeamAvailability, summary: string, said: string): CommandSpec {
  return defineWrite<WriteFlags & { id: string }>({
    name: `team ${verb}`,
    summary,
    description:
      'Chats for a team that is offline go on to the next rule. Neither the widget nor the status of any agent is touched.',
    arguments: [ID],
    examples: [`team ${verb} sales`],
    write: async (client, options) => {
      const { id } = options
      const answer = await editTeams(client, options, (teams) =>
        replaceItem(teams, id, 'team', (team) => ({ ...team, availability })),
      )
      return [answer, said.replace('%s', id)]
    },
  })
}

export const teamAutoOffline = defineWrite<WriteFlags & { id: string; enabled: boolean }>({
  name: 'team auto-offline',
  summary: 'whether a team is offline while none of its members is available',
  arguments: [ID, { name: '<enabled>', summary: 'on or off', choices: ['on', 'off'], parse: onOrOff }],
  examples: ['team auto-offline sales on'],
  write: async (client, options) => {
    const { id, enabled } = options
    const answer = await editTeams(client, options, (teams) =>
      replaceItem(teams, id, 'team', (team) => ({ ...team, autoOffline: enabled })),
    )
    return [answer, `Auto-offline of team ${id} is ${enabled ? 'on' : 'off'}`]
  },
})

interface Member {
  readonly id: string
  /** Every name a document may give the agent. */
  readonly names: readonly string[]
}

async function resolveMembers(names: readonly string[] = [], client: Client): Promise<readonly Member[]> {
  return Promise.all(
    names.map(async (name) => {
      const { id, email } = (await client.getAgent({ id: name })).value
      return { id, names: email === undefined ? [id] : [id, email] }
    }),
  )
}

function editTeams(client: Client, options: WriteFlags & { id: string }, change: (teams: Teams) => Teams) {
  return editVersioned(
    () => client.getTeams({}),
    change,
    (teams, ifMatch) => client.putTeams({ teams }, { ...writeOptions(options), ifMatch }),
    (teams) => teams.find(({ id }) => id === options.id),
  )
}
