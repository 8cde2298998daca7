import type { NewTokenAnswer } from '../../api/contract/answers.js'
import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { writtenLines } from './line.js'
import { styleOf } from './style.js'
import { renderNewToken } from './tokens.js'

/** Writes a secret alone to standard output, and what there is to say of it to standard error. */
export async function printSecret(
  secret: string,
  answer: NewTokenAnswer,
  { color, quiet, timeZone }: GlobalOptions & { readonly timeZone: string },
  { stdout, stderr, env, now }: Context,
): Promise<void> {
  if (!quiet) {
    const style = await styleOf(stderr, env, color)
    stderr.write(writtenLines(renderNewToken(answer, { timeZone, now: now(), style })))
  }
  stdout.write(`${secret}\n`)
}
