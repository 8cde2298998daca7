import { GLOBAL_OPTIONS } from '../command.js'
import { COMMANDS, NOUNS } from '../commands/index.js'
import { bashCompletion } from './bash.js'
import { fishCompletion } from './fish.js'
import { completionModel } from './model.js'
import { powershellCompletion } from './powershell.js'
import type { Shell } from './shells.js'
import { zshCompletion } from './zsh.js'

const SCRIPTS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} as const

/** The completion script of a shell for every command there is. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell](completionModel(COMMANDS, NOUNS, GLOBAL_OPTIONS))
}
