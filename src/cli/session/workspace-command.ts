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

/** Declares a command that writes the workspace, with the flags that every write takes. */
export function defineWrite<Options = unknown>({
  write,
  options = [],
  ...spec
}: Spec & {
  write(client: Client, options: Options & WriteFlags, writing: WriteOptions, context: Context): Promise<Written>
}) {
  return defineCall<Options & WriteFlags>({
    fields: WRITE_FIELDS,
    ...spec,
    options: [...options, ...WRITE_OPTIONS],
    call: async (client, flags, context) => {
      const [answer, sentence] = await write(client, flags, writeOptions(flags), context)
      const assumed = answer.preview && (await assumedPeople(flags, () => client.getBasis({})))
      return writeResult(answer, sentence, undefined, assumed)
    },
  })
}
