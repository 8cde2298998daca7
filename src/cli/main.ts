import { DriftStatusError } from '../domain/errors.js'
import type { GlobalOptions } from './command.js'
import type { Context } from './context.js'
import { exitCodeOf } from './exit-codes.js'

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
  const flags = beforeLiterals(argv)
  return {
    json: flags.some((word) => /^--json(?:=|$)/.test(word)),
    color: !flags.includes('--no-color'),
    ...namedProfile(flags),
  }
}

/** Behind `--` stand no flags. */
function beforeLiterals(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return end === -1 ? argv : argv.slice(0, end)
}

function namedProfile(argv: readonly string[]): Pick<GlobalOptions, 'profile'> {
  const place = argv.findIndex((word) => /^--profile(?:=|$)/.test(word))
  const name = argv[place]?.includes('=') ? argv[place].slice('--profile='.length) : argv[place + 1]
  return place >= 0 && name !== undefined && /^[\w.-]+$/.test(name) ? { profile: name } : {}
}

/**
 * Refuses a token on the command line before anything reads it: everyone on the machine sees the words
 * of a process. No command has this flag, and a parser's "unknown option" would print its value.
 * @throws DriftStatusError (usage)
 */
export function refuseTokenFlag(argv: readonly string[]): void {
  if (!beforeLiterals(argv).some((word) => word === '--token' || word.startsWith('--token='))) return
  throw new DriftStatusError('usage', 'a token is never the value of a flag: others on this machine could read it', {
    hint: 'give it to "drift-status profile login" (a prompt, --token-file PATH or --token-file -), or in DRIFT_STATUS_TOKEN',
  })
}
