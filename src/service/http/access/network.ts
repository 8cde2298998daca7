import { isIP, isIPv6 } from 'node:net'

/** An address as it is compared: IPv4 as IPv4, also on a socket that takes both; undefined for what is not an address. */
export function readAddress(text: string): string | undefined {
  // Some proxies name the port as well: 203.0.113.9:4711, [2001:db8::1]:4711.
  const bare = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/.exec(text)
  const [address = ''] = (bare?.[1] ?? bare?.[2] ?? text).toLowerCase().split('%')
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address
  return isIP(plain) === 0 ? undefined : plain
}

/** Whom limits count an address for: one machine has a whole /64 of IPv6 addresses to itself. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
