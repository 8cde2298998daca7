import { type Client, createClient } from '../client.js'
import { type NetworkTransportOptions, networkTransport } from './network-transport.js'

export type ConnectOptions = Omit<NetworkTransportOptions, 'url' | 'sleep' | 'random' | 'firstPauseMs'>

/**
 * The typed client of a shared workspace, over the network. Requests that change nothing, and writes (each under
 * an idempotency key), are tried again when the service is out of reach or busy. Nothing is sent before the first
 * call; `close` ends the connections.
 *
 * @param url where `drift-status serve` is: https, or http to this machine
 * @param options the token, or a function that finds it; timeouts in milliseconds; the environment for its proxy settings
 * @throws DriftStatusError (usage) for an address that no token may be sent to
 *
 * @example
 * const client = connectWorkspace('https://status.acme.example', { token: process.env.DRIFT_STATUS_TOKEN })
 * await client.putStatus({ id: 'me', status: 'away' }, { note: 'lunch' })
 * await client.close()
 */
export function connectWorkspace(url: string, options: ConnectOptions = {}): Client {
  return createClient(networkTransport({ ...options, url }))
}
