import { type Client, createClient, type Transport } from '../../api/client.js'
import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import { editWorkspace } from '../../domain/document/edit-workspace.js'
import { parseWorkspace } from '../../domain/document/parse-workspace.js'
import { DriftStatusError } from '../../domain/errors.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import type { WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { openDocument } from './connect.js'

/**
 * Runs work on a document as on a workspace: it is written into a workspace of its own, for as long as the work takes, and
 * what the work changed is written into the file.
 *
 * @throws DriftStatusError (usage) for flags of a live workspace, (conflict) where the file was changed meanwhile
 */
export async function withDocumentFile<Result>(
  file: string,
  flags: Pick<WriteFlags, 'profile' | 'message'>,
  context: Context,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  checkFlags(file, flags)
  const bytes = await context.read(file, BODY_BYTES.document)
  const text = readUtf8(bytes, file, 'a workspace document is YAML or JSON in UTF-8')
  const document = parseWorkspace(text, file)
  const client = createClient(ofFile(file, await openDocument(document, context)))
  try {
    const result = await work(client)
    const edited = editWorkspace(text, file, await client.getWorkspace({}))
    if (edited !== text) await context.write(file, edited, text)
    return result
  } finally {
    await client.close()
  }
}

function checkFlags(file: string, { profile, message }: Pick<WriteFlags, 'profile' | 'message'>): void {
  const refuse = (what: string, hint: string) => {
    throw new DriftStatusError('usage', what, { hint })
  }
  if (file === '-') refuse('standard input cannot be edited', 'name a file: what is edited is written back')
  if (profile !== undefined) refuse('--file and --profile name two workspaces', 'leave one of them out')
  if (message !== undefined) refuse('--message is for the log, and a document has none', 'leave out --message')
}

/** What a write to a document answers: the file, no revision, and nothing of what a widget does now. */
function ofFile(file: string, { call, ...transport }: Transport): Transport {
  return {
    ...transport,
    async call(id, request, options) {
      const answer = await call(id, request, options)
      if (typeof answer !== 'object' || answer === null || !('changed' in answer)) return answer
      const { effect, revision, ...told } = answer as Readonly<Record<string, unknown>>
      return { ...told, file, revision: 0 }
    },
  }
}
