import { DriftStatusError } from '../../domain/errors.js'
import { PLANS, type Plan } from '../../domain/words.js'
import { limitOrNone } from '../flags/values.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

export const settingsShow = defineCall({
  name: 'settings show',
  summary: 'the name, the plan, the time zone and the chat limit',
  isDefault: true,
  fields: ['name', 'plan', 'timeZone', 'chatLimit', 'revision'],
  examples: ['settings', 'settings --json=timeZone'],
  call: async (client) => {
    const { value, revision } = await client.getSettings({})
    return {
      json: { ...value, revision },
      text: async (style) => (await import('../output/views/settings.js')).renderSettings(value, style),
    }
  },
})

interface SettingFlags {
  readonly name?: string
  readonly plan?: Plan
  readonly timeZone?: string
  readonly chatLimit?: number | 'none'
}

export const settingsSet = defineWrite<SettingFlags>({
  name: 'settings set',
  summary: 'change the name, the plan, the time zone or the chat limit',
  options: [
    { flags: '--name <name>', summary: 'what the workspace is called' },
    { flags: '--plan <plan>', summary: 'what the workspace may use', choices: PLANS },
    { flags: '--time-zone <zone>', summary: 'the IANA zone of times without one', completes: 'zones' },
    {
      flags: '--chat-limit <count>',
      summary: 'open chats from which an agent takes no more; "none" for no limit',
      parse: limitOrNone,
    },
  ],
  examples: ['settings set --name "Acme Shop"', 'settings set --chat-limit 5 --dry-run'],
  write: async (client, { name, plan, timeZone, chatLimit }, writing) => {
    const given = { name, plan, timeZone, chatLimit: chatLimit === 'none' ? null : chatLimit }
    const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    if (Object.keys(settings).length === 0) {
      throw new DriftStatusError('usage', 'there is nothing to change', {
        hint: 'add --name, --plan, --time-zone or --chat-limit',
      })
    }
    return [await client.patchSettings({ settings }, writing), 'The settings are changed']
  },
})
