import type { Client } from '../../api/client.js'
import type { RuleDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { DEFAULT_RULE } from '../../domain/words.js'
import { DRY_RUN_OPTIONS, type EditFlags, FROM_OPTION, type WriteFlags } from '../command.js'
import { addItem, checkEdited, moveItem, removeItem, replaceItem } from '../flags/named-items.js'
import { readTarget, resolveTarget, TARGET_OPTIONS, type TargetFlags } from '../flags/targets.js'
import { type ConditionEntry, readConditions, WHEN_OPTION } from '../flags/visitor-flags.js'
import { editVersioned, writeOptions } from '../session/with-profile.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

type Routing = WorkspaceDocument['routing']

const RULE = { name: '<rule>', summary: 'the id of a rule', completes: 'rules' } as const
const NAME_OPTION = { flags: '--name <name>', summary: 'the name' } as const

interface RuleFlags extends WriteFlags, TargetFlags {
  readonly rule: string
  readonly name?: string
  readonly when?: readonly ConditionEntry[]
  readonly before?: string
}

export const routingList = defineCall({
  name: 'routing list',
  summary: 'the waterfall, in priority order',
  isDefault: true,
  list: {
    key: 'rules',
    fields: ['id', 'name', 'when', 'to'],
    last(routing) {
      const { default: fallback } = routing as Routing
      return fallback && { id: DEFAULT_RULE, ...fallback }
    },
  },
  examples: ['routing list', 'routing --json'],
  call: async (client) => {
    const answer = await client.getRouting({})
    return {
      json: { ...answer.value, revision: answer.revision },
      text: async (style) => (await import('../output/views/routing.js')).renderRouting(answer, style),
    }
  },
})

export const routingAdd = defineWrite<RuleFlags>({
  name: 'routing add',
  summary: 'add a rule at the end of the waterfall, or before another',
  arguments: [{ name: '<rule>', summary: 'a new id' }],
  options: [
    WHEN_OPTION,
    ...TARGET_OPTIONS,
    NAME_OPTION,
    { flags: '--before <rule>', summary: 'put it before this rule', completes: 'rules' },
  ],
  examples: [
    'routing add enterprise --when "company.size>=500" --to team:sales',
    'routing add dach --when country=DE,AT,CH --to agent:ana --before enterprise',
  ],
  write: async (client, options) => {
    const { rule: id, name, before } = options
    const target = readTarget(options)
    if (target === undefined) throw new DriftStatusError('usage', '--to is missing', { hint: 'e.g. --to team:sales' })
    const to = await resolveTarget(target, client)
    const when = readConditions(options.when)
    const rule: RuleDocument = { id, ...(name !== undefined && { name }), ...(when && { when }), to }
    const answer = await editRules(client, options, (rules) => addItem(rules, rule, 'rule', before))
    return [answer, `Rule ${id} is added`]
  },
})

export const routingEdit = defineWrite<Partial<RuleFlags> & EditFlags>({
  name: 'routing edit',
  summary: 'change a rule by flags, or the whole waterfall in your editor',
  arguments: [{ ...RULE, name: '[rule]' }],
  options: [FROM_OPTION, WHEN_OPTION, ...TARGET_OPTIONS, NAME_OPTION],
  examples: ['routing edit', 'routing edit enterprise --to team:sales --strategy least-open'],
  write: async (client, options, writing, context) => {
    const { rule: id, name } = options
    const target = readTarget(options)
    const when = readConditions(options.when)
    const hasFlags = target !== undefined || when !== undefined || name !== undefined
    checkEdited(id, 'rule', hasFlags, options.from)
    if (id === undefined) {
      const { editInEditor } = await import('../terminal/edit-section.js')
      const { value, revision } = await client.getRouting({})
      const answer = await editInEditor(
        { routing: value },
        { name: 'routing.yaml', options, context },
        ({ routing }, dryRun) =>
          client.putRouting({ routing: routing as Routing }, { ...writing, dryRun, ifMatch: revision }),
      )
      return [answer, 'The waterfall is edited']
    }
    const to = target && (await resolveTarget(target, client))
    if (!hasFlags) {
      throw new DriftStatusError('usage', 'there is nothing to change', {
        hint: 'add --to, --when or --name; without a rule, the editor opens',
      })
    }
    const answer = await editRules(client, { ...options, rule: id }, (rules) =>
      replaceItem(rules, id, 'rule', (rule) => ({
        ...rule,
        ...(name !== undefined && { name }),
        ...(when && { when }),
        ...(to && { to }),
      })),
    )
    return [answer, `Rule ${id} is changed`]
  },
})

export const routingMove = defineWrite<{ rule: string; before?: string; last?: boolean }>({
  name: 'routing move',
  summary: 'move a rule before another, or to the end',
  arguments: [RULE],
  options: [
    { flags: '--before <rule>', summary: 'before this rule', completes: 'rules' },
    { flags: '--last', summary: 'to the end' },
  ],
  examples: ['routing move germany --before enterprise', 'routing move germany --last'],
  write: async (client, options) => {
    const { rule: id, before, last } = options
    if ((before === undefined) !== (last === true)) {
      throw new DriftStatusError('usage', 'one new place is needed', { hint: 'add --before RULE or --last' })
    }
    const answer = await editRules(client, options, (rules) => moveItem(rules, id, 'rule', before))
    return [answer, `Rule ${id} is moved`]
  },
})

export const routingRemove = defineWrite<{ rule: string }>({
  name: 'routing remove',
  summary: 'remove a rule',
  arguments: [RULE],
  examples: ['routing remove germany'],
  write: async (client, options) => [
    await editRules(client, options, (rules) => removeItem(rules, options.rule, 'rule')),
    `Rule ${options.rule} is removed`,
  ],
})

export const routingDefault = defineWrite<TargetFlags & { none?: boolean }>({
  name: 'routing default',
  summary: 'set who gets a chat that no rule assigns',
  options: [...TARGET_OPTIONS, { flags: '--none', summary: 'nobody: remove the default rule' }],
  examples: ['routing default --to round-robin:1,2,4', 'routing default --none'],
  write: async (client, options, writing) => {
    const target = readTarget(options)
    const to = target && (await resolveTarget(target, client))
    if ((to === undefined) !== (options.none === true)) {
      throw new DriftStatusError('usage', 'the target is missing', { hint: 'add --to TARGET or --none' })
    }
    const answer = await editVersioned(
      () => client.getRouting({}),
      ({ default: _, ...routing }) => (to === undefined ? routing : { ...routing, default: { to } }),
      (routing, ifMatch) => client.putRouting({ routing }, { ...writing, ifMatch }),
      (routing) => routing.default,
    )
    return [answer, to === undefined ? 'There is no default rule' : 'The default rule is set']
  },
})

interface CursorOptions extends WriteFlags {
  readonly group?: string
  readonly after?: string
  readonly reset?: boolean
}

export const routingCursor = defineCall<CursorOptions>({
  name: 'routing cursor',
  summary: 'who was routed last in each group; set it, or start over',
  arguments: [{ name: '[group]', summary: 'team:sales, rule:enterprise or default' }],
  options: [
    { flags: '--after <agent>', summary: 'record that this agent was routed last', completes: 'agents' },
    { flags: '--reset', summary: 'start over with the first' },
    ...DRY_RUN_OPTIONS,
  ],
  list: { key: 'cursors', fields: ['group', 'agent'] },
  examples: ['routing cursor', 'routing cursor team:sales --after sam', 'routing cursor default --reset'],
  call: async (client, options) => {
    const { group, after, reset } = options
    if (group !== undefined && (after === undefined) === (reset !== true)) {
      throw new DriftStatusError('usage', 'there is nothing to do with the cursor', {
        hint: 'add --after AGENT or --reset',
      })
    }
    const answer =
      group === undefined
        ? await client.getCursors({})
        : await client.putCursor({ group, agent: after ?? null }, writeOptions(options))
    return {
      json: answer,
      isSentence: group !== undefined,
      wouldChange: group !== undefined && options.dryRun === true,
      text: async (style) => (await import('../output/views/routing.js')).renderCursors(answer, style, options),
    }
  },
})

function editRules(
  client: Client,
  options: WriteFlags & { rule: string },
  change: (rules: Routing['rules']) => Routing['rules'],
) {
  return editVersioned(
    () => client.getRouting({}),
    (routing) => ({ ...routing, rules: change(routing.rules) }),
    (routing, ifMatch) => client.putRouting({ routing }, { ...writeOptions(options), ifMatch }),
    ({ rules }) => rules.find(({ id }) => id === options.rule),
  )
}
