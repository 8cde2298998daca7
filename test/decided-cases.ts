import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseWorkspace } from '../src/domain/document/parse-workspace.js'
import { simulate } from '../src/domain/questions/simulate.js'
import { hoursText, type OutsideCase, widgetOf, workspaceText } from './outside-document.js'

const HOUR_MS = 3_600_000
/** Hours after the instant of a case at which it is decided as well: other parts of a day and of a week. */
const LATER = [0, 7, 31, 100]

/**
 * What is decided of every outside case that has an instant, as one hash a case: mode, source, what the visitor sees,
 * who is routed, statuses, reasons and warnings, by the hours and by people, with auto-offline and without.
 */
export function decidedCases(): Readonly<Record<string, string>> {
  const cases = JSON.parse(readFileSync('test/cases/outside.json', 'utf8')) as OutsideCase[]
  return Object.fromEntries(
    cases.flatMap((outside) => {
      const at = Date.parse(outside.at ?? '')
      if (Number.isNaN(at)) return []
      const widgets = [false, true].map((autoOffline) => ({ widget: { ...widgetOf(outside), autoOffline } }))
      const texts = [hoursText(outside), ...widgets.map((changes) => workspaceTextOf(outside, changes))]
      const answers = texts.map((text) => LATER.map((hours) => decided(text, at + hours * HOUR_MS)))
      return [[outside.id, createHash('sha256').update(JSON.stringify(answers)).digest('hex').slice(0, 16)]]
    }),
  )
}

/** A rule of another product may be none of ours. */
function workspaceTextOf(outside: OutsideCase, changes: object): string | undefined {
  try {
    return workspaceText(outside, changes)
  } catch {
    return undefined
  }
}

function decided(text: string | undefined, at: number): unknown {
  if (text === undefined) return null
  try {
    const { widget, visitor, routing, agents, reasons, warnings } = simulate(parseWorkspace(text, 'case'), { at })
    const { mode, source, visible, nextChange } = widget
    return [{ mode, source, visible, nextChange }, visitor, routing, agents, reasons, warnings]
  } catch (error) {
    return (error as Error).name
  }
}
