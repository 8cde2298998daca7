import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { DriftStatusError } from '../../domain/errors.js'
import { type ConnectionGuard, limitConnections } from './limits/connection-limits.js'
import { oneAtATime } from './limits/one-at-a-time.js'
import { cutOffSlowReaders } from './limits/slow-readers.js'
import { holdBackBodies } from './limits/unread-body.js'

/** A certificate and its key, PEM. */
export interface Tls {
  readonly cert: Uint8Array
  readonly key: Uint8Array
}

/** How often slow clients are looked for. */
const CHECK_INTERVAL_MS = 1000
/** Longer than proxies in front keep theirs, so that none sends into a connection that just closed. */
export const KEEP_ALIVE_MS = 72_000

/** A server of Node that no client can fill up, whatever it sends, or does not send or read. */
export function createGuardedServer(listener: RequestListener, tls: Tls | undefined, guard: ConnectionGuard): Server {
  const { limits } = guard
  const timeouts = {
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, limits.headersTimeoutMs),
    maxHeaderSize: limits.maxHeaderBytes,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node's own answer would be in no log, and count against no limit.
    requireHostHeader: false,
  }
  const inTurn = oneAtATime(listener)
  const server = tls
    ? createSecureServer({ ...timeouts, ...secured(tls), handshakeTimeout: limits.handshakeTimeoutMs }, inTurn)
    : createServer(timeouts, inTurn)
  holdBackBodies(server, inTurn)
  // Before anyone tries to answer: what is written before the handshake is over waits for it for ever.
  server.prependListener('tlsClientError', (_: Error, socket: Socket) => socket.destroy())
  limitConnections(server, guard)
  cutOffSlowReaders(server, limits)
  return server
}

/** @throws DriftStatusError (invalid-input) when they are not a certificate and its key */
export function secured({ cert, key }: Tls): { cert: Buffer; key: Buffer } {
  const files = { cert: Buffer.from(cert), key: Buffer.from(key) }
  try {
    createSecureContext(files)
    return files
  } catch (cause) {
    throw new DriftStatusError('invalid-input', 'the certificate and the key are not a pair that TLS can use', {
      hint: 'name PEM files: the certificate with its chain, and its private key without a password',
      cause,
    })
  }
}
