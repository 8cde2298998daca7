import { DriftStatusError } from '../../domain/errors.js'

/**
 * Refuses a token on the command line before anything reads it: everyone on the machine sees the words
 * of a process. It is no flag of any command, and a parser's "unknown option" would print its value.
 * @throws DriftStatusError (usage)
 */
export function refuseTokenFlag(argv: readonly string[]): void {
  const end = argv.indexOf('--')
  const flags = end === -1 ? argv : argv.slice(0, end)
  if (!flags.some((word) => word === '--token' || word.startsWith('--token='))) return
  throw new DriftStatusError('usage', 'a token is never the value of a flag: others on this machine could read it', {
    hint: 'give it to "drift-status profile login" (a prompt, --token-file PATH or --token-file -), or in DRIFT_STATUS_TOKEN',
  })
}
