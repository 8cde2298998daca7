import type { Client } from '../../api/client.js'
import type { PlaybookDocument, TargetDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { PLAYBOOK_TIMES, PLAYBOOK_TYPES } from '../../domain/words.js'
import { type CommandSpec, type EditFlags, FROM_OPTION, type OptionSpec, type WriteFlags } from '../command.js'
import { addItem, checkEdited, findItem, moveItem, removeItem, replaceItem } from '../flags/named-items.js'
import { readTarget, resolveTarget } from '../flags/targets.js'
import { type ConditionEntry, readConditions, WHEN_OPTION } from '../flags/visitor-flags.js'
import { editVersioned, writeOptions } from '../session/with-profile.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

const ID = { name: '<id>', summary: 'the id of a playbook', completes: 'playbooks' } as const

interface PlaybookFlags extends WriteFlags {
  readonly id: string
  readonly name?: string
  readonly type?: PlaybookDocument['type']
  readonly show?: PlaybookDocument['when']
  /** `--message` is the note of every write. */
  readonly text?: string
  readonly url?: readonly string[]
  readonly when?: readonly ConditionEntry[]
  readonly route?: string
  readonly calendar?: boolean
  readonly before?: string
}

const SETTING_OPTIONS: readonly OptionSpec[] = [
  { flags: '--type <type>', summary: 'welcome, bot or playbook', choices: PLAYBOOK_TYPES },
  { flags: '--show <when>', summary: 'while the widget is online, offline, or always', choices: PLAYBOOK_TIMES },
  { flags: '--text <message>', summary: 'what the visitor reads' },
  { flags: '--name <name>', summary: 'the name' },
  { flags: '--url <pattern>', summary: 'a page it shows on, e.g. "/pricing*"', isRepeatable: true },
  WHEN_OPTION,
  {
    flags: '--route <target>',
    summary: 'its goal: rules, agent:X, team:X, round-robin:X,Y or account-owner',
    completes: 'targets',
  },
  { flags: '--calendar', summary: 'offer the calendar of the routed agent at its goal' },
  { flags: '--no-calendar', summary: 'offer no calendar' },
]

export const playbookList = defineCall({
  name: 'playbook list',
  summary: 'the playbooks, in priority order',
  isDefault: true,
  list: { key: 'playbooks', fields: ['id', 'name', 'type', 'when', 'enabled', 'target', 'message', 'goal'] },
  examples: ['playbook list'],
  call: async (client) => {
    const answer = await client.getPlaybooks({})
    return {
      json: { playbooks: answer.value, revision: answer.revision },
      text: async (style) => (await import('../output/views/playbooks.js')).renderPlaybooks(answer, style),
    }
  },
})

export const playbookShow = defineCall<{ id: string }>({
  name: 'playbook show',
  summary: 'one playbook',
  arguments: [ID],
  fields: ['id', 'name', 'type', 'when', 'enabled', 'target', 'message', 'goal'],
  examples: ['playbook show leadbot'],
  call: async (client, options) => {
    const answer = await client.getPlaybooks({})
    const playbook = findItem(answer.value, options.id, 'playbook')
    return {
      json: playbook,
      text: async (style) => (await import('../output/views/playbooks.js')).renderPlaybook(playbook, answer, style),
    }
  },
})

export const playbookEnable = switchCommand(true)
export const playbookDisable = switchCommand(false)

function switchCommand(enabled: boolean): CommandSpec {
  const verb = enabled ? 'enable' : 'disable'
  return defineWrite<{ id: string }>({
    name: `playbook ${verb}`,
    summary: `${verb} a playbook`,
    arguments: [ID],
    examples: [`playbook ${verb} welcome-online`],
    write: async (client, options) => [
      await editPlaybooks(client, options, (playbooks) =>
        replaceItem(playbooks, options.id, 'playbook', (playbook) => ({ ...playbook, enabled })),
      ),
      `Playbook ${options.id} is ${verb}d`,
    ],
  })
}

export const playbookAdd = defineWrite<PlaybookFlags>({
  name: 'playbook add',
  summary: 'add a playbook, disabled, at the end or before another',
  arguments: [{ name: '<id>', summary: 'a new id' }],
  options: [...SETTING_OPTIONS, { flags: '--before <id>', summary: 'put it before this one', completes: 'playbooks' }],
  examples: ['playbook add leadbot --type bot --text "Talk to sales?" --url "/pricing*" --route team:sales --calendar'],
  write: async (client, options) => {
    const { id, before } = options
    const playbook: PlaybookDocument = {
      id,
      type: 'playbook',
      when: 'always',
      enabled: false,
      ...(await settingsOf(options, client)),
    }
    const answer = await editPlaybooks(client, options, (playbooks) => addItem(playbooks, playbook, 'playbook', before))
    return [answer, `Playbook ${id} is added`]
  },
})

export const playbookEdit = defineWrite<Partial<PlaybookFlags> & EditFlags>({
  name: 'playbook edit',
  summary: 'change a playbook by flags, or all of them in your editor',
  arguments: [{ ...ID, name: '[id]' }],
  options: [FROM_OPTION, ...SETTING_OPTIONS],
  examples: ['playbook edit', 'playbook edit leadbot --text "Talk to us?"'],
  write: async (client, options, writing, context) => {
    const { id } = options
    const settings = await settingsOf(options, client)
    const hasFlags = Object.keys(settings).length > 0
    checkEdited(id, 'playbook', hasFlags, options.from)
    if (id === undefined) {
      const { editInEditor } = await import('../terminal/edit-section.js')
      const { value, revision } = await client.getPlaybooks({})
      const answer = await editInEditor(
        { playbooks: value },
        { name: 'playbooks.yaml', options, context },
        ({ playbooks }, dryRun) =>
          client.putPlaybooks(
            { playbooks: playbooks as readonly PlaybookDocument[] },
            { ...writing, dryRun, ifMatch: revision },
          ),
      )
      return [answer, 'The playbooks are edited']
    }
    if (!hasFlags) {
      throw new DriftStatusError('usage', 'there is nothing to change', {
        hint: 'run "drift-status playbook edit --help"; without an id, the editor opens',
      })
    }
    const answer = await editPlaybooks(client, { ...options, id }, (playbooks) =>
      replaceItem(playbooks, id, 'playbook', (playbook) => changed(playbook, settings)),
    )
    return [answer, `Playbook ${id} is changed`]
  },
})

export const playbookMove = defineWrite<{ id: string; before?: string; last?: boolean }>({
  name: 'playbook move',
  summary: 'move a playbook before another, or to the end: the first that matches is shown',
  arguments: [ID],
  options: [
    { flags: '--before <playbook>', summary: 'before this playbook', completes: 'playbooks' },
    { flags: '--last', summary: 'to the end' },
  ],
  examples: ['playbook move welcome-online --before leadbot', 'playbook move leadbot --last'],
  write: async (client, options) => {
    const { id, before, last } = options
    if ((before === undefined) !== (last === true)) {
      throw new DriftStatusError('usage', 'one new place is needed', { hint: 'add --before PLAYBOOK or --last' })
    }
    const answer = await editPlaybooks(client, options, (playbooks) => moveItem(playbooks, id, 'playbook', before))
    return [answer, `Playbook ${id} is moved`]
  },
})

export const playbookRemove = defineWrite<{ id: string }>({
  name: 'playbook remove',
  summary: 'remove a playbook',
  arguments: [ID],
  examples: ['playbook remove leadbot'],
  write: async (client, options) => [
    await editPlaybooks(client, options, (playbooks) => removeItem(playbooks, options.id, 'playbook')),
    `Playbook ${options.id} is removed`,
  ],
})

async function settingsOf(flags: Partial<PlaybookFlags>, client: Client): Promise<Partial<PlaybookDocument>> {
  const { name, type, show, text, url, route, calendar } = flags
  if (calendar !== undefined && route === undefined) {
    throw new DriftStatusError('usage', '--calendar needs a goal', { hint: 'add --route TARGET' })
  }
  const visitor = readConditions(flags.when)
  const target = { ...(url && { url: [...url] }), ...(visitor && { visitor }) }
  const goal = route === undefined ? undefined : await readGoal(route, client)
  return {
    ...(name !== undefined && { name }),
    ...(type !== undefined && { type }),
    ...(show !== undefined && { when: show }),
    ...(text !== undefined && { message: text }),
    ...(Object.keys(target).length > 0 && { target }),
    ...(goal && { goal: { route: { to: goal }, ...(calendar !== undefined && { calendar }) } }),
  }
}

/** Flags change what they name: the visitors of a playbook stay when its pages change. */
function changed(playbook: PlaybookDocument, settings: Partial<PlaybookDocument>): PlaybookDocument {
  const { target, goal } = settings
  return {
    ...playbook,
    ...settings,
    ...(target && { target: { ...playbook.target, ...target } }),
    ...(goal && { goal: { ...playbook.goal, ...goal } }),
  }
}

async function readGoal(route: string, client: Client): Promise<TargetDocument> {
  return route === 'rules' ? route : resolveTarget(readTarget({ to: route })!, client)
}

function editPlaybooks(
  client: Client,
  options: WriteFlags & { id: string },
  change: (playbooks: readonly PlaybookDocument[]) => readonly PlaybookDocument[],
) {
  return editVersioned(
    () => client.getPlaybooks({}),
    change,
    (playbooks, ifMatch) => client.putPlaybooks({ playbooks }, { ...writeOptions(options), ifMatch }),
    (playbooks) => playbooks.find(({ id }) => id === options.id),
  )
}
