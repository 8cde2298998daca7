import { type CommandSpec, defineCommand, type GlobalOptions, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import { withClient, writeOptions, writeResult } from '../session/live.js'

export const autoOfflineShow = defineCommand<GlobalOptions>({
  name: 'auto-offline show',
  summary: 'whether everyone being away closes the widget',
  isDefault: true,
  options: [],
  examples: ['auto-offline'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const { value, revision } = await client.getWidget({})
      const { autoOffline } = value
      return {
        json: { autoOffline, revision },
        text: () =>
          autoOffline
            ? 'on: the widget goes offline while every agent is away'
            : 'off: statuses never close the widget',
      }
    }),
})

export const autoOfflineOn = switchCommand(true)
export const autoOfflineOff = switchCommand(false)

function switchCommand(enabled: boolean): CommandSpec {
  const word = enabled ? 'on' : 'off'
  return defineCommand<WriteFlags>({
    name: `auto-offline ${word}`,
    summary: enabled ? 'let "everyone is away" close the widget' : 'let statuses never close the widget',
    options: WRITE_OPTIONS,
    examples: [`auto-offline ${word}`, `auto-offline ${word} --dry-run`],
    run: (options, context) =>
      withClient(options, context, async (client) => {
        const answer = await client.putAutoOffline({ enabled }, writeOptions(options))
        return writeResult(answer, `Auto-offline is ${word}`)
      }),
  })
}
