import type { Agent } from '../../src/domain/decision/agent.js'
import { compileWorkspace, type Workspace } from '../../src/domain/decision/compile-workspace.js'
import { parseWorkspace } from '../../src/domain/document/parse-workspace.js'
import type { WorkspaceDocument } from '../../src/domain/document/schema.js'

export const ZONE = 'America/New_York'

/** Open on Monday to Friday, from nine to five. */
export const OFFICE_HOURS = {
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, '09:00-17:00'])),
}

/** Monday 23 November 2026, 12:00 in New York: the office is open. */
export const OPEN = Date.parse('2026-11-23T12:00-05:00')
/** The same day, 22:00: the office is closed until Tuesday 09:00. */
export const CLOSED = Date.parse('2026-11-23T22:00-05:00')

/** A valid document with office hours and one available agent, "1"; `parts` replace its keys. */
export function documentOf(parts: object = {}): WorkspaceDocument {
  const base = { version: 1, timeZone: ZONE, hours: OFFICE_HOURS, agents: people('1') }
  return parseWorkspace(JSON.stringify({ ...base, ...parts }), 'test.json')
}

export function workspaceOf(parts: object = {}): Workspace {
  return compileWorkspace(documentOf(parts))
}

/** Agents by id and what is said of them: `1`, `2 away`, `3 bot`, `4 disabled`, `5 away avatar`; available unless away. */
export function people(...texts: readonly string[]): object[] {
  return texts.map((text) => {
    const [id, ...words] = text.split(' ')
    return {
      id,
      status: words.includes('away') ? 'away' : 'available',
      ...(words.includes('bot') && { bot: true }),
      ...(words.includes('disabled') && { disabled: true }),
      ...(words.includes('avatar') && { avatar: `https://acme.example/${id}.png` }),
    }
  })
}

export function idsOf(agents: readonly Agent[]): string[] {
  return agents.map(({ id }) => id)
}
