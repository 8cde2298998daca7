import { parseWorkspace } from '../src/domain/document/parse-workspace.js'
import { formatDate, parseDate } from '../src/domain/time/calendar-date.js'
import { generateWorkspace, withDuty } from './workspaces.js'

export const SIZE = { agents: 5_000, rules: 500, shifts: 200, covers: 200, exceptions: 2_000 }

/** A document of a large company. */
export function bigDocument() {
  const { agents, rules, shifts, covers, exceptions } = SIZE
  const document = withDuty(generateWorkspace({ agents, rules, isAway: () => false }), shifts, covers)
  const first = parseDate('2024-01-01')
  const dates = Array.from({ length: exceptions }, (_, day) => ({
    date: formatDate(first + day),
    name: `Day ${day}`,
    hours: day % 7 === 0 ? 'closed' : '09:00-17:00',
  }))
  const text = JSON.stringify({ ...document, hours: { ...document.hours, exceptions: dates } })
  return parseWorkspace(text, 'generated')
}
