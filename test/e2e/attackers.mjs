// Four clients that send large bodies for as long as they are told: node attackers.mjs URL TOKEN HOW MILLISECONDS
import { connect } from 'node:net'

const MB = 1024 * 1024
const [url, token, how, forMs] = process.argv.slice(2)
const { port } = new URL(url)
const end = Date.now() + Number(forMs)
const brackets = Buffer.alloc(16 * MB, '[')
const chunk = Buffer.concat([Buffer.from('100000\r\n'), brackets.subarray(0, MB), Buffer.from('\r\n')])
const statuses = new Set()

/** One request on a connection of its own. */
function attack() {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1')
    const length = how === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${brackets.length}`
    const lines = ['PUT /v1/workspace HTTP/1.1', 'Host: a', `Authorization: Bearer ${token}`]
    socket.write([...lines, 'Content-Type: application/json', length, '', ''].join('\r\n'))
    if (how === 'chunked') {
      const more = () => {
        while (!socket.destroyed && Date.now() < end && socket.write(chunk));
      }
      socket.on('drain', more)
      more()
    } else socket.write(brackets)
    socket.on('data', (data) => {
      statuses.add(data.toString('latin1').slice(9, 12))
      socket.destroy()
    })
    socket.on('error', () => {}).on('close', resolve)
  })
}

const attackers = Array.from({ length: 4 }, async () => {
  while (Date.now() < end) await attack()
})
await Promise.all(attackers)
process.stdout.write(JSON.stringify([...statuses]))
