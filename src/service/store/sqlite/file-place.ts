import { statSync } from 'node:fs'
import { DriftStatusError } from '../../../domain/errors.js'

/**
 * Where a file was opened. What is written after it was moved, deleted or replaced goes to a file that
 * nobody will open again.
 */
export class FilePlace {
  readonly #path: string
  readonly #opened: string | undefined

  constructor(path: string) {
    this.#path = path
    this.#opened = fileAt(path)
  }

  /** Whether what is there now is the file that was opened. */
  get isKept(): boolean {
    return fileAt(this.#path) === this.#opened
  }

  /** @throws DriftStatusError (busy) when another file, or none, is in its place; it may come back */
  check(): void {
    const found = fileAt(this.#path)
    if (found === this.#opened) return
    throw found === undefined
      ? new DriftStatusError('busy', 'the workspace file was moved or deleted while it was open', {
          hint: 'nothing was changed: put the file back, or restart what has it open',
        })
      : new DriftStatusError('busy', 'the workspace file was replaced by another while it was open', {
          hint: 'nothing was changed: restart what has it open, to use the new one',
        })
  }
}

/** Tells one file from another; undefined where there is none. */
function fileAt(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && `${stats.dev} ${stats.ino}`
}
