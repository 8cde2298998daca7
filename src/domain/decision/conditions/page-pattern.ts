import { nearest } from '../../nearest.js'
import { compileGlob } from './glob.js'
import { canonicalText, type PageAddress, parseAddress, withoutDefaultPort } from './page-address.js'

/** Apps have schemes of their own: only what is like one of these is one misspelt. */
const WEB_SCHEMES = ['https', 'http']

/** A page pattern, compiled. */
export interface PagePattern {
  readonly matches: (page: PageAddress) => boolean
  /** Why no page can ever match, and what to write; undefined where some may. */
  readonly whyDead: string | undefined
}

/**
 * R26: a pattern that starts with `/` is matched against the path, one with a scheme against the whole
 * address without its fragment, any other against host and path. Pattern and page are compared as browsers
 * write addresses.
 *
 * @example compilePagePattern('ACME.example/pricing*').matches(readPageAddress('https://acme.example:443/pricing/teams')) // true
 */
export function compilePagePattern(text: string): PagePattern {
  // Browsers take any slashes after the scheme of a page.
  const pattern = text.trim().replace(/^(https?):[/\\]+/i, '$1://')
  const whyDead = whyNeverMatches(pattern)
  if (whyDead !== undefined) return { matches: () => false, whyDead }
  if (/^[/\\]/.test(pattern)) {
    const glob = compileGlob(canonicalAddress(`https://page${pattern}`)?.path ?? canonicalText(pattern))
    return { matches: ({ path }) => glob(path), whyDead }
  }
  const { scheme, rest } = splitScheme(pattern)
  const readings = [readAsHost(scheme, rest), readAsText(rest)].filter((reading) => reading !== undefined)
  if (readings.length === 0) return { matches: () => false, whyDead: whyNoHost(rest) }
  const isScheme = compileGlob(scheme ?? '*')
  return {
    matches: (page) =>
      (scheme === undefined || (page.scheme !== undefined && isScheme(page.scheme))) &&
      readings.some((matches) => matches(page.host, `${page.path}${scheme === undefined ? '' : page.query}`)),
    whyDead,
  }
}

function whyNeverMatches(pattern: string): string | undefined {
  const { scheme, rest } = splitScheme(pattern)
  if (pattern === '') return 'it is empty: write a page, e.g. "/pricing*"'
  if (pattern.includes('#')) return 'a page is compared without its fragment: leave out "#" and what follows'
  if (scheme === undefined && pattern.includes('?')) {
    return 'it is compared without the query: leave out "?" and what follows, or write the whole address with https://'
  }
  const isWebScheme = scheme === undefined || WEB_SCHEMES.some(compileGlob(scheme))
  const meant = isWebScheme ? undefined : nearest(scheme, WEB_SCHEMES)
  if (meant !== undefined) return `"${scheme}" is not a scheme of pages: write ${meant}://`
  const port = /^[^/?]*:(\d+)(?=[/?]|$)/.exec(rest)?.[1]
  if (port !== undefined && Number(port) > 65_535) return `there is no port ${port}`
  return undefined
}

function whyNoHost(rest: string): string {
  return rest.includes('*') && /[^\0-\u007f]/.test(rest)
    ? 'no host is written so: part the star from letters beyond ASCII by a dot'
    : 'no host is written so: check how it is spelled'
}

/** Only what can be a scheme is one: `acme.example/go/https://…` begins at its host. */
function splitScheme(pattern: string): { readonly scheme: string | undefined; readonly rest: string } {
  const scheme = /^([a-z*][a-z\d+.*-]*):\/\//i.exec(pattern)?.[1]
  return scheme === undefined
    ? { scheme, rest: pattern }
    : { scheme: scheme.toLowerCase(), rest: pattern.slice(scheme.length + 3) }
}

/** Whether a page has the host and the rest that a pattern asks for. */
type Reading = (host: string | undefined, path: string) => boolean

/** What stands before the first slash is the host. */
function readAsHost(scheme: string | undefined, rest: string): Reading | undefined {
  const isSchemeKnown = scheme !== undefined && !scheme.includes('*')
  const address = canonicalAddress(`${isSchemeKnown ? scheme : 'https'}://${rest}`)
  if (!address) return undefined
  const isHost = compileGlob(isSchemeKnown ? address.host : withoutDefaultPort(address.host))
  // Without a path it is the first page of the host, unless a star goes on.
  const goesOn = rest.endsWith('*') && !/[/?]/.test(rest)
  const isPath = compileGlob(goesOn ? '*' : `${address.path}${address.query}`)
  return (host, path) => host !== undefined && isHost(host) && isPath(path)
}

/** A star before the first slash may stand for some of the path too, where capitals are a difference. */
function readAsText(rest: string): Reading | undefined {
  const [authority = ''] = rest.split(/[/?]/, 1)
  const [host = '', ...others] = rest.replace(/^[^/?*]*@/, '').split('*')
  if (!authority.includes('*') || !/^[\w.:-]*$/.test(host)) return undefined
  // `*bücher.example/` has a host, in which browsers write such letters otherwise; `*bücher*` may be of a path.
  if (authority !== rest && /[^\0-\u007f][^*]*\./.test(authority)) return undefined
  const matches = compileGlob([host.toLowerCase(), ...others.map(canonicalText)].join('*'))
  return (pageHost = '', path) => matches(`${pageHost}${path}`)
}

/**
 * An address with stars, read as any other: the stars are a word of the address meanwhile. Its first letter
 * is no other of its letters, so that no part of the address and of the word together reads as the word.
 */
function canonicalAddress(text: string): ReturnType<typeof parseAddress> {
  let word = 'qstar'
  while (text.toLowerCase().includes(word)) word += 'r'
  const address = parseAddress(text.replaceAll('*', word))
  if (!address) return undefined
  const stars = (part: string) => part.replaceAll(word, '*')
  const host = stars(address.host)
  // A label with a star and letters beyond ASCII has no spelling of its own.
  return /xn--[^.]*\*/.test(host)
    ? undefined
    : { ...address, host, path: stars(address.path), query: stars(address.query) }
}
