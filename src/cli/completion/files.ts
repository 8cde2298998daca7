import { completionScript } from './script.js'
import { SCRIPT_FILES, SHELLS } from './shells.js'

/** The completion scripts by their path. */
export function completionFiles(): Record<string, string> {
  return Object.fromEntries(SHELLS.map((shell) => [`completions/${SCRIPT_FILES[shell]}`, completionScript(shell)]))
}
