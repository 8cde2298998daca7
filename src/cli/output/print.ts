import type { CommandResult, GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { styleOf } from './style.js'

/** Writes a result to standard output: JSON, or the lines a person reads. */
export async function printResult(result: CommandResult, options: GlobalOptions, context: Context): Promise<void> {
  if (options.json) {
    context.stdout.write(`${JSON.stringify(result.json, null, 2)}\n`)
    return
  }
  if (options.quiet) return
  const text = await result.text(await styleOf(context.stdout, context.env, options.color))
  if (text !== '') context.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}
