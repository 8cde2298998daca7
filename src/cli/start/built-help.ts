import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputStream } from '../context.js'
import { fitHelp } from '../fit-help.js'

/**
 * Prints what the build has of a help: what it is made from takes longer to load than Node.
 * @returns false where there is no such help
 */
export function printHelp(name: string, stdout: OutputStream): boolean {
  const pages: Record<string, string> = JSON.parse(readFileSync(join(__dirname, 'help.json'), 'utf8'))
  if (!Object.hasOwn(pages, name)) return false
  stdout.write(fitHelp(pages[name]!, stdout.columns))
  return true
}
