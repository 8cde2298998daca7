import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { Context } from '../context.js'

/** What a new workspace begins with, and which of its agents you are. */
export interface Start {
  readonly document: WorkspaceDocument
  readonly agent: string | undefined
  readonly agentId?: string
}

/** @throws DriftStatusError (usage) when more than one flag names what a new workspace begins with */
export function checkOneSource({ sample, from, name }: { sample?: boolean; from?: string; name?: string }): void {
  if ([sample, from, name].filter((source) => source !== undefined).length <= 1) return
  throw new DriftStatusError('usage', '--sample, --from and --name exclude each other', { hint: 'keep one of them' })
}

/** Weekdays from nine to five, by the hours and with auto-offline, plus the given parts. */
export async function newDocument(parts: object, file: string): Promise<WorkspaceDocument> {
  const { parseWorkspace } = await import('../../domain/document/parse-workspace.js')
  const weekdays = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, '09:00-17:00']))
  const document = {
    version: 1,
    widget: { mode: 'automatic', autoOffline: true },
    hours: { weekly: weekdays },
    ...parts,
  }
  return parseWorkspace(JSON.stringify(document), file)
}

/** The zone of this machine. */
export function systemZone({ env }: Context): string {
  return env.TZ || Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

export async function readStart(path: string, agent: string | undefined, context: Context): Promise<Start> {
  const { readDocument } = await import('../../api/workspace-questions.js')
  const document = await readDocument(path, context)
  if (agent === undefined) return { document, agent }
  const { findAgent } = await import('../../domain/questions/assume.js')
  const you = findAgent(document, agent)
  return { document, agent: you.email ?? you.id, agentId: you.id }
}

/** The sample workspace that comes with the package. */
export async function readSample(agent: string | undefined, context: Context): Promise<Start> {
  const { packagePath } = await import('../start/installed-package.js')
  return readStart(packagePath('docs', 'sample', 'acme.yaml'), agent, context)
}
