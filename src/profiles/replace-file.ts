import { renameSync, rmSync, writeFileSync } from 'node:fs'

/**
 * Puts a file, which only its owner may read, in the place of another: whole, or not at all. Throws what the file system
 * throws, and leaves nothing behind.
 */
export function replaceFile(path: string, content: string | Uint8Array): void {
  const draft = `${path}.${process.pid}.tmp`
  try {
    rmSync(draft, { force: true })
    writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
