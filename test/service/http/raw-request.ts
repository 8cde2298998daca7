import { connect, type Socket } from 'node:net'

/** A bare connection: what is sent, and what came back. */
export interface RawConnection {
  readonly socket: Socket
  /** All that came back so far. */
  text(): string
  send(text: string | Buffer): void
  /** Resolves once the text has come; rejects when the connection ends before. */
  until(pattern: RegExp): Promise<string>
  readonly closed: Promise<string>
}

export function openConnection(url: string): RawConnection {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  // What was sent into a connection that the server had ended.
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)))
  return {
    socket,
    text: () => text,
    send: (chunk) => void socket.write(chunk),
    closed,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text)) return
          socket.off('data', look)
          resolve(text)
        }
        socket.on('data', look).on('close', () => reject(new Error(`closed before ${pattern}: ${text}`)))
        look()
      }),
  }
}

/** The head of a request with a token. */
export function head(line: string, token: string | undefined, headers: Readonly<Record<string, string>> = {}): string {
  const all = { host: 'a', ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers }
  return `${[`${line} HTTP/1.1`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`
}
