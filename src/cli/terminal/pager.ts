import { spawn } from 'node:child_process'

/** What a shell answers where there is no such command, or it cannot be run. */
const NOT_RUN = [126, 127]

/**
 * Shows a text in `PAGER` (default: `less`), which a shell splits into words as git lets it. `LESS` says how less behaves, as for git:
 * what fits is printed, colours stay, and the screen is kept.
 * @returns false where there is no pager, and nothing was shown
 */
export function showInPager(text: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const pager = env.PAGER ?? (process.platform === 'win32' ? 'more' : 'less')
  if (pager === '' || pager === 'cat' || env.TERM === 'dumb') return Promise.resolve(false)
  // Ctrl-C goes to the pager as well, for which it means something of its own.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  return new Promise<boolean>((resolve) => {
    const child = spawn(pager, { shell: true, stdio: ['pipe', 'inherit', 'ignore'], env: { LESS: 'FRX', ...env } })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === null || !NOT_RUN.includes(code)))
    // A pager that is left early has shown enough.
    child.stdin.on('error', () => {}).end(text)
  }).finally(() => process.off('SIGINT', ignore))
}
