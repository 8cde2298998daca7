import { Readable } from 'node:stream'
import { buffer as bytesOf } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { inPieces } from '../../../../src/service/http/routes/mount-operations.js'

const PIECE = 64 * 1024

test.each([PIECE + 1, 2 * PIECE, 1_000_000])('an answer of %d bytes comes in pieces, and whole', async (length) => {
  const body = Buffer.from(Array.from({ length }, (_, index) => index % 251))
  const pieces = inPieces(body)
  expect(pieces).toBeInstanceOf(Readable)
  expect((await bytesOf(pieces as Readable)).equals(body)).toBe(true)
})

test('a short answer stays as it is', () => {
  const body = Buffer.alloc(PIECE)
  expect(inPieces(body)).toBe(body)
})
