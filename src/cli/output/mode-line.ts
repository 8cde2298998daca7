import type { DecisionAnswer } from '../../domain/questions/simulate.js'
import { line, type Text } from './line.js'
import { formatNear } from './local-time.js'
import type { Style } from './style.js'

type Widget = DecisionAnswer['widget']

/** What a headline is said of. */
export interface ModeView {
  readonly at: string
  readonly timeZone: string
  /** How many agents there are; undefined where that is not known. */
  readonly agents?: { readonly available: number; readonly away: number } | undefined
}

/** The mode, until when, and what will happen: `OFFLINE: everyone is away. Hours open Thu 09:00; it stays offline …`. */
export function modeLine(widget: Widget, { at, timeZone, agents }: ModeView, style: Style): Text {
  const { mode, nextChange, promised } = widget
  const word = mode === 'online' ? style.good(style.bold('ONLINE')) : style.bad(style.bold('OFFLINE'))
  const until = nextChange ? ` until ${formatNear(nextChange.at, at, timeZone)}` : ''
  const isEmpty = promised !== undefined || agents?.available === 0
  const nobody = isEmpty ? (agents && agents.away === 0 ? 'there are no agents' : 'everyone is away') : ''
  const outlook = mode === 'offline' ? hiddenOutlook(widget, 'it', at, timeZone) : ''
  if (outlook !== '') return line`${word}${nobody === '' ? '.' : `: ${nobody}.`} ${outlook}`
  if (promised !== undefined) return line`${word}${until}: ${nobody}.`
  return nextChange ? line`${word}${until}` : line`${word}, no change ahead`
}

/**
 * R36: what the policy would show, and that auto-offline hides it: `Hours open Thu 09:00; it stays offline until
 * someone is available.` Empty where nothing is hidden before the mode changes.
 *
 * @param it what stays offline
 */
export function hiddenOutlook(
  { nextHidden, nextChange }: Pick<Widget, 'nextHidden'> & Partial<Pick<Widget, 'nextChange'>>,
  it: string,
  at: string,
  timeZone: string,
): string {
  if (!nextHidden || (nextChange && Date.parse(nextChange.at) < Date.parse(nextHidden.at))) return ''
  const when = formatNear(nextHidden.at, at, timeZone)
  const opening = nextHidden.source === 'hours' ? `Hours open ${when}` : `The mode by hand is online from ${when}`
  const promise = nextHidden.mode === 'online' ? opening : `Open until ${when}`
  const end = nextChange
    ? `comes online ${formatNear(nextChange.at, at, timeZone)}, when someone is expected`
    : 'stays offline until someone is available'
  return `${promise}; ${it} ${end}.`
}
