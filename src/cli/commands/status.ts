import type { Client, WorkspaceEvent } from '../../api/client.js'
import type { AgentsStatusAnswer } from '../../api/contract/answers.js'
import type { BasisAnswer } from '../../domain/questions/basis.js'
import { type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { assumedPeople } from '../session/assumed-people.js'
import { withClient, withProfile } from '../session/with-profile.js'

interface StatusOptions extends GlobalOptions {
  readonly watch?: boolean
}

export const status = defineCommand<StatusOptions>({
  name: 'status',
  summary: 'one glance: mode and why, next change, hours, agents, warnings',
  options: [{ flags: '-w, --watch', summary: 'stay, and show it again on every change, until interrupted' }],
  fields: [
    'workspace',
    'revision',
    'at',
    'timeZone',
    'policy',
    'autoOffline',
    'widget',
    'visitor',
    'reasons',
    'today',
    'tomorrow',
    'teams',
    'agents',
    'findings',
    'basis',
  ],
  examples: ['status', 'status --json'],
  run: (options, context) =>
    options.watch
      ? withClient(options, context, (client) => watch(client, options, context))
      : withProfile(options, context, async ({ service, client }) => {
          const answer = await client.getStatus({})
          // Drift says nothing of what comes.
          if (service === 'drift') return statusResult(answer, context)
          const assumed = await assumedPeople(options, () => client.getBasis({}))
          return statusResult(answer, context, assumed)
        }),
})

function statusResult(
  answer: AgentsStatusAnswer,
  context: Context,
  assumed?: BasisAnswer['people'] | undefined,
): CommandResult {
  return {
    json: answer,
    text: async (style) =>
      (await import('../output/views/status.js')).renderStatus(answer, { now: context.now(), assumed, style }),
  }
}

/** The same with what happened last beneath it. */
function withEvents(result: CommandResult, told: readonly WorkspaceEvent[]): CommandResult {
  return {
    ...result,
    async text(style) {
      const { eventLine } = await import('../output/views/told-events.js')
      const lines = told.flatMap((event) => eventLine(event, style) ?? [])
      const shown = await result.text(style)
      return lines.length === 0 ? shown : [...(Array.isArray(shown) ? shown : [shown]), '', ...lines]
    },
  }
}

/** Prints each status that differs from the one before, until the person has seen enough. */
async function watch(client: Client, options: StatusOptions, context: Context): Promise<CommandResult> {
  const [{ printFrame }, { watchStatus }, { tellConnection }] = await Promise.all([
    import('../output/print.js'),
    import('../session/watch-status.js'),
    import('../session/tell-connection.js'),
  ])
  await watchStatus(client, {
    signal: context.interruption(),
    showsEvents: !options.json,
    show: (answer, told) => printFrame(withEvents(statusResult(answer, context), told), options, context),
    tell: (lost) => tellConnection(lost, options, context),
  })
  return { json: null, text: () => '', isPrinted: true }
}
