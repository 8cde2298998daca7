import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePages } from '../../../../src/domain/decision/conditions/conditions.js'
import { visitorOf } from '../../../../src/domain/decision/conditions/facts.js'
import { readPageAddress } from '../../../../src/domain/decision/conditions/page-address.js'
import { compilePagePattern } from '../../../../src/domain/decision/conditions/page-pattern.js'

const pages: readonly (readonly [pattern: string, admitted: string[], refused: string[]])[] = [
  [
    '/pricing',
    ['https://acme.example/pricing', '/pricing', 'acme.example/pricing', 'https://acme.example/pricing?x=1#top'],
    ['https://acme.example/pricing/', 'https://acme.example/', '/Pricing'],
  ],
  ['/pricing*', ['https://acme.example/pricing/teams', '/pricing-2'], ['https://acme.example/a/pricing']],
  ['/', ['https://acme.example', 'https://acme.example/', 'https://acme.example?x=1'], ['/pricing']],
  ['/a/*/c', ['/a/b/c', '/a/b/b/c'], ['/a/c']],
  [
    'acme.example/docs/*',
    ['https://acme.example/docs/start', 'http://acme.example/docs/', 'acme.example/docs/x'],
    ['https://www.acme.example/docs/start', 'https://acme.example/docs'],
  ],
  ['*.acme.example/*', ['https://www.acme.example/', 'https://www.acme.example'], ['https://acme.example/']],
  [
    'https://acme.example/*',
    ['https://acme.example/', 'https://acme.example', 'https://acme.example/x?y=1'],
    ['http://acme.example/', 'acme.example/', '/x'],
  ],
  ['*', ['https://acme.example/x', '/x'], []],
  ['*pricing*', ['https://acme.example/pricing', '/a/pricing/b'], ['https://acme.example/?from=pricing']],
  ['*Pricing*', ['https://acme.example/Pricing'], ['https://acme.example/pricing']],
  ['acme.example', ['https://acme.example', 'https://acme.example/?x=1'], ['https://acme.example/pricing']],
  ['*.acme.example', ['https://www.acme.example'], ['https://www.acme.example/pricing']],
  ['acme.example/*', ['app://ACME.example/index.html'], []],
  ['app://localhost/*', ['app://LOCALHOST/index.html', 'app://localhost'], ['https://localhost/index.html']],
  ['app://localhost:443/*', ['app://localhost:443/a'], ['app://localhost/a']],
  ['\\pricing', ['/pricing', 'https://acme.example\\pricing'], []],
  ['*://*', ['https://acme.example/', 'app://acme.example/'], ['acme.example/']],
  ['/zstarz*', ['/zstarzq', '/zstarz'], ['/zstar']],
  ['*bücher*', ['https://acme.example/bücher/1', '/b%C3%BCcher'], ['/b\u00fccher'.normalize('NFD')]],
  ['*/bücher.html', ['https://acme.example/b%C3%BCcher.html'], []],
  ['/qstar*r*', ['/qstar-r', '/qstarr'], ['/qstar']],
  ['https://acme.example', ['https://acme.example/'], ['https://acme.example/pricing']],
  ['https://acme.example?x=*', ['https://acme.example/?x=1'], ['https://acme.example/']],
  ['/go/https://b.example', ['https://acme.example/go/https://b.example'], []],
  ['acme.example/go/https://*', ['https://acme.example/go/https://b.example/'], []],
]

const spellings: readonly { title: string; pattern: string; same: string[]; others?: string[] }[] = [
  {
    title: 'the case of scheme and host',
    pattern: 'HTTPS://Acme.Example/a',
    same: ['https://acme.example/a', 'https://ACME.example/a'],
    others: ['https://acme.example/A'],
  },
  {
    title: "the scheme's own port",
    pattern: 'https://acme.example:443/a',
    same: ['https://acme.example/a', 'https://acme.example:443/a', 'https://acme.example:0443/a'],
    others: ['https://acme.example:8443/a', 'https://acme.example:80/a'],
  },
  {
    title: 'the port of either scheme where none is said',
    pattern: 'acme.example:80/a',
    same: ['http://acme.example/a', 'https://acme.example/a', 'acme.example:443/a'],
    others: ['https://acme.example:8080/a'],
  },
  {
    title: 'who logs in',
    pattern: 'u:p@acme.example/a',
    same: ['https://acme.example/a', 'https://x@acme.example/a'],
  },
  { title: 'a dot at the end of the host', pattern: 'acme.example./a', same: ['https://acme.example/a'] },
  { title: 'a dot at the end of the address', pattern: 'acme.example/a', same: ['https://acme.example./a'] },
  {
    title: 'a host beyond ASCII',
    pattern: 'bücher.example/*',
    same: ['https://xn--bcher-kva.example/a', 'https://BÜCHER.example/a'],
  },
  {
    title: 'a host beyond ASCII beside a star',
    pattern: 'https://*.bücher.example/*',
    same: ['https://www.xn--bcher-kva.example/a'],
  },
  {
    title: 'percent-encoding',
    pattern: '/%7esam/caf%c3%a9/a b',
    same: ['/~sam/café/a%20b', 'https://acme.example/%7Esam/caf%C3%A9/a b'],
    others: ['/~sam/cafe\u0301/a b'],
  },
  { title: 'percent-encoding beside a star', pattern: '/größe/*', same: ['/gr%C3%B6%C3%9Fe/1'] },
  { title: 'percent-encoding in a query', pattern: 'https://a.example/?q=%7e*', same: ['https://a.example/?q=~x'] },
  { title: 'a slash that is encoded', pattern: '/a%2fb', same: ['/a%2Fb'], others: ['/a/b'] },
  { title: 'dots between slashes', pattern: '/x/../a/./b', same: ['/a/b', 'https://acme.example/c/%2e%2e/a/b'] },
  { title: 'dots before a star', pattern: '/x/../a*', same: ['/a/b'] },
  { title: 'backslashes', pattern: 'acme.example/a/b', same: ['https:\\\\acme.example\\a\\b', '//acme.example/a/b'] },
  {
    title: 'slashes after the scheme',
    pattern: 'https:\\acme.example/a',
    same: ['https:/acme.example/a', 'https://acme.example/a'],
  },
  { title: 'half a percent escape', pattern: '/%C3*', same: ['/ü'], others: ['/a'] },
  { title: 'numbers as a host', pattern: '192.168.*.1/*', same: ['http://192.168.7.1/a'] },
  { title: 'any port', pattern: 'localhost:*/a', same: ['http://localhost:3000/a'], others: ['http://localhost/a'] },
  { title: 'an address of IPv6', pattern: '[::1]:3000/*', same: ['http://[0:0::1]:3000/a'] },
  { title: 'any scheme', pattern: '*://acme.example/*', same: ['http://acme.example/', 'https://acme.example/a'] },
]

