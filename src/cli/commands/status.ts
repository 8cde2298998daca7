import type { Client } from '../../api/client.js'
import type { AgentsStatusAnswer } from '../../api/contract/answers.js'
import { type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { withAgents, withClient } from '../session/with-profile.js'

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
    'agents',
    'findings',
  ],
  examples: ['status', 'status --json'],
  run: (options, context) =>
    options.watch
      ? withClient(options, context, (client) => watch(client, options, context))
      : withAgents(options, context, async (client) => statusResult(await client.getStatus({}), context)),
})

function statusResult(answer: AgentsStatusAnswer, context: Context): CommandResult {
  return {
    json: answer,
    text: async (style) =>
      (await import('../output/views/status.js')).renderStatus(answer, { now: context.now(), style }),
  }
}

/** Prints each status that differs from the one before, until the person has seen enough. */
async function watch(client: Client, options: StatusOptions, context: Context): Promise<CommandResult> {
  const [{ printAside, printFrame }, { watchStatus }] = await Promise.all([
    import('../output/print.js'),
    import('../session/watch-status.js'),
  ])
  await watchStatus(client, {
    signal: context.interruption(),
    show: (answer) => printFrame(statusResult(answer, context), options, context),
    tell(lost) {
      const sentence = lost === undefined ? 'Connected again.' : `Connection lost (${lost}); trying again.`
      if (!options.quiet) void printAside(() => sentence, options, context)
    },
  })
  return { json: null, text: () => '', isPrinted: true }
}
