import type { GlobalOptions } from './command.js'
import type { Context } from './context.js'
import { EXIT_OK, exitCodeOf } from './exit-codes.js'
import { refuseTokenFlag } from './refuse-token-flag.js'
import { VERSION } from './version.js'

/**
 * Runs one command line and answers its exit code. Nothing here ends the process: output longer
 * than a pipe's buffer must arrive whole.
 *
 * @param argv the arguments after the executable's name
 */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    context.stdout.write(`${VERSION}\n`)
    return EXIT_OK
  }
  try {
    refuseTokenFlag(argv)
    if (argv[0] === COMPLETE && (await answerShell(argv.slice(1), context))) return EXIT_OK
    const { runCommandLine } = await import('./program.js')
    return await runCommandLine(argv, context)
  } catch (error) {
    const { printError } = await import('./output/print-error.js')
    await printError(error, globalOptions(argv), context)
    return exitCodeOf(error)
  }
}

/** What a shell asks at every press of Tab: too often to build the parser of every command for it. */
const COMPLETE = '__complete'

/** Answers a line of the form that the completion scripts write; false for any other. */
async function answerShell(args: readonly string[], context: Context): Promise<boolean> {
  const { complete, readCompletion } = await import('./commands/complete.js')
  const options = readCompletion(args)
  if (!options) return false
  const { printResult } = await import('./output/print.js')
  await printResult(await complete.run(options, context), options, context)
  return true
}

/** The flags that shape an error, also when the rest of the line could not be parsed. */
function globalOptions(argv: readonly string[]): GlobalOptions {
  return { json: argv.includes('--json'), color: !argv.includes('--no-color') }
}
