import { DRY_RUN_OPTIONS, type WriteFlags } from '../command.js'
import { wholeNumber } from '../flags/values.js'
import { type FactEntry, readFacts, VISITOR_OPTION } from '../flags/visitor-flags.js'
import { line } from '../output/line.js'
import { writeOptions } from '../session/with-profile.js'
import { defineCall } from '../session/workspace-command.js'

interface RouteOptions extends WriteFlags {
  readonly url?: string
  readonly visitor?: readonly FactEntry[]
  readonly route?: string
}

export const routeChat = defineCall<RouteOptions>({
  name: 'route chat',
  summary: 'give a chat to an agent: the real decision, which moves the cursor',
  description:
    'Decides who gets a chat, records the assignment and moves the cursor, all or nothing.\n"simulate" asks the same and moves nothing.',
  options: [
    { flags: '--url <url>', summary: 'the page the visitor is on' },
    VISITOR_OPTION,
    {
      flags: '--route <target>',
      summary: 'rules, agent:X, team:X, account-owner or playbook:ID',
      completes: 'targets',
    },
    ...DRY_RUN_OPTIONS,
  ],
  fields: ['workspace', 'assignment', 'assignee', 'calendar', 'names', 'routing'],
  examples: ['route chat', 'route chat --visitor country=DE', 'route chat --route team:sales --json'],
  call: async (client, options) => {
    const { url, visitor, route } = options
    const facts = { ...(url !== undefined && { url }), attributes: readFacts(visitor) }
    const request = { visitor: facts, ...(route !== undefined && { route }) }
    const answer = await client.route(request, writeOptions(options))
    return {
      json: answer,
      wouldChange: options.dryRun === true && answer.assignee !== null,
      text: async (style) => (await import('../output/views/assignments.js')).renderRoute(answer, style, options),
    }
  },
})

export const routeEnd = defineCall<WriteFlags & { assignment: number }>({
  name: 'route end',
  summary: 'record that a chat ended, for chat limits',
  arguments: [{ name: '<assignment>', summary: 'the number that route chat gave', parse: wholeNumber(1, 2 ** 53 - 1) }],
  options: DRY_RUN_OPTIONS,
  fields: ['id', 'at', 'agent', 'rule', 'endedAt', 'workspace'],
  examples: ['route end 17'],
  call: async (client, options) => {
    const answer = await client.endAssignment({ id: options.assignment }, writeOptions(options))
    return {
      json: answer,
      wouldChange: options.dryRun === true,
      text: (style) => {
        const place = options.dryRun ? `${answer.workspace}, dry run: nothing was changed` : answer.workspace
        return line`Chat ${answer.id} of agent ${answer.agent} has ended ${style.dim(`(${place})`)}`
      },
    }
  },
})

export const routeList = defineCall<{ limit?: number }>({
  name: 'route list',
  summary: 'the open chats, newest first',
  isDefault: true,
  options: [
    { flags: '-n, --limit <count>', summary: 'at most this many (default: 50)', parse: wholeNumber(1, 100_000) },
  ],
  list: { fields: ['id', 'at', 'agent', 'name', 'rule', 'endedAt'] },
  examples: ['route', 'route list --limit 200'],
  call: async (client, options) => {
    const answer = await client.listAssignments({ limit: options.limit })
    return {
      json: answer,
      text: async (style) => (await import('../output/views/assignments.js')).renderAssignments(answer, style),
    }
  },
})
