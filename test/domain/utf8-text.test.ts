import { describe, expect, test } from 'vitest'
import { openDocument } from '../../src/api/workspace-questions.js'
import { readUtf8 } from '../../src/domain/utf8-text.js'

describe('bytes that are not UTF-8 are an error, and no other sign', () => {
  test.each([
    ['a byte alone', [0x80]],
    ['Latin-1', [0x63, 0x61, 0x66, 0xe9]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a text cut in a character', [0xe2, 0x82]],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
  ])('%s', (_, bytes) => {
    expect(() => readUtf8(Uint8Array.from(bytes), 'acme.yaml', 'save it as UTF-8')).toThrow(
      'acme.yaml is not text in UTF-8',
    )
    expect(() => openDocument(Uint8Array.from(bytes), 'acme.yaml')).toThrow('acme.yaml is not text in UTF-8')
  })

  test('what is, is read whole, without a mark at its start', () => {
    expect(readUtf8(new TextEncoder().encode('\ufeffcafé 😀'), 'a', '')).toBe('café 😀')
  })
})
