import type { Client } from '../../api/client.js'
import type { OptionSpec, WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { withClient } from './with-profile.js'

/** The flag of a command that edits a document as it edits a workspace. */
export const EDITED_FILE_OPTION: OptionSpec = {
  flags: '-f, --file <path>',
  summary: 'edit a workspace document instead of the live workspace; its comments and its layout stay',
  completes: 'files',
}

export interface EditedFileFlags extends WriteFlags {
  readonly file?: string
}

/** Runs work on the workspace that the flags name, or on a document as on a workspace. */
export async function withEditable<Result>(
  flags: EditedFileFlags,
  context: Context,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  if (flags.file === undefined) return withClient(flags, context, work)
  const { withDocumentFile } = await import('./document-file.js')
  return withDocumentFile(flags.file, flags, context, work)
}
