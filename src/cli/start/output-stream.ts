import { fstatSync, writeSync } from 'node:fs'
import type { OutputStream } from '../context.js'

interface Output {
  readonly fd: number
  /** Node's own stream for it. */
  readonly open: () => NodeJS.WriteStream
  /** Whether the process has nothing else to do until its output is taken. */
  readonly mayWait: () => boolean
  readonly onLost: (error: NodeJS.ErrnoException) => void
}

/**
 * Standard output or standard error. A file or a pipe is written directly, without Node's stream, which takes a tenth
 * of a start to load; a terminal, and whatever cannot be waited for, is written through it.
 */
export function outputStream({ fd, open, mayWait, onLost }: Output): OutputStream {
  let opened: NodeJS.WriteStream | undefined
  const stream = () => {
    opened ??= open().on('error', onLost)
    return opened
  }
  let isFileOrPipe: boolean | undefined
  const isDirect = () => {
    isFileOrPipe ??= canBeWrittenDirectly(fd)
    return isFileOrPipe && !opened && mayWait()
  }
  return {
    get isTTY() {
      return !isDirect() && stream().isTTY === true
    },
    get columns() {
      return (isDirect() ? 0 : stream().columns) || 80
    },
    get rows() {
      return (isDirect() ? 0 : stream().rows) || 0
    },
    write(text) {
      const rest = isDirect() ? writeDirectly(fd, text, onLost) : text
      if (rest.length > 0) stream().write(rest)
    },
  }
}

function canBeWrittenDirectly(fd: number): boolean {
  // The pipes of Windows may be such that a plain write fails.
  if (process.platform === 'win32') return false
  const stats = fstatSync(fd)
  return stats.isFile() || stats.isFIFO() || stats.isSocket()
}

/** Writes a text and answers what could not be written without waiting: another process may have made the pipe so. */
function writeDirectly(fd: number, text: string, onLost: Output['onLost']): Uint8Array {
  const bytes = Buffer.from(text)
  let count = 0
  try {
    while (count < bytes.length) count += writeSync(fd, bytes, count)
    return new Uint8Array()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return bytes.subarray(count)
    onLost(error as NodeJS.ErrnoException)
    return new Uint8Array()
  }
}