function matches(pattern: string, url: string): boolean {
  return compilePagePattern(pattern).matches(readPageAddress(url))
}

describe('R26: page patterns', () => {
  for (const [pattern, admitted, refused] of pages) {
    test.each(admitted)(`${pattern} matches %s`, (url) => expect(matches(pattern, url)).toBe(true))
    test.each(refused)(`${pattern} does not match %s`, (url) => expect(matches(pattern, url)).toBe(false))
  }

  test('without patterns every page matches; with any, an unknown page does not', () => {
    const visitors = [visitorOf({}), visitorOf({ url: '/pricing' })]
    expect(visitors.map(compilePages(undefined))).toEqual([true, true])
    expect(visitors.map(compilePages(['/docs*', '/pricing']))).toEqual([false, true])
    expect(visitors.map(compilePages(['*']))).toEqual([false, true])
  })

  test('many stars are decided at once', () => {
    const page = readPageAddress(`/${'a'.repeat(20_000)}`)
    const startedAt = performance.now()
    expect(compilePagePattern(`/${'a*'.repeat(40)}b`).matches(page)).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})

describe('R26: addresses are compared as browsers write them', () => {
  for (const { title, pattern, same, others = [] } of spellings) {
    test(`${title} is no difference`, () => {
      expect(same.map((url) => [url, matches(pattern, url)])).toEqual(same.map((url) => [url, true]))
      expect(others.map((url) => [url, matches(pattern, url)])).toEqual(others.map((url) => [url, false]))
    })
  }
})

const dead: readonly (readonly [pattern: string, why: RegExp])[] = [
  ['/q?plan=*', /without the query/],
  ['acme.example/*?plan=gold', /without the query/],
  ['/#/cart', /without its fragment/],
  ['https://acme.example/#/cart', /without its fragment/],
  ['htps://acme.example/*', /write https:/],
  ['htp://*', /write http:/],
  ['https://acme.example:99999/', /no port 99999/],
  ['acme.example:70000', /no port 70000/],
  ['acme example/pricing', /no host is written so/],
  ['https://', /no host is written so/],
  ['https:///', /no host is written so/],
  ['bü*.example/', /no host is written so/],
  ['*bücher.example/*', /part the star from letters beyond ASCII/],
  ['https://*bücher.example/', /part the star from letters beyond ASCII/],
  [' ', /empty/],
]

test.each(dead)('R26: %j can never match a page', (pattern, why) => {
  expect(compilePagePattern(pattern).whyDead).toMatch(why)
})

test.each(pages.map(([pattern]) => pattern))('R26: %s may match a page', (pattern) => {
  expect(compilePagePattern(pattern).whyDead).toBeUndefined()
})

describe('an address that no page has is refused', () => {
  test.each([
    '',
    ' ',
    '?x=1',
    '#top',
    '?#',
    '://',
    'https://',
    'https://acme.example:99999/',
    'https://acme .example/',
    'http://[::1/',
    'acme.example:port/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'mailto:sam@acme.example',
  ])('%j', (url) => {
    expect(() => readPageAddress(url)).toThrow(/is not the address of a page/)
  })
})

describe('R26: any address', () => {
  const addresses = fc.webUrl({ withQueryParameters: true, withFragments: true, size: 'medium' })
  const texts = fc.oneof(addresses, fc.string({ unit: 'grapheme' }), fc.webPath(), fc.string({ unit: 'binary' }))

  test('is the page that its own address, written as a pattern, means', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const page = readPageAddress(address)
        const host = `${page.host}${page.path}`
        for (const pattern of [host, page.path, `${page.scheme}://${host}${page.query}`, address.replace(/#.*/s, '')]) {
          expect(compilePagePattern(pattern.replaceAll('*', '%2A')).matches(page)).toBe(!pattern.includes('*'))
        }
      }),
    )
  })

  test('read again in the spelling it was read in is the same', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const page = readPageAddress(address)
        expect(readPageAddress(`${page.scheme}://${page.host}${page.path}${page.query}`)).toEqual(page)
      }),
    )
  })

  test('or text is a page or refused, and compared with any pattern', () => {
    fc.assert(
      fc.property(texts, texts, (text, pattern) => {
        const { matches } = compilePagePattern(pattern)
        try {
          matches(readPageAddress(text))
        } catch (error) {
          expect(`${error}`).toContain('is not the address of a page')
        }
      }),
      { numRuns: 1000 },
    )
  })
})
