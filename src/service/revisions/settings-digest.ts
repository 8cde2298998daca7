import { createHash } from 'node:crypto'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { withoutState } from '../../domain/document/state.js'

/** Stands for the settings of a workspace: the same for documents that say the same, whatever run-time state is in them. */
export function settingsDigest(document: WorkspaceDocument): string {
  const { $schema, ...settings } = withoutState(document)
  return createHash('sha256')
    .update(JSON.stringify(inKeyOrder(settings)))
    .digest('hex')
}

/** What a plan was made for: it may be applied to that, once. */
export interface PlanBase {
  readonly revision: number
  readonly digest: string
}

/** The name of a plan: of what it was made for, and of what is to be. */
export function planId({ revision, digest }: PlanBase, wanted: WorkspaceDocument): string {
  return createHash('sha256')
    .update(`${revision} ${digest} ${settingsDigest(wanted)}`)
    .digest('hex')
}

/** A value whose keys are sorted, without those that say nothing. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, inKeyOrder(part)]))
}
