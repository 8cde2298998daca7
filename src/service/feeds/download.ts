import type { LookupFunction } from 'node:net'
import type { Connection, WireAnswer } from '../../api/network/request/connection.js'
import { headerOf } from '../../api/network/request/connection.js'
import { connectDirectly } from '../../api/network/request/direct-connection.js'
import { describeFailure } from '../../api/network/request/failure.js'
import { proxyFor } from '../../api/network/request/proxy.js'
import { DriftStatusError } from '../../domain/errors.js'
import { isPrivateAddress } from './private-address.js'

/** How this process reaches the feeds of holiday calendars. */
export interface FeedNetwork {
  /** For the proxy settings. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether addresses of this machine and the networks around it are reached too: a server is asked by others. */
  readonly mayReachPrivate: boolean
  /** Certificates to trust, PEM, in place of Node's own. */
  readonly ca?: string | undefined
}

/** A feed as it was sent. */
export interface Download {
  readonly bytes: Uint8Array
  readonly etag: string | undefined
}

const MAX_BYTES = 5 * 1024 * 1024
const MAX_REDIRECTS = 5
const CONNECT_MS = 5_000
const HEADERS_MS = 10_000
const SILENCE_MS = 10_000
/** Of everything, redirects included. */
const TOTAL_MS = 20_000

const HEADERS = {
  accept: 'text/calendar, */*;q=0.5',
  'accept-encoding': 'gzip',
  'user-agent': 'drift-status',
}

/**
 * Reads a feed from its address; follows redirects to https only.
 *
 * @param etag of a copy that is there already
 * @returns undefined when that copy is still what the address has
 * @throws DriftStatusError (unreadable) saying why there is none; it names the host, never the rest of the address
 */
export async function download(
  source: string,
  etag: string | undefined,
  network: FeedNetwork,
  signal?: AbortSignal,
): Promise<Download | undefined> {
  const until = Date.now() + TOTAL_MS
  let url = new URL(source)
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const headers = { ...HEADERS, ...(etag !== undefined && { 'if-none-match': etag }) }
    const answer = await get(url, headers, { network, until, signal })
    if (answer.status === 304 && etag !== undefined) return undefined
    if (answer.status === 200) return { bytes: answer.bytes, etag: answer.etag }
    if (answer.location === undefined) {
      throw unreadable(`${url.host} answered ${answer.status}`, 'open the address in a browser to see what is there')
    }
    url = redirectTo(answer.location, url)
  }
  throw unreadable(`${url.host} redirects again and again`, 'use the address that a browser ends at')
}

interface Answer {
  readonly status: number
  readonly etag: string | undefined
  readonly location: string | undefined
  readonly bytes: Uint8Array
}

interface Asking {
  readonly network: FeedNetwork
  readonly until: number
  readonly signal: AbortSignal | undefined
}

async function get(url: URL, headers: Readonly<Record<string, string>>, asking: Asking): Promise<Answer> {
  const { network, until, signal } = asking
  const proxy = proxyFor(url, network.env)
  if (!network.mayReachPrivate) await refusePrivate(url, proxy !== undefined)
  const connection = await connect(url, proxy, network)
  const deadlineMs = Math.max(1, until - Date.now())
  const limits = { headersMs: HEADERS_MS, silenceMs: SILENCE_MS, deadlineMs }
  try {
    const answer = await connection.open({ method: 'GET', path: url.pathname + url.search, headers, ...limits, signal })
    const location = [301, 302, 303, 307, 308].includes(answer.status)
      ? headerOf(answer.headers, 'location')
      : undefined
    const etag = headerOf(answer.headers, 'etag')
    const bytes = answer.status === 200 ? await readBytes(answer, url) : new Uint8Array()
    return { status: answer.status, etag, location, bytes }
  } catch (thrown) {
    if (thrown instanceof DriftStatusError) throw thrown
    if (signal?.aborted) throw thrown
    if ((thrown as Error).cause instanceof PrivateAddressError || thrown instanceof PrivateAddressError) {
      throw privateAddress(url)
    }
    const { message, hint } = describeFailure(thrown, { url, proxy })
    throw unreadable(message, hint, thrown)
  } finally {
    await connection.close()
  }
}

async function connect(url: URL, proxy: URL | undefined, { mayReachPrivate, ca }: FeedNetwork): Promise<Connection> {
  const place = { url, ca, connectMs: CONNECT_MS }
  if (proxy) return (await import('../../api/network/request/proxied-connection.js')).connectThrough(proxy, place)
  return connectDirectly(mayReachPrivate ? place : { ...place, lookup: publicLookup })
}

async function readBytes({ headers, chunks }: WireAnswer, url: URL): Promise<Uint8Array> {
  const encoding = headerOf(headers, 'content-encoding') ?? 'identity'
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding.toLowerCase())) {
    throw unreadable(`${url.host} sent it encoded as "${encoding}", which was not asked for`, 'use another address')
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > MAX_BYTES) {
      throw unreadable(
        `what ${url.host} sends is longer than ${MAX_BYTES / 1024 / 1024} MB`,
        'use a calendar of fewer years',
      )
    }
    parts.push(chunk)
  }
  return Buffer.concat(parts)
}

function redirectTo(location: string, from: URL): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (to?.protocol === 'https:') return to
  const where = to ? `an address that begins with "${to.protocol}"` : 'what is no address'
  throw unreadable(`${from.host} redirects to ${where}`, 'only https is followed: use an address that ends at https')
}

/** With a proxy the names are the proxy's to look up: one that is known here to be private is refused all the same. */
async function refusePrivate({ hostname, host }: URL, isProxied: boolean): Promise<void> {
  if (isPrivateAddress(hostname)) throw privateAddress({ host })
  if (!isProxied) return
  const { lookup } = await import('node:dns/promises')
  const addresses = await lookup(hostname, { all: true }).catch(() => [])
  if (addresses.some(({ address }) => isPrivateAddress(address))) throw privateAddress({ host })
}

/** Looks a name up for a connection, and gives no private address: what was looked up is what is connected to. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  const { lookup } = process.getBuiltinModule('node:dns')
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 4)
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(new PrivateAddressError(), '', 4)
    if (options.all) return callback(null, addresses)
    callback(null, addresses[0]!.address, addresses[0]!.family)
  })
}

/** A name that leads to a private address. */
class PrivateAddressError extends Error {}

function privateAddress({ host }: Pick<URL, 'host'>): DriftStatusError {
  return unreadable(
    `${host} is not on the public internet, and this service reads no address of a private network`,
    'give the days themselves, or let whoever runs the service allow it',
  )
}

function unreadable(message: string, hint: string | undefined, cause?: unknown): DriftStatusError {
  return new DriftStatusError('unreadable', message, { hint, cause })
}
