import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A server that publishes one calendar, over real sockets. */
export interface FeedServer {
  readonly url: string
  /** What it answers from now on; the last one for every request that comes. */
  answer: RequestListener
  readonly requests: IncomingMessage[]
  close(): Promise<void>
}

export async function startFeedServer(
  answer: RequestListener,
  tls?: { key: string; cert: string },
): Promise<FeedServer> {
  const requests: IncomingMessage[] = []
  const listener: RequestListener = (request, response) => {
    requests.push(request)
    feed.answer(request, response)
  }
  const server: Server = tls ? (createSecureServer(tls, listener) as unknown as Server) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const feed: FeedServer = {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/holidays.ics`,
    answer,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return feed
}

/** A calendar of whole days, as `['20261225', 'Christmas']`. */
export function calendarOf(...days: readonly (readonly [date: string, summary: string])[]): string {
  const events = days.map(
    ([date, summary]) =>
      `BEGIN:VEVENT\r\nUID:${date}@example.com\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:${date}\r\nSUMMARY:${summary}\r\nEND:VEVENT\r\n`,
  )
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Holidays//EN\r\n${events.join('')}END:VCALENDAR\r\n`
}

/** Answers with a calendar, under an ETag that is obeyed. */
export function calendarAnswer(text: string, etag = '"1"'): RequestListener {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
    response.writeHead(200, { 'content-type': 'text/calendar; charset=utf-8', etag }).end(text)
  }
}
