import { DriftStatusError } from '../../../domain/errors.js'
import { isLoopback } from '../service-url.js'

/**
 * The proxy that an address is reached through, by the variables that curl made customary; lower case wins.
 * This machine is reached directly whatever they say: a proxy would carry a token of http in clear text.
 * @throws DriftStatusError (usage) when the variable is no URL
 */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  if (isLoopback(url)) return undefined
  const name = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'].find((variable) => env[variable])
  const value = name === undefined ? undefined : env[name]
  if (!value || isExempt(url, env.no_proxy || env.NO_PROXY || '')) return undefined
  const text = value.includes('://') ? value : `http://${value}`
  const proxy = URL.canParse(text) ? new URL(text) : undefined
  // The value is not repeated: it may hold a password.
  if (!proxy || !['http:', 'https:', 'socks5:', 'socks:'].includes(proxy.protocol)) {
    throw new DriftStatusError('usage', `${name} is not the URL of a proxy`, {
      hint: `set it like http://proxy.example:3128, or exempt this host: NO_PROXY=${url.hostname}`,
    })
  }
  return proxy
}

/** `NO_PROXY`: hosts with all below them, separated by commas or spaces, each with a port or without; `*` is all. */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true
    const match = /^(?:\*?\.)?(\[.+\]|[^:]+)(?::(\d+))?$/.exec(entry.toLowerCase())
    if (!match || (match[2] !== undefined && match[2] !== port)) return false
    return url.hostname === match[1] || url.hostname.endsWith(`.${match[1]}`)
  })
}
