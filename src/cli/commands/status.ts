import { defineCommand, type GlobalOptions } from '../command.js'
import { withClient } from '../live.js'

export const status = defineCommand<GlobalOptions>({
  name: 'status',
  summary: 'one glance: mode and why, next change, hours, agents, warnings',
  options: [],
  examples: ['status', 'status --json'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const answer = await client.getStatus({})
      return {
        json: answer,
        text: async (style) =>
          (await import('../output/status.js')).renderStatus(answer, { now: context.now(), style }),
      }
    }),
})
