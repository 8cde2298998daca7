import { createReadStream, readFileSync, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { DriftStatusError } from '../../domain/errors.js'

/**
 * The bytes of a file, or of standard input for `-`.
 * @throws DriftStatusError (invalid-input) for a file that is not there, too long, or not to be read
 */
export function readInput(path: string, maxBytes: number): Promise<Uint8Array> {
  return path === '-' ? readStream(process.stdin, 'standard input', maxBytes) : readPath(path, maxBytes)
}

export async function readPath(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const file = statSync(path)
    if (file.size > maxBytes) throw tooLong(path, maxBytes)
    // A pipe or a device does not say how long it is, and may never end.
    const isBounded = file.isFile() || file.isDirectory()
    return isBounded ? readFileSync(path) : await readStream(createReadStream(path), path, maxBytes)
  } catch (error) {
    if (error instanceof DriftStatusError) throw error
    throw unreadable(path, error as NodeJS.ErrnoException)
  }
}

async function readStream(stream: Readable, name: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    length += chunk.length
    if (length > maxBytes) throw tooLong(name, maxBytes)
  }
  return Buffer.concat(chunks)
}

function tooLong(name: string, maxBytes: number): DriftStatusError {
  return new DriftStatusError('invalid-input', `${name} is longer than ${maxBytes / 2 ** 20} MB`, {
    hint: 'a workspace document is YAML or JSON; start from docs/sample/acme.yaml',
  })
}

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a directory',
  EACCES: 'may not be read by you',
  EPERM: 'may not be read by you',
  ENOTDIR: 'does not exist',
  ENAMETOOLONG: 'does not exist',
}

function unreadable(path: string, cause: NodeJS.ErrnoException): DriftStatusError {
  const reason = READ_FAILURES[cause.code ?? ''] ?? `cannot be read (${cause.code ?? cause.message})`
  return new DriftStatusError('invalid-input', `${path} ${reason}`, {
    hint: 'name a file that you may read, or - for standard input',
    cause,
  })
}
