import type { NewTokenAnswer } from '../../api/contract/answers.js'
import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { writtenLines } from './line.js'
import { renderNewToken } from './views/tokens.js'

/** Writes a secret alone to standard output, and what there is to say of it to standard error. */
export function printSecret(
  secret: string,
  answer: NewTokenAnswer,
  { quiet }: GlobalOptions,
  { stdout, stderr, now }: Context,
): void {
  if (!quiet) {
    stderr.write(writtenLines(renderNewToken(answer, now())))
  }
  stdout.write(`${secret}\n`)
}
