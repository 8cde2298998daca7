import { DriftStatusError } from '../../domain/errors.js'

/**
 * The address of a service, checked before a byte is sent: a token in clear text must not leave this machine.
 * @throws DriftStatusError (usage) when it is not an address, or http to another machine
 */
export function parseServiceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // The text is not repeated: what was pasted here by mistake may be a token.
  if (!url?.hostname) {
    throw new DriftStatusError('usage', "the service's address is not a URL", {
      hint: 'write it like https://status.acme.example',
    })
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new DriftStatusError('usage', `the service's address begins with ${url.protocol} instead of https:`, {
      hint: `write https://${url.host}`,
    })
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new DriftStatusError('usage', `the address of ${url.host} carries more than a host and a path`, {
      reason: 'token-in-url',
      hint: `write ${url.origin}${url.pathname}`,
    })
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw new DriftStatusError('usage', `http to ${url.host} would send your token in clear text`, {
      hint: `use https://${url.host}; http is for this machine only (localhost, 127.0.0.1, [::1])`,
    })
  }
  return url
}

/** Whether an address is this machine; URL has written its host in the one canonical way. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
