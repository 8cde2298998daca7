import { DriftStatusError } from '../../../domain/errors.js'

/** What was asked, for the words of an error: hosts only, never a path with a query, never a header. */
export interface Asked {
  readonly url: URL
  readonly proxy?: URL | undefined
}

/** A request brought no answer. */
export class NoAnswerError extends DriftStatusError {
  /** Whether the same request may well succeed in a moment. */
  readonly isPassing: boolean

  constructor({ message, hint, isPassing }: Words, cause: unknown) {
    super('unreachable', message, { hint, cause })
    this.isPassing = isPassing
  }
}

interface Words {
  readonly message: string
  readonly hint: string
  readonly isPassing: boolean
}

/** Says which host failed, why, and what to try. */
export function describeFailure(thrown: unknown, asked: Asked): NoAnswerError {
  const { code, text } = causeOf(thrown)
  const words =
    proxyWords(code, text, asked) ?? nameWords(code, asked) ?? timeWords(code, asked) ?? tlsWords(code, asked)
  return new NoAnswerError(words ?? brokenWords(code, asked), thrown)
}

/** The innermost error with a code: several addresses of one name fail as a group, TLS and proxies wrap theirs. */
function causeOf(thrown: unknown): { readonly code: string; readonly text: string } {
  if (!(thrown instanceof Error)) return { code: '', text: '' }
  const inner = thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause
  const found = causeOf(inner)
  if (found.code !== '') return found
  // undici's parser does not always say what it stumbled over, but that it did.
  const code = thrown.name === 'HTTPParserError' ? 'HPE' : 'code' in thrown && thrown.code
  return { code: typeof code === 'string' ? code : '', text: thrown.message }
}

function proxyWords(code: string, text: string, { url, proxy }: Asked): Words | undefined {
  if (!proxy) return undefined
  const hint = `check HTTPS_PROXY, or reach ${url.hostname} without it: NO_PROXY=${url.hostname}`
  const status = /^Proxy response \((\d+)\)/.exec(text)?.[1]
  if (status === '407')
    return { message: `the proxy ${proxy.host} asks for a name and a password`, hint, isPassing: false }
  if (status !== undefined) {
    return {
      message: `the proxy ${proxy.host} refused to connect to ${url.host} (${status})`,
      hint,
      isPassing: status !== '403',
    }
  }
  // With a proxy, names and connections are the proxy's own.
  const why = { ECONNREFUSED: 'refused the connection', ENOTFOUND: 'cannot be found' }[code]
  return why === undefined
    ? undefined
    : { message: `the proxy ${proxy.host} ${why}`, hint, isPassing: code === 'ECONNREFUSED' }
}

function nameWords(code: string, { url }: Asked): Words | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return {
        message: `${url.host} refused the connection`,
        hint: 'check that the service runs there, and that the address and the port are right',
        isPassing: true,
      }
    case 'ENOTFOUND':
      return {
        message: `there is no host named ${url.hostname}`,
        hint: 'check the spelling of the address, and that you are on the network or VPN that knows it',
        isPassing: false,
      }
    case 'EAI_AGAIN':
      return {
        message: `the name ${url.hostname} could not be looked up just now`,
        hint: 'check that this machine is online, then try again',
        isPassing: true,
      }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return {
        message: `${url.host} cannot be reached from this network`,
        hint: 'check that this machine is online, and on the VPN if the service needs one',
        isPassing: true,
      }
    default:
      return undefined
  }
}

function timeWords(code: string, { url, proxy }: Asked): Words | undefined {
  const through = proxy ? ` (through the proxy ${proxy.host})` : ''
  const hint = 'try again; if it stays so, a firewall may be in between, or the service overloaded'
  switch (code) {
    case 'CONNECT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return { message: `${url.host} did not accept the connection in time${through}`, hint, isPassing: true }
    case 'HEAD':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'DEADLINE':
      return { message: `${url.host} did not answer in time${through}`, hint, isPassing: true }
    case 'SILENCE':
    case 'UND_ERR_BODY_TIMEOUT':
      return { message: `${url.host} stopped sending in the middle of its answer${through}`, hint, isPassing: true }
    default:
      return undefined
  }
}

/** A certificate does not get better in a moment: none of these is passing. */
function tlsWords(code: string, { url }: Asked): Words | undefined {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return {
        message: `the certificate of ${url.host} has expired`,
        hint: 'check the clock of this machine; if it is right, whoever runs the service must renew the certificate',
        isPassing: false,
      }
    case 'CERT_NOT_YET_VALID':
      return {
        message: `the certificate of ${url.host} is not valid yet`,
        hint: 'check the clock of this machine',
        isPassing: false,
      }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return {
        message: `the certificate of ${url.host} is not signed by an authority that this machine trusts`,
        hint: "trust its authority with NODE_EXTRA_CA_CERTS=FILE, the authority's certificate in PEM",
        isPassing: false,
      }
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        message: `the certificate of ${url.host} is for another host name`,
        hint: 'use the name that the certificate is for, or have it made for this one',
        isPassing: false,
      }
    default:
      if (!code.startsWith('ERR_SSL_') && !code.startsWith('ERR_TLS_') && code !== 'EPROTO') return undefined
      return {
        message: `${url.host} does not answer in TLS that this machine understands (${code})`,
        hint: `see that ${url.host} serves https, and not http`,
        isPassing: false,
      }
  }
}

function brokenWords(code: string, { url }: Asked): Words {
  // The system's own codes help who looks them up; ours and undici's help nobody.
  const known = /^E[A-Z]+$/.test(code) ? ` (${code})` : ''
  if (['TOO_LONG', 'HPE_HEADER_OVERFLOW', 'UND_ERR_HEADERS_OVERFLOW'].includes(code)) {
    return {
      message: `${url.host} sent a response that is too large`,
      hint: 'check the address: this may be another service',
      isPassing: false,
    }
  }
  if (code.startsWith('HPE')) {
    return {
      message: `${url.host} answered with something that is not HTTP`,
      hint: 'check the address: https or http, the host, the port',
      isPassing: false,
    }
  }
  return {
    message: `the connection to ${url.host} broke before the answer was there${known}`,
    hint: 'try again',
    isPassing: true,
  }
}
