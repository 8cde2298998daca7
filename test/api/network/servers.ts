import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import {
  type AddressInfo,
  connect,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** What a server of a test was sent. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** Which socket it came over, counted from 1. */
  readonly socket: number
}

/** A request, read to its end. */
export type Asked = IncomingMessage & { readonly body: string }

/** What a server of a test answers: a step for each request, the last one again and again. */
export type Step =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }
  | ((request: Asked, response: ServerResponse) => void)

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly received: readonly Received[]
}

/** An answer as our service gives it. */
export function json(value: unknown): Step {
  return { headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) }
}

/** A real HTTP server on this machine, gone when the test ends. */
export async function serve(...steps: readonly Step[]): Promise<TestServer> {
  return serveOn('http', (listener) => createServer(listener), steps)
}

/** The same over TLS, with one of the certificates beside this file. */
export async function serveTls(certificate: string, ...steps: readonly Step[]): Promise<TestServer> {
  const options = { cert: pem(certificate), key: pem('test-only-key') }
  return serveOn('https', (listener) => createTlsServer(options, listener), steps)
}

/** A server that speaks whatever it likes. */
export async function serveSocket(speak: (socket: Socket) => void): Promise<TestServer> {
  const server = createSocketServer((socket) => {
    socket.on('error', () => {})
    speak(socket)
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, received: [] }
}

/** A real proxy: tunnels every CONNECT to this machine, or answers it with `status`. Tells what it was asked. */
export async function proxy(status = 200): Promise<TestServer & { readonly asked: readonly IncomingMessage[] }> {
  const asked: IncomingMessage[] = []
  const server = createServer((_, response) => response.writeHead(400).end())
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push(request)
    socket.on('error', () => {})
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
      return
    }
    const target = connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      socket.pipe(target).pipe(socket)
    })
    target.on('error', () => socket.destroy())
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}`, port, received: [], asked }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export function pem(name: string): string {
  return readFileSync(join(import.meta.dirname, 'certificates', `${name}.pem`), 'utf8')
}

async function serveOn(scheme: string, create: (listener: RequestListener) => Server, steps: readonly Step[]) {
  const received: Received[] = []
  const sockets: unknown[] = []
  const server = create(async (request, response) => {
    if (!sockets.includes(request.socket)) sockets.push(request.socket)
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const { method = '', url: path = '', headers } = request
    received.push({ method, path, headers, body, socket: sockets.indexOf(request.socket) + 1 })
    const step = steps[Math.min(received.length, steps.length) - 1]!
    if (typeof step === 'function') step(Object.assign(request, { body }), response)
    else response.writeHead(step.status ?? 200, step.headers).end(step.body)
  })
  const port = await listen(server)
  return { url: `${scheme}://127.0.0.1:${port}`, port, received }
}

async function listen(server: Server | SocketServer): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}
