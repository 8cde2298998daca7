import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { newFolder } from '../cli/fake-context.js'

/**
 * A proxy as companies have them: whoever asks it for `driftapi.com` is connected to another server,
 * byte by byte. A client that trusts that server's certificate needs no change to talk to it.
 */
export async function tunnelTo(base: string): Promise<string> {
  const { hostname, port } = new URL(base)
  const proxy = createServer()
  proxy.on('connect', (request, socket, head) => {
    if (request.url !== 'driftapi.com:443') {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      onward.write(head)
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.close()
    proxy.closeAllConnections()
  })
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
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

/** A certificate for a host that signs itself, and its key: PEM files. */
export function makeCertificate(host: string): { readonly keyFile: string; readonly certFile: string } {
  const folder = newFolder()
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile, ...subject],
    { stdio: 'ignore' },
  )
  return { keyFile, certFile }
}
