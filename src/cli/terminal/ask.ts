import type { WriteAnswer } from '../../api/contract/operation.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'

/** Whether a question may be asked: a person is there, and the flags do not forbid it. */
export function canAsk({ json, input }: GlobalOptions, context: Context): boolean {
  return context.isInteractive && !json && input !== false
}

/** The answer was no: nothing is wrong, and nothing was changed. */
export class Declined extends Error {}

export interface Confirmation {
  readonly question: string
  /** What cannot be done unasked, for the error: `removing a profile asks first`. */
  readonly reason: string
}

/**
 * Asks whether to go on, unless `--yes` says so.
 * @throws Declined when the answer is no, DriftStatusError (usage) when nobody can answer
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
  if (!(await (await context.prompter()).confirm(question))) throw new Declined()
}

/** Shows on standard error what a write would do, before somebody is asked about it. */
export async function showPreview(answer: WriteAnswer, options: GlobalOptions, context: Context): Promise<void> {
  const [{ printAside }, { renderWrite }] = await Promise.all([
    import('../output/print.js'),
    import('../output/views/write.js'),
  ])
  await printAside((style) => renderWrite(answer, { sentence: 'This would change' }, style), options, context)
}
