import { Readable } from 'node:stream'

/** Characters. */
const PIECE = 64 * 1024

/**
 * A long text that is sent as fast as it is read. Sent whole, each client that reads slowly would hold a copy of it, and
 * over TLS a second one; pieces are made when there is room for them.
 * @returns the text itself when it is short
 */
export function inPieces(text: string): string | Readable {
  if (text.length <= PIECE) return text
  let start = 0
  return new Readable({
    read() {
      if (start >= text.length) return void this.push(null)
      // Both halves of a surrogate pair go together.
      const end = start + PIECE + (isFirstHalf(text.charCodeAt(start + PIECE - 1)) ? 1 : 0)
      this.push(text.slice(start, end))
      start = end
    },
  })
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
