import { once } from 'node:events'
import { connect } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import { OPEN } from '../../domain/workspace-builder.js'
import { type ServedWorkspace, serveWorkspace } from './served-workspace.js'

const TIMES = 3

const QUESTIONS = [
  { method: 'GET', path: '/v1/status', body: undefined },
  { method: 'GET', path: '/v1/agents/2', body: undefined },
  { method: 'POST', path: '/v1/simulate', body: { visitor: { url: '/pricing' } } },
]

let served: ServedWorkspace
let admin: string

beforeAll(async () => {
  served = await serveWorkspace()
  admin = await served.token({ name: 'admin', scopes: ['read', 'status:any'] })
})

async function repeat(question: (typeof QUESTIONS)[number], token: string) {
  const answers = []
  for (let time = 0; time < TIMES; time++) {
    answers.push(await served.ask(question.method, question.path, { token, body: question.body }))
  }
  return answers
}

describe.each(QUESTIONS)('$method $path asked again and again', (question) => {
  const { method, path, body } = question

  test('is answered the same, with the same headers, under an id of its own', async () => {
    const answers = await repeat(question, admin)
    const plain = answers.map(({ status, headers, body: answer }) => ({
      status,
      answer,
      headers: Object.fromEntries(
        [...headers].filter(([name]) => !['x-request-id', 'date', 'keep-alive', 'connection'].includes(name)),
      ),
    }))
    expect(plain[0]!.status).toBe(200)
    for (const one of plain) expect(one).toEqual(plain[0])
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(TIMES)
  })

  test('is in the log each time, with its route and its token', async () => {
    const before = (await served.log()).length
    await repeat(question, admin)
    const lines = (await served.log()).slice(before).trim().split('\n')
    const route = path.replace(/\/2$/, '/:id')
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      lines.map(() => expect.objectContaining({ method, route, status: 200, token: admin.split('_')[1] })),
    )
    expect(lines).toHaveLength(TIMES)
  })

  test('shows what another process wrote in the very next answer', async () => {
    const [first] = await repeat(question, admin)
    const isAway = JSON.stringify(first!.body).includes('"status":"away"')
    await served.owner.putStatus({ id: '2', status: isAway ? 'available' : 'away' })
    const next = await served.ask(method, path, { token: admin, body })
    expect(JSON.stringify(next.body).includes('"status":"away"')).toBe(!isAway)
  })

  test('is refused at once when the token was revoked by another process', async () => {
    const secret = await served.token({ name: 'leaving', scopes: ['read'] })
    expect((await repeat(question, secret)).at(-1)!.status).toBe(200)
    await served.owner.revokeToken({ id: secret.split('_')[1]! })
    expect((await served.ask(method, path, { token: secret, body })).status).toBe(401)
  })

  test('is not answered to a token that may not ask, nor to a wrong secret of the same token', async () => {
    const narrow = await served.token({ name: 'narrow', scopes: ['status:any'] })
    await repeat(question, admin)
    expect((await repeat(question, narrow)).map(({ status }) => status)).toEqual([403, 403, 403])
    const wrong = `${admin.slice(0, -4)}AAAA`
    expect((await served.ask(method, path, { token: wrong, body })).status).toBe(401)
  })
})

test('the time of an answer moves on with the clock, also backwards', async () => {
  for (const at of [OPEN + 5000, OPEN + 10_000, OPEN]) {
    served.clock(at)
    const answers = await repeat(QUESTIONS[0]!, admin)
    expect(answers.map(({ body }) => Date.parse(body.at))).toEqual(answers.map(() => at))
  }
})

test.each(['{"visitor":{"url":"/pricing"}}', '{}'])(
  'a question that arrives in pieces is read whole: %s',
  async (body) => {
    await repeat({ method: 'POST', path: '/v1/simulate', body: JSON.parse(body) }, admin)
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    const head = ['POST /v1/simulate HTTP/1.1', 'Host: a', `Authorization: Bearer ${admin}`]
    const rest = ['Content-Type: application/json', `Content-Length: ${body.length}`, 'Connection: close', '', '']
    socket.write([...head, ...rest].join('\r\n'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.write(body.slice(0, 1))
    await new Promise((resolve) => setTimeout(resolve, 20))
    socket.write(body.slice(1))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    await once(socket, 'close')
    expect(text).toMatch(/^HTTP\/1.1 200 /)
    expect(text).toContain('"widget"')
  },
)
