import type { CommandSpec } from '../command.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

export const autoOfflineShow = defineCall({
  name: 'auto-offline show',
  summary: 'whether everyone being away closes the widget',
  isDefault: true,
  fields: ['autoOffline', 'revision'],
  examples: ['auto-offline'],
  call: async (client) => {
    const { value, revision } = await client.getWidget({})
    const { autoOffline } = value
    return {
      json: { autoOffline, revision },
      text: () =>
        autoOffline ? 'on: the widget goes offline while every agent is away' : 'off: statuses never close the widget',
    }
  },
})

export const autoOfflineOn = switchCommand(true)
export const autoOfflineOff = switchCommand(false)

function switchCommand(enabled: boolean): CommandSpec {
  const word = enabled ? 'on' : 'off'
  return defineWrite({
    name: `auto-offline ${word}`,
    summary: enabled ? 'let "everyone is away" close the widget' : 'let statuses never close the widget',
    examples: [`auto-offline ${word}`, `auto-offline ${word} --dry-run`],
    write: async (client, _options, writing) => [
      await client.putAutoOffline({ enabled }, writing),
      `Auto-offline is ${word}`,
    ],
  })
}
