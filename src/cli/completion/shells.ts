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
