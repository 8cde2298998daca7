import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'

/** Opens a text in `VISUAL` or `EDITOR` and answers what it is when the editor ends. */
export async function editText(text: string, name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const editor = env.VISUAL || env.EDITOR || (process.platform === 'win32' ? 'notepad' : 'vi')
  const folder = await mkdtemp(join(tmpdir(), 'drift-status-'))
  const file = join(folder, name)
  try {
    await writeFile(file, text, { mode: 0o600 })
    await run(editor, file)
    return await readFile(file, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Keeps a text in a file of its own, readable by its owner alone. */
export async function keepText(text: string, name: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'drift-status-')), name)
  await writeFile(file, text, { mode: 0o600 })
  return file
}

/** The variable may hold arguments (`code --wait`): a shell splits it, as git lets it. */
function run(editor: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (reason: string) =>
      reject(
        new DriftStatusError('failed', `the editor "${editor}" ${reason}`, { hint: 'set EDITOR; nothing was changed' }),
      )
    const child = spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' })
    child.on('error', () => failed('cannot be started'))
    child.on('exit', (code) => (code === 0 ? resolve() : failed(`ended with ${code}`)))
  })
}
