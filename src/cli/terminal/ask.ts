import { DriftStatusError } from '../../domain/errors.js'
import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'

/** Whether a question may be asked: a person is there, and the flags do not forbid it. */
export function canAsk({ json, input }: GlobalOptions, context: Context): boolean {
  return context.isInteractive && !json && input !== false
}

export interface Confirmation {
  readonly question: string
  /** What cannot be done unasked, for the error: `removing a profile asks first`. */
  readonly reason: string
}

/**
 * Asks whether to go on, unless `--yes` says so.
 * @throws DriftStatusError (interrupted) when the answer is no, (usage) when nobody can answer
 */
export async function confirmOrStop(
  { question, reason }: Confirmation,
  options: GlobalOptions,
  context: Context,
): Promise<void> {
  if (options.yes) return
  if (!canAsk(options, context)) {
    throw new DriftStatusError('usage', `${reason}, and nobody can answer here`, { hint: 'add --yes' })
  }
  const prompter = await context.prompter()
  if (await prompter.confirm(question)) return
  throw new DriftStatusError('interrupted', 'interrupted: nothing was changed')
}
