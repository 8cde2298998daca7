import { networkOf } from '../access/network.js'
import type { ServerDeps } from '../http-deps.js'
import { TooManyRequestsError } from './limit-error.js'

/** @throws TooManyRequestsError when the token has asked too often */
export function countToken(id: string, deps: ServerDeps): void {
  add(id, deps)
}

/**
 * Counts what no token pays for: what is open to anyone, and every request for nothing.
 * @throws TooManyRequestsError when the address has asked too often
 */
export function countAddress(address: string, deps: ServerDeps): void {
  add(networkOf(address), deps)
}

function add(who: string, { requestCounts, limits }: ServerDeps): void {
  const wait = requestCounts.add(who)
  if (wait === 0) return
  throw new TooManyRequestsError('requests', `more than ${limits.requestsPerMinute} requests in a minute`, wait)
}
