import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { inPieces } from '../../../src/service/http/in-pieces.js'

const CASES = [
  { title: 'of ASCII', long: 'x'.repeat(1_000_000) },
  { title: 'whose pairs fall on the ends of pieces', long: '😀'.repeat(200_000) },
  { title: 'whose pairs fall across the ends of pieces', long: `x${'😀'.repeat(200_000)}` },
  { title: 'that ends in a pair just over a piece', long: `${'x'.repeat(64 * 1024 - 1)}😀` },
]
test.each(CASES)('a long text $title comes in pieces, and whole', async ({ long }) => {
  const pieces = inPieces(long)
  expect(pieces).toBeInstanceOf(Readable)
  expect((await textOf(pieces as Readable)) === long).toBe(true)
})

test('a short text stays as it is', () => {
  expect(inPieces('short')).toBe('short')
})
