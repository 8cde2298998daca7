import type { LiveAgent } from '../../api/contract/answers.js'
import { type DriftUser, statusOf } from '../documents.js'

/** A Drift user as an agent. The id is Drift's integer as text; the raw availability is kept (R17). */
export function agentDocument(user: DriftUser): LiveAgent {
  const { id, email, name, role, avatarUrl, timeZone, bot, availability } = user
  return {
    id: String(id),
    ...(isText(email) && { email }),
    ...(isText(name) && { name }),
    role: role === 'admin' ? 'admin' : 'agent',
    ...(isText(avatarUrl) && { avatar: avatarUrl }),
    ...(isText(timeZone) && { timeZone }),
    ...(bot === true && { bot }),
    status: statusOf(availability),
    ...(isText(availability) && { availability }),
  }
}

/** Drift leaves out what has no value; an empty text or a null says the same. */
function isText(value: string | null | undefined): value is string {
  return typeof value === 'string' && value !== ''
}
