import { firstNameKey, mailboxKey, personKey } from '../../../domain/decision/named-agents.js'

/** The columns that an agent is found by beside the id: mailbox, name, first name. */
export function keyColumns(agent: {
  readonly id: string
  readonly email?: string | undefined
  readonly name?: string | undefined
}): [mailbox: string | null, name: string | null, firstName: string | null] {
  const { name = '' } = agent
  return [mailboxKey(agent) ?? null, personKey(name) || null, firstNameKey(name) || null]
}
