import { SCOPES, type Scope } from '../../api/contract/operation.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { formatInstant } from '../../domain/time/instant.js'
import { Zone } from '../../domain/time/zone.js'
import { type Finding, failed, ok, skipped, warning } from './check.js'

/** A `Date` header is cut to the second. */
const RESOLUTION_MS = 1000
const NOTICEABLE_MS = 5_000
const HARMFUL_MS = 5 * 60_000

/** When a request was sent and its answer came, and what the answer says the time is. */
export interface ClockReading {
  readonly sentAt: number
  readonly receivedAt: number
  readonly date: string | undefined
}

/** How far this machine's clock is from the service's: what lies within the request or the second does not count. */
export function clockFinding({ sentAt, receivedAt, date }: ClockReading): Finding {
  const at = date === undefined ? Number.NaN : Date.parse(date)
  if (Number.isNaN(at)) return skipped('the service does not say what time it is')
  const aheadMs = sentAt - (at + RESOLUTION_MS)
  const behindMs = at - receivedAt
  const skewMs = Math.max(aheadMs, behindMs, 0)
  if (skewMs <= NOTICEABLE_MS) return ok("this machine's clock and the service's agree to a few seconds")
  const text = `this machine's clock is ${formatSkew(skewMs)} ${aheadMs > 0 ? 'ahead of' : 'behind'} the service's`
  const hint = 'set the clock (on most systems: let it be set from the network), or have the service set its own'
  return skewMs > HARMFUL_MS ? failed(text, hint) : warning(text, hint)
}

function formatSkew(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

const FEW_DAYS = 7

/**
 * @param expiresAt milliseconds since 1970; undefined for a token without an end
 * @param renew what to do for another token
 */
export function expiryFinding(expiresAt: number | undefined, now: number, renew: string): Finding {
  if (expiresAt === undefined) {
    return warning('the token never expires: whoever finds it has it for good', renew)
  }
  const text = formatInstant(expiresAt, Zone.of('UTC'))
  if (expiresAt <= now) return failed(`the token expired at ${text}`, renew)
  const days = Math.floor((expiresAt - now) / DAY_MS)
  return days < FEW_DAYS
    ? warning(
        `the token expires at ${text}, in ${days === 0 ? 'less than a day' : days === 1 ? '1 day' : `${days} days`}`,
        renew,
      )
    : ok(`the token expires at ${text}, in ${days} days`)
}

/** Whether this machine knows the zones that a workspace computes its hours in. */
export function zonesFinding(names: readonly string[]): Finding {
  for (const name of names) {
    try {
      Zone.of(name)
    } catch {
      return failed(
        `this machine does not know the workspace's time zone "${name}"`,
        'update Node: it brings the zones',
      )
    }
  }
  return ok(`the workspace is in ${names.join(' and ')}`)
}

const WORDS: Readonly<Record<Exclude<Scope, 'read'>, string>> = {
  'status:self': 'its own status',
  'status:any': "everyone's status",
  widget: 'the widget',
  duty: 'who is on duty',
  hours: 'the hours',
  routing: 'routing, teams and playbooks',
  admin: 'agents, tokens and the whole workspace',
}

/**
 * What a token allows, as a person says it.
 *
 * @example scopesInWords(['read', 'status:self']) // 'may read, and set only its own status'
 */
export function scopesInWords(scopes: readonly Scope[]): string {
  if (SCOPES.every((scope) => scopes.includes(scope))) return 'may do everything'
  const set = SCOPES.filter((scope): scope is keyof typeof WORDS => scope !== 'read' && scopes.includes(scope))
  // Whoever sets everyone's status sets their own.
  const told = set
    .filter((scope) => scope !== 'status:self' || !set.includes('status:any'))
    .map((scope) => WORDS[scope])
  const last = told.at(-1)
  const setting = told.length > 1 ? `${told.slice(0, -1).join(', ')} and ${last}` : last
  if (!scopes.includes('read')) return `may set only ${setting}, and read nothing`
  return setting === undefined ? 'may only read' : `may read, and set only ${setting}`
}

export interface FoundToken {
  readonly token: string
}
