import { DAY_MS } from '../../domain/time/calendar-date.js'
import { formatInstant } from '../../domain/time/instant.js'
import { Zone } from '../../domain/time/zone.js'
import { type Finding, failed, ok, warning } from './check.js'

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
