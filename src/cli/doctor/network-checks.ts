import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { describeFailure } from '../../api/network/request/failure.js'
import { proxyFor } from '../../api/network/request/proxy.js'
import { isLoopback } from '../../api/network/service-url.js'
import { type Checks, type Finding, failed, findingOf, ok, warning } from './check.js'
import { connectSocket, type Endpoint, type Peer, peerOf } from './endpoint.js'
import { checkTls } from './tls-check.js'

const SLOW_MS = 500
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const

/** From the address to an encrypted connection, one step a check: the first that fails names what is wrong. */
export async function checkNetwork(checks: Checks, endpoint: Endpoint): Promise<void> {
  const { url, env, limitMs } = endpoint
  await checks.run('address', {}, () => addressFinding(url))
  let proxy: URL | undefined
  await checks.run('proxy', { needs: ['address'] }, () => {
    proxy = proxyFor(url, env)
    return proxyFinding(proxy, endpoint)
  })
  const peer = peerOf(proxy ?? url)
  await checks.run('name', { needs: ['address', 'proxy'], limitMs }, () => nameFinding(peer, endpoint, proxy))
  await checks.run('connection', { needs: ['name'], limitMs }, (signal) =>
    connectionFinding(peer, endpoint, proxy, signal),
  )
  if (url.protocol === 'https:') await checkTls(checks, endpoint, proxy)
}

function addressFinding(url: URL): Finding {
  if (url.protocol === 'https:') return ok(`${url.origin}: what is sent is encrypted`)
  return isLoopback(url)
    ? ok(`${url.origin} is this machine: nothing leaves it`)
    : failed(`http to ${url.host} would send your token in clear text`, `use https://${url.host}`)
}

/** Names and passwords in a proxy's address are never shown. */
function proxyFinding(proxy: URL | undefined, { url, env }: Endpoint): Finding {
  const variable = PROXY_VARIABLES.find((name) => env[name])
  if (proxy) {
    const hidden = proxy.username !== '' || proxy.password !== '' ? ', with a name and a password' : ''
    return ok(`through ${proxy.protocol}//${proxy.host} (${variable}${hidden})`)
  }
  if (variable === undefined) return ok('none is set')
  return ok(
    `none: ${variable} is set, and ${isLoopback(url) ? 'this machine is' : `NO_PROXY says that ${url.hostname} is`} reached without`,
  )
}

async function nameFinding({ host }: Peer, { url }: Endpoint, proxy: URL | undefined): Promise<Finding> {
  if (isIP(host)) return ok(`${host} is an address, not a name`)
  try {
    const addresses = await lookup(host, { all: true })
    return ok(`${host} is ${addresses.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    return findingOf(describeFailure(error, { url, proxy }))
  }
}

async function connectionFinding(
  peer: Peer,
  { url }: Endpoint,
  proxy: URL | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  const began = performance.now()
  try {
    const socket = await connectSocket(peer, signal)
    socket.destroy()
    const tookMs = performance.now() - began
    const whom = proxy ? `the proxy ${proxy.host}` : url.host
    const text = `${whom} takes connections, within ${formatMs(tookMs)}`
    return tookMs > SLOW_MS ? warning(text, 'the network is slow: see the connection and the VPN') : ok(text)
  } catch (error) {
    return findingOf(describeFailure(error, { url, proxy }))
  }
}

export function formatMs(milliseconds: number): string {
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds)} ms`
}
