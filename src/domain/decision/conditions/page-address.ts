import { DriftStatusError } from '../../errors.js'

/** The page a visitor is on, as browsers write addresses: what differs only in spelling is the same page. */
export interface PageAddress {
  /** `https`; undefined where only the path is known, or host and path. */
  readonly scheme: string | undefined
  /** With its port unless that is the scheme's own; undefined where only the path is known. */
  readonly host: string | undefined
  readonly path: string
  /** With its question mark; empty when there is none. The fragment is no part of a page. */
  readonly query: string
}

/**
 * Reads the address of a page: a whole one, one that begins at its host, or only its path.
 *
 * @throws DriftStatusError (invalid-input) for what no browser would open as a page
 * @example readPageAddress('HTTPS://Acme.example:443/a/../pricing').path // '/pricing'
 */
export function readPageAddress(text: string): PageAddress {
  const written = text.trim()
  if (/^[/\\](?![/\\])/.test(written)) {
    const { path, query } = parseAddress(`https://page${written}`) ?? refuse(text)
    return { scheme: undefined, host: undefined, path, query }
  }
  // An app has pages of its own scheme; mail, scripts and data are no pages.
  if (/^(?:https?:|[a-z][a-z\d+.-]*:\/\/)/i.test(written)) return parseAddress(written) ?? refuse(text)
  const rest = written.replace(/^[/\\]+/, '')
  const [host = ''] = rest.split(/[/\\?#]/, 1)
  if (!/^(?:\[[\da-f:.]+\]|[^:@]+)(?::\d+)?$/i.test(host)) refuse(text)
  const address = parseAddress(`https://${rest}`) ?? refuse(text)
  return { ...address, scheme: undefined, host: withoutDefaultPort(address.host) }
}

interface WholeAddress extends PageAddress {
  readonly host: string
}

/** A whole address in the spelling of browsers; undefined for other text. */
export function parseAddress(text: string): WholeAddress | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, hostname, port, pathname, search } = new URL(text)
  // A dot at the end of a host names the same host.
  const name = hostname.toLowerCase().replace(/\.$/, '')
  if (name === '') return undefined
  return {
    scheme: protocol.slice(0, -1),
    host: port === '' ? name : `${name}:${port}`,
    // The address of an app may have none.
    path: canonicalText(pathname || '/'),
    query: canonicalText(search),
  }
}

/** Where the scheme is not known, the port of either does not matter. */
export function withoutDefaultPort(host: string): string {
  return host.replace(/:(?:80|443)$/, '')
}

/**
 * RFC 3986, 6.2.2: a character is written as itself where it may be, else as `%` and capital digits.
 * Browsers leave such differences as they find them.
 */
export function canonicalText(text: string): string {
  return text
    .replace(/[^\u0021-\u007e]|["<>\\^`{|}]/gu, (character) =>
      encodeURIComponent(/[\ud800-\udfff]/u.test(character) ? '\ufffd' : character),
    )
    .replace(/%[\da-f]{2}/gi, (encoded) => {
      const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
      return /[\w.~-]/.test(character) ? character : encoded.toUpperCase()
    })
}

function refuse(text: string): never {
  const shown = text.length > 60 ? `${text.slice(0, 57)}…` : text
  throw new DriftStatusError('invalid-input', `"${shown}" is not the address of a page`, {
    hint: 'write e.g. https://acme.example/pricing, or /pricing',
  })
}
