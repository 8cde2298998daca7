import type { Client } from '../../api/client.js'
import type { AgentsWriteAnswer, WriteOptions } from '../../api/contract/operation.js'
import {
  type CommandResult,
  type CommandSpec,
  defineCommand,
  type GlobalOptions,
  type OptionSpec,
  WRITE_FIELDS,
  WRITE_OPTIONS,
  type WriteFlags,
} from '../command.js'
import type { Context } from '../context.js'
import { assumedPeople } from './assumed-people.js'
import { EDITED_FILE_OPTION, type EditedFileFlags, withEditable } from './edited-file.js'
import { withClient, writeOptions, writeResult } from './with-profile.js'

interface Spec extends Omit<CommandSpec, 'run' | 'options'> {
  readonly options?: readonly OptionSpec[]
}

/** Declares a command that calls the workspace. */
export function defineCall<Options = unknown>({
  call,
  options = [],
  ...spec
}: Spec & { call(client: Client, options: Options & GlobalOptions, context: Context): Promise<CommandResult> }) {
  return defineCommand<Options & GlobalOptions>({
    ...spec,
    options,
    run: (flags, context) => withClient(flags, context, (client) => call(client, flags, context)),
  })
}

/** What was answered, and one sentence that says what was done. */
export type Written = readonly [answer: AgentsWriteAnswer, sentence: string]

/**
 * Declares a command that writes the workspace, or a document, with the flags that every write takes.
 * @param isLive whether it writes what no document has: run-time state, tokens, the log
 */
export function defineWrite<Options = unknown>({
  write,
  options = [],
  isLive = false,
  ...spec
}: Spec & {
  readonly isLive?: boolean
  write(client: Client, options: Options & WriteFlags, writing: WriteOptions, context: Context): Promise<Written>
}) {
  return defineCommand<Options & EditedFileFlags>({
    fields: WRITE_FIELDS,
    ...spec,
    options: [...options, ...(isLive ? [] : [EDITED_FILE_OPTION]), ...WRITE_OPTIONS],
    run: (flags, context) =>
      withEditable(flags, context, async (client) => {
        const [answer, sentence] = await write(client, flags, writeOptions(flags), context)
        const assumed = answer.preview && (await assumedPeople(flags, () => client.getBasis({})))
        return writeResult(answer, sentence, undefined, assumed)
      }),
  })
}
