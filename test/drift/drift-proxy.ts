import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { newFolder } from '../cli/fake-context.js'

/** The environment in which an unchanged client of Drift's reaches another server. */
export interface DriftProxy {
  readonly HTTPS_PROXY: string
  readonly NODE_EXTRA_CA_CERTS: string
}

/**
 * A proxy as companies have them, that ends TLS itself: whoever asks it for `driftapi.com` and
 * trusts its certificate talks to the server at `base`. No client has to be changed for it.
 */
export async function driftProxy(base: string): Promise<DriftProxy> {
  const { key, cert, certFile } = makeCertificate('driftapi.com')
  const inside = createTlsServer({ key, cert }, (request, response) => {
    const { hostname, port } = new URL(base)
    const { method = 'GET', url = '/', headers } = request
    const onward = forward({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  const outside = createServer()
  outside.on('connect', (request, socket) => {
    if (request.url === 'driftapi.com:443') {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      inside.emit('connection', socket)
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    }
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    outside.close()
    outside.closeAllConnections()
  })
  return {
    HTTPS_PROXY: `http://127.0.0.1:${(outside.address() as AddressInfo).port}`,
    NODE_EXTRA_CA_CERTS: certFile,
  }
}

/** Whether certificates can be made on this machine. */
export function canMakeCertificates(): boolean {
  try {
    execFileSync('openssl', ['version'])
    return true
  } catch {
    return false
  }
}

function makeCertificate(host: string) {
  const folder = newFolder()
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile, ...subject],
    { stdio: 'ignore' },
  )
  return { key: readFileSync(keyFile), cert: readFileSync(certFile), certFile }
}
