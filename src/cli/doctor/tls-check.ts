import { request } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { describeFailure } from '../../api/network/request/failure.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { type Checks, type Finding, findingOf, ok, skipped, warning } from './check.js'
import { connectSocket, type Endpoint, peerOf } from './endpoint.js'

/** Renewal that runs by itself comes long before. */
const FEW_DAYS = 14

/** The certificate, and whether this machine trusts it for this name: checked whatever the environment says. */
export async function checkTls(checks: Checks, endpoint: Endpoint, proxy: URL | undefined): Promise<void> {
  await checks.run('tls', { needs: ['connection'], limitMs: endpoint.limitMs }, async (signal) => {
    if (proxy && proxy.protocol !== 'http:') return skipped(`not checked through a proxy of ${proxy.protocol}`)
    try {
      const socket = await connectTls(endpoint, proxy, signal)
      const finding = certificateFinding(socket, endpoint.now())
      socket.destroy()
      return finding
    } catch (error) {
      return findingOf(describeFailure(error, { url: endpoint.url, proxy }))
    }
  })
}

function certificateFinding(socket: TLSSocket, now: number): Finding {
  const certificate = socket.getPeerCertificate()
  const daysLeft = Math.floor((Date.parse(certificate.valid_to) - now) / DAY_MS)
  const text = `${socket.getProtocol()}, certificate by ${issuerOf(certificate)}, ${daysLeft} days left`
  return daysLeft < FEW_DAYS
    ? warning(text, 'whoever runs the service must renew the certificate before it ends')
    : ok(text)
}

function issuerOf({ issuer }: PeerCertificate): string {
  return [issuer?.O ?? issuer?.CN ?? 'an unknown authority'].flat().join(' ')
}

async function connectTls({ url, ca }: Endpoint, proxy: URL | undefined, signal: AbortSignal): Promise<TLSSocket> {
  const { host, port } = peerOf(url)
  const socket = proxy
    ? await connectTunnel(proxy, `${url.hostname}:${port}`, signal)
    : await connectSocket({ host, port }, signal)
  return new Promise((resolve, reject) => {
    const secure = connect({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca }),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: true,
    })
    const stop = () => secure.destroy(new Error('it took too long'))
    signal.addEventListener('abort', stop, { once: true })
    secure.once('secureConnect', () => resolve(secure)).on('error', reject)
    secure.once('close', () => signal.removeEventListener('abort', stop))
  })
}

/** A proxy's tunnel to a host; what the proxy answers instead is an error with undici's words for it. */
function connectTunnel(proxy: URL, path: string, signal: AbortSignal): Promise<Socket> {
  const { host, port } = peerOf(proxy)
  const { username, password } = proxy
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  const headers = username !== '' || password !== '' ? { 'proxy-authorization': `Basic ${login}` } : {}
  return new Promise((resolve, reject) => {
    const asking = request({ host, port, method: 'CONNECT', path, headers, signal })
    asking.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) resolve(socket)
      else {
        socket.destroy()
        reject(
          Object.assign(new Error(`Proxy response (${statusCode}) !== 200 when HTTP Tunneling`), { code: 'PROXY' }),
        )
      }
    })
    asking.once('error', reject).end()
  })
}
