import type { GlobalOptions } from './command.js'
import type { Context } from './context.js'
import { exitCodeOf } from './exit-codes.js'
import { refuseTokenFlag } from './session/refuse-token-flag.js'

/**
 * Runs one command line and answers its exit code. Nothing here ends the process: output longer
 * than a pipe's buffer must arrive whole.
 *
 * @param argv the arguments after the executable's name
 */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  try {
    refuseTokenFlag(argv)
    const { runCommandLine } = await import('./program.js')
    return await runCommandLine(argv, context)
  } catch (error) {
    const { printError } = await import('./output/print-error.js')
    await printError(error, globalOptions(argv), context)
    return exitCodeOf(error)
  }
}

/** The flags that shape an error, also when the rest of the line could not be parsed. */
function globalOptions(argv: readonly string[]): GlobalOptions {
  return { json: argv.includes('--json'), color: !argv.includes('--no-color'), ...namedProfile(argv) }
}

function namedProfile(argv: readonly string[]): Pick<GlobalOptions, 'profile'> {
  const place = argv.findIndex((word) => /^--profile(?:=|$)/.test(word))
  const name = argv[place]?.includes('=') ? argv[place].slice('--profile='.length) : argv[place + 1]
  return place >= 0 && name !== undefined && /^[\w.-]+$/.test(name) ? { profile: name } : {}
}
