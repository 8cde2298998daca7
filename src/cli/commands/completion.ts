import { defineCommand } from '../command.js'

/** The shells that completion is written for. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof SHELLS)[number]

/** The script of each shell, named as the shell looks for it, in the folder `completions` of the package. */
export const SCRIPT_FILES: Readonly<Record<Shell, string>> = {
  bash: 'drift-status.bash',
  zsh: '_drift-status',
  fish: 'drift-status.fish',
  powershell: 'drift-status.ps1',
}

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
    const { packageText } = await import('../start/installed-package.js')
    const script = await packageText('completions', SCRIPT_FILES[shell])
    return { json: { shell, script }, text: () => script.trimEnd().split('\n') }
  },
})
