import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { request } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
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
