import type { WorkspaceQuestions } from '../api/workspace-file.js'
import { DriftStatusError } from '../domain/errors.js'
import type { OptionSpec } from './command.js'
import type { Context } from './context.js'

/** The flag that names the workspace a question is about. */
export const FILE_OPTION: OptionSpec = {
  flags: '-f, --file <path>',
  summary: 'a workspace document, YAML or JSON; - reads standard input',
}

export const AT_OPTION: OptionSpec = {
  flags: '--at <time>',
  summary: 'the time: ISO 8601, "2026-11-27 17:30", "fri 17:30", "tomorrow 9am", "in 2h" (default: now)',
}

export interface FileOptions {
  readonly file?: string
}

/** Opens the workspace that the flags name. */
export async function openWorkspace({ file }: FileOptions, context: Context): Promise<WorkspaceQuestions> {
  if (file === undefined) {
    throw new DriftStatusError('usage', 'no workspace is named', {
      hint: 'name a workspace document with --file, e.g. --file docs/sample/acme.yaml',
    })
  }
  const { MAX_DOCUMENT_BYTES, openDocument } = await import('../api/workspace-file.js')
  return openDocument(await context.read(file, MAX_DOCUMENT_BYTES), file === '-' ? '<stdin>' : file)
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
