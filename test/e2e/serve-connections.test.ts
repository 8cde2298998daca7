import { once } from 'node:events'
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { connect as connectSecurely } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { unless } from '../skip-reason.js'
import { serveProcess } from './served-process.js'

const CERTIFICATES = 'test/api/network/certificates'
const TLS = ['--tls-cert', `${CERTIFICATES}/good.pem`, '--tls-key', `${CERTIFICATES}/test-only-key.pem`]
const isLinux = process.platform === 'linux'

/** The status of a question from an address of this machine. */
function ask(url: string, localAddress: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { localAddress, agent: false, rejectUnauthorized: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!))
    })
    asked.on('error', reject).end()
  })
}

test.skipIf(!isLinux)(
  unless(!isLinux, 'it counts descriptors in /proc', 'silent TLS connections do not use up the descriptors of serve'),
  async () => {
    const database = join(newFolder(), 'acme.db')
    const served = await serveProcess(['--sample', '--database', database, ...TLS], { maxOpenFiles: 256 })
    onTestFinished(async () => void (await served.end('SIGKILL')))
    const { hostname, port } = new URL(served.url)
    const descriptors = () => readdirSync(`/proc/${served.pid}/fd`).length
    expect(await ask(`${served.url}/healthz`, '127.0.0.2')).toBe(200)
    const before = descriptors()
    const silent = Array.from({ length: 240 }, () => connect(Number(port), hostname).on('error', () => {}))
    const allClosed = Promise.all(silent.map((socket) => once(socket.resume(), 'close')))
    await expect.poll(descriptors).toBeGreaterThan(before + 50)
    expect(await ask(`${served.url}/healthz`, '127.0.0.2')).toBe(200)
    await allClosed
    await expect.poll(descriptors, { timeout: 5000 }).toBeLessThanOrEqual(before + 2)
    expect(await ask(`${served.url}/healthz`, '127.0.0.1')).toBe(200)
    expect(served.log()).toContain('the newest are refused')
  },
)

describe('SIGHUP', () => {
  const isWindows = process.platform === 'win32'
  const title = (text: string) => unless(isWindows, 'Windows has no such signal', text)
  const notes = (log: string) => [...log.matchAll(/"note":"(.+)"/g)].map(([, note]) => note)
  const start = async (...args: readonly string[]) => {
    const served = await serveProcess(['--sample', '--database', join(newFolder(), 'acme.db'), ...args])
    onTestFinished(async () => void (await served.end('SIGKILL')))
    return served
  }

  test.skipIf(isWindows)(title('shows new connections the certificate that is there now'), async () => {
    const folder = newFolder()
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    copyFileSync(`${CERTIFICATES}/good.pem`, cert)
    copyFileSync(`${CERTIFICATES}/test-only-key.pem`, key)
    const served = await start('--tls-cert', cert, '--tls-key', key)
    const hangUp = async (count: number) => {
      served.signal('SIGHUP')
      await expect.poll(() => notes(served.log()).length).toBe(count)
    }
    const before = await shownBy(served.url)

    copyFileSync(`${CERTIFICATES}/self-signed.pem`, cert)
    await hangUp(1)
    const after = await shownBy(served.url)
    expect(after).not.toBe(before)

    writeFileSync(key, 'not a key')
    await hangUp(2)
    writeFileSync(key, '')
    await hangUp(3)
    expect(await shownBy(served.url)).toBe(after)
    const refused =
      'the certificate was not reloaded, the old one stays: the certificate and the key are not a pair that TLS can use'
    expect(notes(served.log())).toEqual(['the certificate was reloaded', refused, refused])
  })

  test.skipIf(isWindows)(title('ends nothing where there is no certificate'), async () => {
    const served = await start()
    served.signal('SIGHUP')
    await expect
      .poll(() => notes(served.log()))
      .toEqual(['SIGHUP reloads the certificate, and this service has no certificate'])
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200)
  })
})

/** The fingerprint of the certificate that a service shows. */
async function shownBy(url: string): Promise<string> {
  const socket = connectSecurely({ port: Number(new URL(url).port), host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}
