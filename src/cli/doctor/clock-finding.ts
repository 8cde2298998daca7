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

/** How far this machine's clock is from the service's: what lies within the request or the second is no difference. */
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
