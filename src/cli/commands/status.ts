import type { Client } from '../../api/client.js'
import type { StatusAnswer } from '../../api/contract/answers.js'
import { type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { withClient } from '../live.js'

/** How often a watch looks: a flip elsewhere shows within a second. */
const WATCH_INTERVAL_MS = 500

interface StatusOptions extends GlobalOptions {
  readonly watch?: boolean
}

export const status = defineCommand<StatusOptions>({
  name: 'status',
  summary: 'one glance: mode and why, next change, hours, agents, warnings',
  options: [{ flags: '-w, --watch', summary: 'stay, and show it again on every change, until interrupted' }],
  examples: ['status', 'status --json'],
  run: (options, context) =>
    withClient(options, context, (client) =>
      options.watch
        ? watch(client, options, context)
        : client.getStatus({}).then((answer) => statusResult(answer, context)),
    ),
})

function statusResult(answer: StatusAnswer, context: Context): CommandResult {
  return {
    json: answer,
    text: async (style) => (await import('../output/status.js')).renderStatus(answer, { now: context.now(), style }),
  }
}

/** Prints each status that differs from the one before; the last is the result. */
async function watch(client: Client, options: StatusOptions, context: Context): Promise<CommandResult> {
  const { printFrame } = await import('../output/print.js')
  let shown = ''
  for (;;) {
    const answer = await client.getStatus({})
    // The time it is differs at every look: it is no change.
    const { at, reasons, ...rest } = answer
    const state = JSON.stringify(rest)
    if (state !== shown) await printFrame(statusResult(answer, context), options, context)
    shown = state
    if (!(await context.pause(WATCH_INTERVAL_MS))) return { json: null, text: () => '', isPrinted: true }
  }
}
