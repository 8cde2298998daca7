import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, lstat, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'
import { shellWord } from '../../domain/shell-word.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import { replaceFile } from '../../profiles/replace-file.js'
import type { TextDraft } from '../context.js'

/** A file for a text that is edited, which its owner alone may read; it stays until it is dropped, whatever happens. */
export async function newDraft(name: string, runEditor: (path: string) => Promise<void>): Promise<TextDraft> {
  const folder = await mkdtemp(join(tmpdir(), 'drift-status-')).catch(unwritable)
  const path = join(folder, name)
  return {
    path,
    async edit(text) {
      try {
        replaceFile(path, text)
      } catch (error) {
        unwritable(error as NodeJS.ErrnoException)
      }
      await runEditor(path)
      return readUtf8(await readDraft(path), 'your text', 'save it as UTF-8')
    },
    async keep(initial) {
      // What cannot be read may be worth keeping all the same.
      const bytes = await readDraft(path).catch(() => undefined)
      if (bytes && Buffer.from(bytes).equals(Buffer.from(initial))) return false
      // An editor may have made the file anew; what it points to elsewhere is not ours.
      if ((await lstat(path).catch(() => undefined))?.isFile()) await chmod(path, 0o600)
      return existsSync(path)
    },
    drop: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A document is no longer than this, and neither is a part of one. */
const MAX_DRAFT_BYTES = 16 * 2 ** 20

async function readDraft(path: string): Promise<Uint8Array> {
  const stats = await lstat(path).catch(unread)
  const problem = !stats.isFile()
    ? 'something that is not a file'
    : stats.size > MAX_DRAFT_BYTES
      ? 'more than 16 MB'
      : undefined
  if (problem !== undefined) {
    throw new DriftStatusError('failed', `the editor left ${problem}`, { hint: 'nothing was changed' })
  }
  return readFile(path).catch(unread)
}

function unwritable(cause: NodeJS.ErrnoException): never {
  throw new DriftStatusError('failed', `no file for your text can be written in ${tmpdir()} (${cause.code})`, {
    hint: 'set TMPDIR to a folder where you can; nothing was changed',
    cause,
  })
}

function unread(cause: NodeJS.ErrnoException): never {
  throw new DriftStatusError('failed', `the editor left no file that can be read (${cause.code})`, {
    hint: 'nothing was changed',
    cause,
  })
}

/** Opens a file in `VISUAL` or `EDITOR`. The variable may hold arguments (`code --wait`): a shell splits it, as git lets it. */
export function runEditor(path: string, env: NodeJS.ProcessEnv): Promise<void> {
  const editor = env.VISUAL || env.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi')
  // Ctrl-C goes to the editor as well, for which it means something of its own.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  return new Promise<void>((resolve, reject) => {
    const failed = (reason: string) =>
      reject(
        new DriftStatusError('failed', `the editor "${editor}" ${reason}`, { hint: 'set EDITOR; nothing was changed' }),
      )
    const file = process.platform === 'win32' ? `"${path}"` : shellWord(path)
    const child = spawn(`${editor} ${file}`, { shell: true, stdio: 'inherit' })
    child.on('error', () => failed('cannot be started'))
    child.on('exit', (code, signal) => (code === 0 ? resolve() : failed(`ended with ${code ?? signal}`)))
  }).finally(() => process.off('SIGINT', ignore))
}
