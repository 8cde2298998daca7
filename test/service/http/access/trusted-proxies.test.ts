import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import { clientAddress, NO_PROXIES, parseTrustedProxies } from '../../../../src/service/http/access/trusted-proxies.js'
import { serveWorkspace } from '../served-workspace.js'

function asks(peer: string, forwarded: string | undefined): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage
}

describe('who asks', () => {
  const ONE = '1'
  const CASES = [
    { title: 'without a header is the proxy', proxies: ONE, forwarded: undefined, is: '10.0.0.1' },
    { title: 'is what the proxy appended', proxies: ONE, forwarded: '203.0.113.9', is: '203.0.113.9' },
    { title: 'is not what the client wrote', proxies: ONE, forwarded: '1.1.1.1, 203.0.113.9', is: '203.0.113.9' },
    { title: 'behind two proxies', proxies: '2', forwarded: '1.1.1.1, 203.0.113.9, 10.0.0.2', is: '203.0.113.9' },
    { title: 'behind fewer proxies than said', proxies: '5', forwarded: '203.0.113.9', is: '203.0.113.9' },
    { title: 'by addresses', proxies: '10.0.0.0/8', forwarded: '1.1.1.1, 203.0.113.9, 10.7.7.7', is: '203.0.113.9' },
    { title: 'where every address is a proxy', proxies: '10.0.0.0/8', forwarded: '10.9.9.9', is: '10.9.9.9' },
    { title: 'when the connection is no proxy', proxies: 'loopback', forwarded: '203.0.113.9', is: '10.0.0.1' },
    { title: 'when nobody is trusted', proxies: undefined, forwarded: '203.0.113.9', is: '10.0.0.1' },
    { title: 'with a port', proxies: ONE, forwarded: '203.0.113.9:4711', is: '203.0.113.9' },
    { title: 'with IPv6 and a port', proxies: ONE, forwarded: '[2001:DB8::9]:4711', is: '2001:db8::9' },
    { title: 'with IPv4 in IPv6', proxies: ONE, forwarded: '::ffff:203.0.113.9', is: '203.0.113.9' },
    { title: 'that is not an address is the proxy', proxies: ONE, forwarded: '203.0.113.9, unknown', is: '10.0.0.1' },
    { title: 'that is empty is the proxy', proxies: ONE, forwarded: '203.0.113.9, ', is: '10.0.0.1' },
    { title: 'behind a proxy that names none', proxies: '2', forwarded: '1.1.1.1, _hidden, 10.0.0.2', is: '10.0.0.2' },
  ]
  test.each(CASES)('$title', ({ proxies, forwarded, is }) => {
    const trusted = proxies === undefined ? NO_PROXIES : parseTrustedProxies(proxies)
    expect(clientAddress(asks('10.0.0.1', forwarded), trusted)).toBe(is)
  })

  test('on a socket for IPv4 and IPv6 is the IPv4 address', () => {
    const trusted = parseTrustedProxies('10.0.0.1')
    expect(clientAddress(asks('::ffff:10.0.0.1', '203.0.113.9'), trusted)).toBe('203.0.113.9')
    expect(clientAddress(asks('::ffff:198.51.100.1', '203.0.113.9'), trusted)).toBe('198.51.100.1')
  })
})

describe('trusted proxies', () => {
  const WRONG = [
    '0',
    '-1',
    '21',
    '1.5',
    'true',
    'proxy.example',
    '10.0.0.0/33',
    '10.0.0.1/',
    '::1/129',
    '10.0.0.1,',
    '',
  ]
  test.each(WRONG)('refuses "%s"', (text) => {
    expect(() => parseTrustedProxies(text)).toThrow(/^".*" is not /)
  })

  test('takes addresses, networks and "loopback", separated by commas', () => {
    const proxies = parseTrustedProxies('loopback, 10.1.0.0/16,2001:db8::/32')
    const trusted = ['127.0.0.1', '::1', '10.1.2.3', '2001:db8:1::1', '10.2.0.1', '2001:db9::1', '8.8.8.8']
    expect(trusted.filter((address) => proxies.trusts(address, 0))).toEqual(trusted.slice(0, 4))
  })
})

describe('wrong tokens behind a proxy', () => {
  const guess = (served: Awaited<ReturnType<typeof serveWorkspace>>, forwarded: string) =>
    served.ask('GET', '/v1/me', { token: `dst_zzzzzzzz_${'A'.repeat(43)}`, headers: { 'x-forwarded-for': forwarded } })

  test('are counted for the address that the proxy appended, whatever the client wrote before it', async () => {
    const proxies = parseTrustedProxies('loopback')
    const served = await serveWorkspace({ proxies, limits: { failedLoginsPerMinute: 3 } })
    const statuses = []
    for (let index = 0; index < 4; index++) {
      statuses.push((await guess(served, `10.0.0.${index}, 203.0.113.9`)).status)
    }
    expect(statuses).toEqual([401, 401, 401, 429])
    expect((await guess(served, '10.0.0.1, 203.0.113.10')).status).toBe(401)
  })

  test('are counted for a whole /64 of IPv6 addresses', async () => {
    const served = await serveWorkspace({
      proxies: parseTrustedProxies('loopback'),
      limits: { failedLoginsPerMinute: 1 },
    })
    const statuses = []
    for (const address of ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8:0:1::1']) {
      statuses.push((await guess(served, address)).status)
    }
    expect(statuses).toEqual([401, 429, 401])
  })

  test('are counted for the connection when it is no trusted proxy', async () => {
    const served = await serveWorkspace({
      proxies: parseTrustedProxies('10.0.0.1'),
      limits: { failedLoginsPerMinute: 3 },
    })
    const statuses = []
    for (let index = 0; index < 4; index++) statuses.push((await guess(served, `203.0.113.${index}`)).status)
    expect(statuses).toEqual([401, 401, 401, 429])
  })
})
