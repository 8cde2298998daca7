import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileWorkspace, type Workspace } from '../../../../src/domain/decision/compile-workspace.js'
import { decide } from '../../../../src/domain/decision/decide.js'
import { promisedMode } from '../../../../src/domain/decision/widget.js'
import type { WorkspaceDocument } from '../../../../src/domain/document/schema.js'
import { compareWorkspaces } from '../../../../src/domain/questions/preview/compare.js'
import { busyDays, momentsOf } from '../../workspace-arbitrary.js'

type Change = (document: WorkspaceDocument) => WorkspaceDocument

/** What an admin may change of a document. */
const CHANGES: Readonly<Record<string, Change>> = {
  'no exceptions': (document) => ({ ...document, hours: { ...document.hours, exceptions: [] } }),
  'no holidays': (document) => ({ ...document, holidays: [] }),
  'other hours': (document) => ({
    ...document,
    hours: { ...document.hours, weekly: { mon: '09:00-17:00', fri: ['08:00-12:00', '22:00-03:00'], sun: '24h' } },
  }),
  'hours of another zone': (document) => ({ ...document, hours: { ...document.hours, timeZone: 'Europe/Lisbon' } }),
  'another mode': (document) => ({ ...document, widget: { ...document.widget, mode: 'online' } }),
  'auto-offline turned': (document) => ({
    ...document,
    widget: { ...document.widget, autoOffline: !document.widget.autoOffline },
  }),
  hidden: (document) => ({ ...document, widget: { ...document.widget, display: 'online-only' } }),
  'another greeting': (document) => ({ ...document, greeting: { online: 'Hello' } }),
  'a message of one mode': (document) => ({
    ...document,
    playbooks: [{ id: 'talk', type: 'bot', when: 'online', enabled: true, message: 'Talk?' }, ...document.playbooks],
  }),
  'nobody by default': ({ routing: { default: _, ...routing }, ...document }) => ({ ...document, routing }),
  'nobody on duty': ({ duty: _, ...document }) => document,
}

const changes = fc.subarray(Object.keys(CHANGES), { minLength: 1, maxLength: 4 })

/** What a visitor would see at an instant, and who would chat. */
function seenAt(workspace: Workspace, at: number) {
  const { mode, isVisible, proactive, greeting, routing } = decide(workspace, at)
  const people = routing.candidates.filter(({ outcome }) => outcome === 'routed' || outcome === 'next')
  return {
    mode,
    promise: promisedMode(workspace, at),
    widget: isVisible,
    message: proactive?.message ?? null,
    greeting: isVisible ? greeting : null,
    chat: people.map(({ agent }) => agent).join(),
  }
}

/** What differs at an instant: a promise where the mode does not (R36). */
function differingAt(before: Workspace, after: Workspace, at: number): readonly string[] {
  const [was, is] = [seenAt(before, at), seenAt(after, at)]
  const kinds = (Object.keys(was) as (keyof typeof was)[]).filter((what) => was[what] !== is[what])
  return kinds.filter((what) => what !== 'promise' || was.mode === is.mode).sort()
}

test('R36: what a plan says that visitors notice agrees with deciding at every minute, before and after', () => {
  fc.assert(
    fc.property(busyDays, changes, (days, names) => {
      const wanted = names.reduce((document, name) => CHANGES[name]!(document), days.document)
      const [before, after] = [compileWorkspace(days.document), compileWorkspace(wanted)]
      const { stretches } = compareWorkspaces(before, after, [days])
      const told = stretches.filter(({ visitor }) => !visitor)
      for (const at of momentsOf(days)) {
        const here = told.filter(({ from, to }) => at >= from && at < to)
        const kinds = here.flatMap(({ differences }) => differences.map(({ what }) => what)).sort()
        const when = new Date(at).toISOString()
        expect({ when, kinds, stretches: Math.min(1, kinds.length) }).toEqual({
          when,
          kinds: differingAt(before, after, at),
          stretches: here.length,
        })
      }
    }),
    { numRuns: 20 },
  )
})
