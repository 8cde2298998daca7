import type { CommandResult, GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { type Lines, writtenLines } from './line.js'
import { toSafeJson } from './safe-text.js'
import { styleOf } from './style.js'

/** Writes a result to standard output: JSON, or the lines a person reads. */
export async function printResult(result: CommandResult, options: GlobalOptions, context: Context): Promise<void> {
  if (result.isPrinted) return
  if (options.json) {
    context.stdout.write(`${toSafeJson(result.json, 2)}\n`)
    return
  }
  if (options.quiet) return
  const style = await styleOf(context.stdout, context, options)
  const text = writtenLines(await result.text(style))
  if (text === '') return
  // No word is cut at the edge of a terminal; a pipe gets each line whole.
  const isLong = style.isTerminal && text.split('\n').some((line) => line.length > style.width)
  context.stdout.write(isLong ? await wrapped(text, style.width) : text)
}

async function wrapped(text: string, width: number): Promise<string> {
  const { wrapLine } = await import('./table.js')
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n')
}

const CLEAR_SCREEN = '\u001b[2J\u001b[H'

/** Writes one of several results of a command that stays: over the last one on a terminal, one JSON line each with `--json`. */
export async function printFrame(result: CommandResult, options: GlobalOptions, context: Context): Promise<void> {
  if (options.json) context.stdout.write(`${toSafeJson(result.json)}\n`)
  else {
    if (context.stdout.isTTY) context.stdout.write(CLEAR_SCREEN)
    await printResult(result, options, context)
  }
}

/** Writes a secret alone to standard output, so that it can be sent to a file, and what else there is to say to standard error. */
export function printSecret(secret: string, about: Lines, { quiet }: GlobalOptions, { stdout, stderr }: Context): void {
  if (!quiet) stderr.write(writtenLines(about))
  stdout.write(`${secret}\n`)
}
