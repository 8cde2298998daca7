import { Readable } from 'node:stream'

const PIECE_BYTES = 64 * 1024

/**
 * A long answer that is sent as fast as it is read. Sent whole over TLS, each client that reads slowly would hold a copy
 * of it; pieces are taken when there is room for them, and over plain HTTP they are no copies.
 * @returns the bytes themselves when they are few
 */
export function inPieces(body: Buffer): Buffer | Readable {
  if (body.length <= PIECE_BYTES) return body
  let start = 0
  return new Readable({
    read() {
      if (start >= body.length) return void this.push(null)
      this.push(body.subarray(start, start + PIECE_BYTES))
      start += PIECE_BYTES
    },
  })
}
