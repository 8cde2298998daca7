import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { outputStream } from '../../../src/cli/start/output-stream.js'
import { unless } from '../../skip-reason.js'
import { newFolder } from '../fake-context.js'

const { O_RDONLY, O_RDWR, O_NONBLOCK } = constants
/** Longer than a pipe holds. */
const LONG = 'ä line\n'.repeat(100_000)

/** The output of a process on this descriptor, and what happens to it. */
function outputOn(fd: number, { mayWait = true } = {}) {
  const stream = new PassThrough()
  const seen = { opened: 0, lost: [] as (string | undefined)[] }
  const output = outputStream({
    fd,
    open: () => {
      seen.opened += 1
      return stream as unknown as NodeJS.WriteStream
    },
    mayWait: () => mayWait,
    onLost: ({ code }) => seen.lost.push(code),
  })
  return { output, stream, seen }
}

const isWindows = process.platform === 'win32'

describe.skipIf(isWindows)(unless(isWindows, 'Windows writes through the stream', 'output'), () => {
  function newPipe(flags: number): { readonly path: string; readonly fd: number } {
    const path = join(newFolder(), 'pipe')
    execFileSync('mkfifo', [path])
    return { path, fd: openSync(path, flags) }
  }

  test('a file gets it at once, and no stream is opened', () => {
    const path = join(newFolder(), 'answer')
    const { output, seen } = outputOn(openSync(path, 'w'))
    output.write(LONG)
    output.write('end\n')
    expect(readFileSync(path, 'utf8')).toBe(`${LONG}end\n`)
    expect({ ...seen, ...output }).toMatchObject({ opened: 0, lost: [], isTTY: false, columns: 80, rows: 0 })
  })

  test('a full pipe that does not wait gets the rest, and all that follows, through the stream', () => {
    const { fd } = newPipe(O_RDWR | O_NONBLOCK)
    const { output, stream, seen } = outputOn(fd)
    output.write(LONG)
    output.write('end\n')
    const taken = Buffer.alloc(2 ** 20)
    const first = taken.subarray(0, readSync(fd, taken))
    expect(first.length).toBeGreaterThan(0)
    expect(Buffer.concat([first, stream.read()]).toString()).toBe(`${LONG}end\n`)
    expect(seen).toEqual({ opened: 1, lost: [] })
  })

  test('a pipe that nobody reads any more is said to be lost', () => {
    const { path, fd: reader } = newPipe(O_RDONLY | O_NONBLOCK)
    const { output, seen } = outputOn(openSync(path, 'w'))
    closeSync(reader)
    output.write('nobody reads this\n')
    expect(seen).toEqual({ opened: 0, lost: ['EPIPE'] })
  })

  test('a command that stays writes through the stream', () => {
    const { output, stream, seen } = outputOn(newPipe(O_RDWR).fd, { mayWait: false })
    output.write('a frame\n')
    expect(`${stream.read()}`).toBe('a frame\n')
    expect(seen.opened).toBe(1)
  })
})
