import { readFile } from 'node:fs/promises'
import { defineCommand } from '../command.js'
import { SCRIPT_FILES, SHELLS, type Shell } from '../completion/shells.js'
import { packagePath } from '../start/package-path.js'

interface CompletionOptions {
  readonly shell: Shell
}

export const completion = defineCommand<CompletionOptions>({
  name: 'completion',
  summary: 'print the completion script of a shell',
  description:
    'Prints the script that completes commands, flags and their values at the press of Tab. To install it:\n\n' +
    'bash        add to ~/.bashrc:  eval "$(drift-status completion bash)"\n' +
    'zsh         drift-status completion zsh > "$fpath[1]/_drift-status"\n' +
    'fish        drift-status completion fish > ~/.config/fish/completions/drift-status.fish\n' +
    'PowerShell  add to $PROFILE:  drift-status completion powershell | Out-String | Invoke-Expression',
  arguments: [{ name: '<shell>', summary: 'bash, zsh, fish or powershell', choices: SHELLS }],
  options: [],
  examples: ['completion bash', 'completion zsh --json'],
  async run({ shell }) {
    const script = await readFile(packagePath('completions', SCRIPT_FILES[shell]), 'utf8')
    return { json: { shell, script }, text: () => script.trimEnd().split('\n') }
  },
})
