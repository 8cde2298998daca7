import { Zone } from '../../domain/time/zone.js'
import { type Finding, failed, ok } from './check.js'

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
