import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventParser, type ServerEvent } from '../../../src/api/network/event-parser.js'

const message = (data: string, more: Partial<ServerEvent> = {}) => ({ type: 'message', data, id: undefined, ...more })

const CASES: readonly (readonly [title: string, text: string, events: readonly ServerEvent[]])[] = [
  [
    'one event',
    'id: 12\nevent: revision\ndata: {"number":12}\n\n',
    [message('{"number":12}', { type: 'revision', id: '12' })],
  ],
  ['two events', 'data: a\n\ndata: b\n\n', [message('a'), message('b')]],
  ['several data lines are one value', 'data: a\ndata:\ndata: b\n\n', [message('a\n\nb')]],
  ['CRLF', 'id: 1\r\ndata: a\r\ndata: b\r\n\r\n', [message('a\nb', { id: '1' })]],
  ['CR alone', 'id: 1\rdata: a\r\r', [message('a', { id: '1' })]],
  ['line ends of every kind', 'data: a\r\ndata: b\ndata: c\r\n\n', [message('a\nb\nc')]],
  ['comments are nothing', ': keep-alive\n\n:\n\ndata: a\n: in between\n\n', [message('a')]],
  ['only one space is dropped', 'data:  a \n\n', [message(' a ')]],
  ['no space is needed', 'data:a\n\n', [message('a')]],
  ['a colon in a value', 'data: a: b\n\n', [message('a: b')]],
  ['a field without a colon is empty', 'data\n\n', [message('')]],
  ['an event without data is not delivered', 'id: 1\nevent: revision\n\ndata: a\n\n', [message('a')]],
  ['unknown fields are nothing', 'retry: 10\nfoo: bar\ndata: a\n\n', [message('a')]],
  ['an event that is not ended is not delivered', 'data: a\n\ndata: b\n', [message('a')]],
  ['beyond ASCII', 'data: Zoë 🌍\n\n', [message('Zoë 🌍')]],
]

describe('server-sent events', () => {
  test.each(CASES)('%s', (_, text, events) => {
    expect(createEventParser()(text)).toEqual(events)
  })

  test.each([
    ['one line without an end', 'data: aaaaaaaaaaaaaaaa'],
    ['many lines without an end', 'data: aaaa\n'],
  ])('an event longer than any of ours is refused: %s', (_, piece) => {
    const read = createEventParser(100)
    for (let short = 0; short < 50; short += 1) expect(read('data: aaaa\n\n')).toHaveLength(1)
    expect(() => {
      for (let sent = 0; sent < 50; sent += 1) read(piece)
    }).toThrow('sent an event longer than')
  })

  test('the cost of a long line grows with its length, not with its square', () => {
    const piece = 'a'.repeat(2 ** 16)
    const cost = (pieces: number) => {
      const read = createEventParser()
      const start = performance.now()
      read('data: ')
      for (let sent = 0; sent < pieces; sent += 1) read(piece)
      expect(read('\n\n')[0]!.data).toHaveLength(pieces * piece.length)
      return performance.now() - start
    }
    cost(16)
    // 30 MB in pieces as a socket hands them out: 10 s if each piece looked at all before it.
    expect(cost(480)).toBeLessThan(2000)
  })

  test('it does not matter where the pieces end', () => {
    const all = CASES.filter(([title]) => title !== 'an event that is not ended is not delivered')
    const cuts = fc.array(fc.nat(200), { maxLength: 12 })
    fc.assert(
      fc.property(fc.constantFrom(...all), cuts, ([, text, events], places) => {
        const read = createEventParser()
        const ends = [...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length]
        let from = 0
        const found = ends.flatMap((end) => {
          const piece = text.slice(from, end)
          from = end
          return read(piece)
        })
        expect(found).toEqual(events)
      }),
      { numRuns: 500 },
    )
  })
})
