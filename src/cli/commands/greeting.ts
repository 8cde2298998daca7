import { DriftStatusError } from '../../domain/errors.js'
import { editVersioned } from '../session/with-profile.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

export const greetingShow = defineCall({
  name: 'greeting show',
  summary: 'what a visitor reads on opening the chat, by mode',
  isDefault: true,
  fields: ['online', 'offline', 'revision'],
  examples: ['greeting'],
  call: async (client) => {
    const { value, revision } = await client.getGreeting({})
    return {
      json: { ...value, revision },
      text: async (style) => (await import('../output/views/settings.js')).renderGreeting(value, style),
    }
  },
})

interface TextFlags {
  readonly online?: string
  readonly offline?: string
}

export const greetingSet = defineWrite<TextFlags>({
  name: 'greeting set',
  summary: 'change what a visitor reads on opening the chat',
  options: [
    { flags: '--online <text>', summary: 'the text while the widget is online; "" for none of yours' },
    { flags: '--offline <text>', summary: 'the text while it is offline; "" for none of yours' },
  ],
  examples: [
    'greeting set --offline "We are back on Monday."',
    'greeting set --online "Hi! How can we help?" --dry-run',
  ],
  write: async (client, { online, offline }, writing) => {
    if (online === undefined && offline === undefined) {
      throw new DriftStatusError('usage', 'there is nothing to change', { hint: 'add --online or --offline' })
    }
    const answer = await editVersioned(
      () => client.getGreeting({}),
      (greeting) => {
        const texts = {
          ...greeting,
          ...(online !== undefined && { online }),
          ...(offline !== undefined && { offline }),
        }
        return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
      },
      (greeting, ifMatch) => client.putGreeting({ greeting }, { ...writing, ifMatch }),
      (greeting) => [online !== undefined && greeting.online, offline !== undefined && greeting.offline],
    )
    return [answer, 'The greeting is changed']
  },
})
