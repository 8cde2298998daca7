import type { AgentsClient, Client } from '../../api/client.js'
import type { AgentsWriteAnswer, WriteAnswer, WriteOptions } from '../../api/contract/operation.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { CommandResult, GlobalOptions, WriteFlags } from '../command.js'
import type { Context, OpenedProfile } from '../context.js'
import type { WriteWords } from '../output/views/write.js'
import { openProfile } from './open-profile.js'

/** Runs work on what the flags name, and closes it. */
export async function withProfile<Result>(
  options: GlobalOptions,
  context: Context,
  work: (connection: OpenedProfile) => Promise<Result>,
): Promise<Result> {
  const connection = await openProfile(options, context)
  try {
    return await work(connection)
  } finally {
    await connection.client.close()
  }
}

/** Runs work on the agents, teams and statuses of what the flags name, a Drift account or a workspace. */
export function withAgents<Result>(
  options: GlobalOptions,
  context: Context,
  work: (client: AgentsClient) => Promise<Result>,
): Promise<Result> {
  return withProfile(options, context, ({ client }) => work(client))
}

/** Runs work on the workspace that the flags name. */
export function withClient<Result>(
  options: GlobalOptions,
  context: Context,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  return withProfile(options, context, async (connection) => work(await workspaceOf(connection, options)))
}

/** @throws DriftStatusError (invalid-input) for a Drift account: what the command asks, Drift's API cannot tell */
export async function workspaceOf(connection: OpenedProfile, { commandName }: GlobalOptions): Promise<Client> {
  if (connection.service !== 'drift') return connection.client
  const { driftRefusal } = await import('./drift-refusal.js')
  throw driftRefusal(commandName)
}

export function writeOptions({ message, dryRun, horizon }: WriteFlags): WriteOptions {
  return { note: message, dryRun, horizonDays: horizon }
}

/** A write's answer as a result: one sentence, what changed, and what it did to the widget. */
export function writeResult(
  answer: AgentsWriteAnswer,
  sentence: string,
  lastOne?: string,
  assumed?: WriteWords['assumed'],
): CommandResult {
  return {
    json: answer,
    wouldChange: answer.dryRun && answer.changed,
    text: async (style) =>
      (await import('../output/views/write.js')).renderWrite(answer, { sentence, lastOne, assumed }, style),
  }
}

/**
 * Reads, changes and writes back a value that others may be writing too. When someone else wrote
 * in between, and what this change is about is still as it was read, it is made again on theirs.
 *
 * @throws DriftStatusError (conflict) when the same thing was changed by someone else
 */
export async function editVersioned<Value>(
  read: () => Promise<{ readonly value: Value; readonly revision: number }>,
  change: (value: Value) => Value,
  write: (value: Value, ifMatch: number) => Promise<WriteAnswer>,
  touched: (value: Value) => unknown,
): Promise<WriteAnswer> {
  const first = await read()
  let current = first
  for (;;) {
    const { revision } = current
    // Outside the try: a change that cannot be made has nothing to do with other writers.
    const changed = change(current.value)
    try {
      return await write(changed, revision)
    } catch (error) {
      if (!(error instanceof DriftStatusError && error.code === 'conflict')) throw error
      current = await read()
      const isTouched = JSON.stringify(touched(current.value)) !== JSON.stringify(touched(first.value))
      // The same revision again: the conflict is another one, and would be for ever.
      if (isTouched || current.revision === revision) throw error
    }
  }
}
