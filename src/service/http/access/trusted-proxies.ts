import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { DriftStatusError } from '../../../domain/errors.js'
import { readAddress } from './network.js'

/** Which proxies in front are believed when they say in X-Forwarded-For whom they ask for. */
export interface TrustedProxies {
  /** @param hop how many proxies stand between this address and the service: 0 for who is connected */
  trusts(address: string, hop: number): boolean
}

export const NO_PROXIES: TrustedProxies = { trusts: () => false }

/** More proxies than this in a row are a mistake. */
const MAX_PROXIES = 20
const LOOPBACK = ['127.0.0.0/8', '::1']

/**
 * Reads how many proxies are in front, or their addresses: IP addresses, networks (10.0.0.0/8) and "loopback".
 * @throws DriftStatusError (usage)
 * @example
 * parseTrustedProxies('loopback,10.0.0.0/8').trusts('10.1.2.3', 0) // true
 */
export function parseTrustedProxies(text: string): TrustedProxies {
  if (/^[+-]?\d+$/.test(text)) return trustHops(text)
  const addresses = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim())) {
    for (const network of entry.toLowerCase() === 'loopback' ? LOOPBACK : [entry]) addNetwork(network, addresses)
  }
  return { trusts: (address) => addresses.check(address, familyOf(address)) }
}

/**
 * Who asks: the rightmost address of the connection and its X-Forwarded-For that is not a trusted proxy. What stands left
 * of it was written by the caller. An entry that is not an address is not followed: the proxy that wrote it is counted.
 */
export function clientAddress({ socket, headers }: IncomingMessage, proxies: TrustedProxies): string {
  let address = readAddress(socket.remoteAddress ?? '') ?? ''
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  for (let hop = 0; forwarded.length > 0 && address !== '' && proxies.trusts(address, hop); hop++) {
    const next = readAddress(forwarded.pop()!.trim())
    if (next === undefined) return address
    address = next
  }
  return address
}

function trustHops(text: string): TrustedProxies {
  const count = Number(text)
  if (count >= 1 && count <= MAX_PROXIES) return { trusts: (_, hop) => hop < count }
  throw new DriftStatusError('usage', `"${text}" is not a number of proxies from 1 to ${MAX_PROXIES}`, {
    hint: 'trust no proxy when there is none in front',
  })
}

function addNetwork(text: string, addresses: BlockList): void {
  const [address = '', prefix, ...rest] = text.split('/')
  const bits = prefix === undefined ? undefined : Number(prefix)
  const longest = isIP(address) === 4 ? 32 : 128
  const isRead = isIP(address) !== 0 && !address.includes('%') && rest.length === 0
  if (!isRead || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && bits! <= longest))) {
    throw new DriftStatusError('usage', `"${text}" is not an IP address, a network or "loopback"`, {
      hint: 'name the proxies, e.g. 10.0.0.5,10.1.0.0/16, or how many there are, e.g. 1',
    })
  }
  if (bits === undefined) addresses.addAddress(address, familyOf(address))
  else addresses.addSubnet(address, bits, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}
