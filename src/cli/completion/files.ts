import { completionScript } from './script.js'

/** The completion scripts by the path where each is kept, named as its shell looks for it. */
export function completionFiles(): Record<string, string> {
  return {
    'completions/drift-status.bash': completionScript('bash'),
    'completions/_drift-status': completionScript('zsh'),
    'completions/drift-status.fish': completionScript('fish'),
    'completions/drift-status.ps1': completionScript('powershell'),
  }
}
