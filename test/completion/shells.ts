import { accessSync, constants, mkdtempSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { execa } from 'execa'
import { SCRIPT_FILES } from '../../src/cli/commands/completion.js'
import { runCli } from '../cli/fake-context.js'
import { SETUPS, STARTS } from './shell-setups.js'

export const TAB = '\t'

/** Inserts every candidate. */
export const EVERY = '\x18a'

const WRITE = '\x18d'

/** The shells that run here; the script of PowerShell is checked by its text. */
export const RUN_SHELLS = ['bash', 'zsh', 'fish'] as const

export type RunShell = (typeof RUN_SHELLS)[number]

export interface Answers {
  /** For each line: bash and zsh, the line completed; fish, the candidates with their descriptions. */
  readonly written: readonly string[]
  /** The words of each call of the executable. */
  readonly calls: readonly string[]
  /** Everything that the shell showed. */
  readonly screen: string
}

/** The title of a shell's tests: what is tested, or why not. */
export function titleOf(shell: RunShell, title: string): string {
  return findShell(shell) ? `${shell}: ${title}` : `${shell} is not on PATH; skipped: ${title}`
}

/** Where a shell is, or undefined. */
export function findShell(shell: RunShell): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, shell))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

export interface Surroundings {
  /** The agents of the workspace in use: an id, and a tab before the name. */
  readonly agents: readonly string[]
  /** The files where the shell is. */
  readonly files: readonly string[]
  /** What the executable answers, whatever it is asked: values that no workspace takes. */
  readonly answer?: readonly string[]
  /** Default true. Nothing but the executable is ever on PATH: no script may start another program. */
  readonly hasExecutable?: boolean
}

/**
 * Types each line into a real shell and has it complete the last word.
 * @param key ends each line: TAB completes as at a prompt, EVERY inserts every candidate; fish needs none
 */
export async function completeIn(
  shell: RunShell,
  lines: readonly string[],
  key: string,
  { agents, files, answer, hasExecutable = true }: Surroundings,
): Promise<Answers> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-status-completion-'))
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const script = await readFile(`completions/${SCRIPT_FILES[shell]}`, 'utf8')
  for (const file of files) await write(`here/${file}`, '')
  await write('functions/_drift-status', script)
  await write('script', script)
  await write('setup', SETUPS[shell])
  await mkdir(join(folder, 'here'), { recursive: true })
  await write('answers', '')
  await write('calls', '')
  if (hasExecutable) {
    await makeWorkspaces(join(folder, 'config'), agents)
    if (answer) await write('fixed', ['no-files', ...answer, ''].join('\n'))
    await write('bin/drift-status', EXECUTABLE)
    await chmod(join(folder, 'bin/drift-status'), 0o755)
  }

  const path = findShell(shell)!
  const { all: screen } = await execa(path, STARTS[shell], {
    cwd: join(folder, 'here'),
    all: true,
    reject: false,
    timeout: 50_000,
    input: lines.map((line) => (shell === 'fish' ? `${line}\n` : `${line}${key}${WRITE}\n`)).join(''),
    extendEnv: false,
    env: {
      HOME: folder,
      PATH: join(folder, 'bin'),
      TERM: 'xterm',
      LC_ALL: 'C.UTF-8',
      SHELL_PATH: path,
      TEST_FOLDER: folder,
      DRIFT_STATUS_CONFIG_DIR: join(folder, 'config'),
      DRIFT_STATUS_CACHE_DIR: CACHE,
      ANSWERS: join(folder, 'answers'),
    },
  })
  const written = (await readFile(join(folder, 'answers'), 'utf8')).split('\n').slice(0, -1)
  if (written.length !== lines.length)
    throw new Error(`${shell} answered ${written.length} of ${lines.length}:\n${screen}`)
  const calls = (await readFile(join(folder, 'calls'), 'utf8')).split('\n').slice(0, -1)
  await rm(folder, { recursive: true })
  return { written, calls, screen }
}

/** Kept for all lines: a start without its compiled code takes twice as long. */
const CACHE = mkdtempSync(join(tmpdir(), 'drift-status-cache-'))

/** The built executable, which notes the words of each call and complains on standard error. */
const EXECUTABLE = `#!/bin/sh
echo "$*" >> "$TEST_FOLDER/calls"
echo 'error: no workspace' >&2
if [ -f "$TEST_FOLDER/fixed" ]; then
  while IFS= read -r line; do printf '%s\\n' "$line"; done < "$TEST_FOLDER/fixed"
  exit
fi
exec '${process.execPath}' '${resolve('bin/drift-status.js')}' "$@"
`

/** The profile "local", in use, with the agents; and "prod", where only lena is. */
async function makeWorkspaces(config: string, agents: readonly string[]): Promise<void> {
  const make = async (profile: string, ids: readonly string[]) => {
    const people = ids.map((agent) => {
      const [id, name] = agent.split('\t')
      return { id, ...(name !== undefined && { name }) }
    })
    const document = { version: 1, timeZone: 'Europe/Berlin', agents: people }
    const { exitCode, stderr } = await runCli(
      ['init', '--profile', profile, '--from', '-', '--use', '--agent', ids[0]!.split('\t')[0]!],
      {
        env: { DRIFT_STATUS_CONFIG_DIR: config },
        stdin: JSON.stringify(document),
      },
    )
    if (exitCode !== 0) throw new Error(stderr)
  }
  await make('prod', ['lena'])
  await make('local', agents)
}

const WORD = String.raw`(?:\\.|"[^"]*"?|'[^']*'?|[^\s"'\\])+`

/** What may stand for the word that was typed last. */
export function candidatesOf(shell: RunShell, line: string, written: string): readonly string[] {
  const words =
    shell === 'fish'
      ? written.split('\x1f').map((candidate) => candidate.split('\t')[0]!)
      : wordsOf(written).slice(wordsOf(line, '\\s+').length)
  return (
    words
      // A line that nothing completes stays as it is.
      .filter((word) => word !== '' && !line.endsWith(` ${word}`))
      // Where the shells differ: --flag=VALUE or VALUE, --flag or --flag=, folder or folder/.
      .map((word) =>
        word
          .replace(/^--[\w-]+=(?=.)/, '')
          .replace(/^(--[\w-]+)=$/, '$1')
          .replace(/\/$/, ''),
      )
  )
}

/** The words of a line without their quotes. */
function wordsOf(line: string, followedBy = ''): readonly string[] {
  return (line.match(new RegExp(WORD + followedBy, 'g')) ?? []).map((word) => word.replace(/\\(.)|["']/g, '$1'))
}
