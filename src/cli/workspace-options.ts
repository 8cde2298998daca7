import type { WorkspaceQuestions } from '../api/workspace-file.js'
import { DriftStatusError } from '../domain/errors.js'
import type { GlobalOptions, OptionSpec } from './command.js'
import type { Context } from './context.js'

/** The flag that names the workspace a question is about. */
export const FILE_OPTION: OptionSpec = {
  flags: '-f, --file <path>',
  summary: 'ask a workspace document instead of the live workspace; - reads standard input',
  completes: 'files',
}

export const AT_OPTION: OptionSpec = {
  flags: '--at <time>',
  summary: 'the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)',
}

export interface FileOptions extends GlobalOptions {
  readonly file?: string
}

/** The workspace that the flags name: a document, or the one of the profile. */
export async function openWorkspace({ file, profile }: FileOptions, context: Context): Promise<WorkspaceQuestions> {
  if (file === undefined) return openLive(profile, context)
  const { MAX_DOCUMENT_BYTES, openDocument } = await import('../api/workspace-file.js')
  return openDocument(await context.read(file, MAX_DOCUMENT_BYTES), file === '-' ? '<stdin>' : file)
}

/** The live workspace answers by the same document and the same engine as a file does. */
async function openLive(profile: string | undefined, context: Context): Promise<WorkspaceQuestions> {
  const { client } = await context.connect(profile)
  try {
    const { questionsOf } = await import('../api/workspace-file.js')
    return questionsOf(await client.getWorkspace({}))
  } finally {
    await client.close()
  }
}

/** Reads a time flag in the workspace's zone; undefined is now. */
export async function readAt(
  text: string | undefined,
  flag: string,
  { zone }: WorkspaceQuestions,
  context: Context,
): Promise<number> {
  const now = context.now()
  if (text === undefined || text === 'now') return now
  const { parseAt } = await import('../domain/at.js')
  try {
    return parseAt(text, { now, zone })
  } catch (error) {
    if (!(error instanceof DriftStatusError)) throw error
    const { hint, rule } = error
    throw new DriftStatusError('usage', `${flag}: ${error.message}`, { hint, rule, cause: error })
  }
}
