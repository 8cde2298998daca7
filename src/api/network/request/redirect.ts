import { DriftStatusError } from '../../../domain/errors.js'
import type { TextAnswer } from './answer.js'

/** The request that was answered. */
export interface Redirected {
  readonly url: URL
  readonly method: string
  /** Its path with the query. */
  readonly target: string
}

/**
 * Where an answer redirects to, as a path of the same service; undefined when it does not.
 * @throws DriftStatusError (unreachable) for another origin: a token is for the service it was made by
 */
export function redirectTarget(
  { status, headers }: TextAnswer,
  { url, method, target }: Redirected,
): string | undefined {
  const location = headers.location
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  const from = new URL(target, url)
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (!to || !/^https?:$/.test(to.protocol)) throw refusal(url.host, 'an address that is not that of a service')
  if (to.origin !== url.origin) {
    throw new DriftStatusError('unreachable', `${url.origin} redirects to ${to.origin}, which your token is not for`, {
      hint: `if that is your service now, make ${to.origin} the address of your profile`,
    })
  }
  // These three turn a write into a read, which would then look like the write's answer.
  if (method !== 'GET' && status < 307) throw refusal(url.host, `a write to another page (${status})`)
  return to.pathname + to.search
}

function refusal(host: string, where: string): DriftStatusError {
  return new DriftStatusError('unreachable', `${host} redirects ${where}`, {
    hint: 'check the address of the service',
  })
}
