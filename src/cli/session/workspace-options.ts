import type { GlobalOptions, OptionSpec } from '../command.js'
import type { Context } from '../context.js'
import type { AskedWorkspace } from './profile-questions.js'

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

/** The flag that takes the statuses, and nothing else, from the workspace of the profile. */
export const LIVE_OPTION: OptionSpec = {
  flags: '--live',
  summary: 'with --file: the agents have the statuses that they have in the live workspace',
}

export interface FileOptions extends GlobalOptions {
  readonly file?: string
  readonly live?: boolean
}

/** Asks the workspace that the flags name: a document, or the one of the profile. */
export async function withWorkspace<Result>(
  options: FileOptions,
  context: Context,
  ask: (workspace: AskedWorkspace) => Promise<Result>,
): Promise<Result> {
  const { file, live } = options
  if (file === undefined || live) {
    const { withDocumentAndStatuses, withProfileQuestions } = await import('./profile-questions.js')
    return file === undefined
      ? withProfileQuestions(options, context, ask)
      : withDocumentAndStatuses(file, options, context, ask)
  }
  const { questionsOf, readDocument } = await import('../../api/workspace-questions.js')
  return ask(questionsOf(await readDocument(file, context)))
}
