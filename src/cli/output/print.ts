import type { CommandResult, GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { writtenLines } from './line.js'
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
  const text = writtenLines(await result.text(await styleOf(context.stdout, context.env, options.color)))
  if (text !== '') context.stdout.write(text)
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
