import * as z from 'zod/mini'
import { schemas } from '../../../domain/document/schema.js'
import { lazy } from '../../../domain/lazy.js'
import { SEEN } from '../../../domain/questions/preview/compare.js'
import { names, number, time } from './answer-fields.js'
import { basis } from './basis.js'
import { hiddenChange, mode, modeChange, modeSource, promised, reason } from './decision.js'
import { findings } from './findings.js'

/** One changed value: where, and what it was and is; absent for nothing. */
export const change = lazy(() =>
  z.strictObject({ path: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) }),
)
export const changes = lazy(() => z.array(change()))
export const modeState = lazy(() =>
  z.strictObject({
    mode: mode(),
    source: modeSource(),
    promised: promised(),
    /** The next change of what the policy would show, only where auto-offline will hide it; */
    nextHidden: z.exactOptional(hiddenChange()),
    /** and then when the mode changes next, if it does. */
    nextChange: z.exactOptional(modeChange()),
  }),
)

/** A stretch of time in which visitors would see something else. */
export const previewEntry = lazy(() =>
  z.strictObject({
    from: time(),
    to: time(),
    /** The mode. */
    before: mode(),
    after: mode(),
    /** Everything that differs, the mode included; null for nothing. */
    differences: z.array(
      z.strictObject({ what: z.enum(SEEN), before: z.nullable(z.string()), after: z.nullable(z.string()) }),
    ),
    /** What hides a promise that differs, and who would change that. */
    hidden: z.exactOptional(reason()),
    /** The name of the exception or holiday that the mode differs by, where one has a name. */
    exception: z.exactOptional(z.string()),
    /** What is known of the visitor; absent for anyone. */
    visitor: z.exactOptional(z.strictObject({ url: z.exactOptional(z.string()), attributes: schemas.visitorFacts() })),
  }),
)

/** What every write answers. */
export const write = lazy(() =>
  z.strictObject({
    /** The workspace's name. */
    workspace: z.string(),
    /** The zone in which people of the workspace say times. */
    timeZone: z.string(),
    /** False when everything was so already. */
    changed: z.boolean(),
    /** The number of the revision made, or of the last one when nothing changed. */
    revision: number(),
    dryRun: z.boolean(),
    changes: changes(),
    /** The names of the agents that the changes mention, by their ids. */
    names: names(),
    /** The widget's mode before and after the write (R9, R10). */
    effect: z.strictObject({ before: modeState(), after: modeState(), available: number() }),
    /** What visitors would see differently in the next days, and on the dates of the change; with `dryRun` only. */
    preview: z.exactOptional(z.array(previewEntry())),
    /** Of the preview. */
    basis: z.exactOptional(basis()),
    /** Whether the preview leaves kinds of visitors out, because trying them all would take too long. */
    partial: z.exactOptional(z.boolean()),
    /** What the write made appear that would surprise an admin or a visitor. */
    findings: z.exactOptional(findings()),
  }),
)

/** Where the document that was applied is from: a commit, or what else was said; null where nothing was. */
const applied = lazy(() => z.strictObject({ source: z.nullable(z.string()) }))

export const revision = lazy(() =>
  z.strictObject({
    number: number(),
    at: time(),
    actor: z.string(),
    note: z.nullable(z.string()),
    changes: changes(),
    /** Set where it made the workspace equal to a document. */
    applied: z.exactOptional(applied()),
    /** The names of whom the revision mentions, by their ids, and the zone of the workspace; not in a list. */
    names: names(),
    timeZone: z.exactOptional(z.string()),
  }),
)

export const revisionList = lazy(() =>
  z.strictObject({
    revisions: z.array(revision()),
    /** The number to ask before for the next page; null at the end. */
    next: z.nullable(number()),
    /** The names of whom the revisions mention, by their ids. */
    names: names(),
    /** The zone of the workspace. */
    timeZone: z.exactOptional(z.string()),
  }),
)
