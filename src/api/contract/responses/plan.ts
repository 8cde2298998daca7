import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { names, number, time } from './answer-fields.js'
import { basis } from './basis.js'
import { findings } from './findings.js'
import { changes, previewEntry, revision } from './writes.js'

const beforeAndAfter = lazy(() => z.strictObject({ before: z.number(), after: z.number() }))

/** What a plan was made for: it may be applied to that, once. */
export const planBase = lazy(() =>
  z.strictObject({
    /** The last revision when the plan was made. */
    revision: number(),
    /** Of the settings, whatever the run-time state: as long as it is the same, the plan holds. */
    digest: z.string(),
  }),
)

/** What applying a document would do. */
export const plan = lazy(() =>
  z.strictObject({
    /** The workspace's name. */
    workspace: z.string(),
    timeZone: z.string(),
    /** When it was made, and up to when it looks at what visitors would see. */
    at: time(),
    until: time(),
    base: planBase(),
    changed: z.boolean(),
    changes: changes(),
    names: names(),
    /** The ids of the agents that would be removed. */
    removedAgents: z.array(z.string()),
    preview: z.array(previewEntry()),
    basis: basis(),
    /** Whether the preview leaves kinds of visitors out, because trying them all would take too long. */
    partial: z.exactOptional(z.boolean()),
    findings: z.exactOptional(findings()),
    /** What was changed since a document was applied, or since the workspace was made; statuses left out. */
    byHand: z.strictObject({
      /** The revision that applied it, or made the workspace, without its changes; null where it is not known. */
      since: z.nullable(z.omit(revision(), { changes: true })),
      /** The newest first, each with whether this plan would undo what it changed. */
      revisions: z.array(z.extend(revision(), { undone: z.enum(['all', 'some', 'none']) })),
      /** Whether there are more revisions than were looked at. */
      partial: z.exactOptional(z.boolean()),
    }),
    /** Minutes that visitors see the widget online, of a week on average over the whole weeks until `until`. */
    onlineMinutesAWeek: beforeAndAfter(),
    /** Minutes until `until` that it is open with nobody there. */
    nobodyMinutes: beforeAndAfter(),
  }),
)
