import type { NewTokenAnswer, TokenAnswer } from '../../../api/contract/answers.js'
import { SCOPES } from '../../../api/contract/operation.js'
import { formatMoment } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { onProfile } from '../../next-steps.js'
import type { Lines, Text } from '../line.js'
import { shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

export interface TokensView {
  readonly timeZone: string
  readonly now: number
  /** As the command line named it. */
  readonly profile: string | undefined
  readonly style: Style
}

/** One row a token; those that are over come dimmed. */
export function renderTokens(tokens: readonly TokenAnswer[], { style, ...where }: TokensView): Lines {
  const view = { ...where, timeZone: shownZone(where.timeZone, style) }
  if (tokens.length === 0) return onProfile('  no tokens: make one with "drift-status token create"', view.profile)
  const rows = tokens.map((token) => {
    const { id, name, agent, state, expiresAt, lastUsedAt, previousUntil, revokedBecause } = token
    const dress = state === 'active' ? style.good : style.dim
    const details = [
      ...(state === 'active' ? [expiresAt === null ? 'never expires' : `until ${moment(expiresAt, view)}`] : []),
      ...(previousUntil === null ? [] : [`old secret until ${moment(previousUntil, view)}`]),
      ...(revokedBecause === null ? [] : [revokedBecause]),
      lastUsedAt === null ? 'never used' : `used ${moment(lastUsedAt, view)}`,
    ]
    return [dress(state), id, name, renderScopes(token), details.join(', '), agent ?? '']
  })
  const columns: readonly Column[] = [
    { title: '' },
    { title: 'token', dress: style.bold },
    { title: 'name', narrow: 'cut' },
    { title: 'may', narrow: 'wrap' },
    { title: '', narrow: 'wrap', dress: style.dim },
    { title: 'agent id', narrow: 'drop', dress: style.dim },
  ]
  return [...table(columns, rows, style), style.dim(`  times in ${view.timeZone}`)]
}

/** What a new secret comes with, beside the secret: whose it is, what it allows, until when. */
export function renderNewToken({ token, workspace, timeZone }: NewTokenAnswer, now: number): readonly Text[] {
  const { id, name, expiresAt, previousUntil } = token
  const said = (iso: string) => `${moment(iso, { timeZone, now })} ${timeZone}`
  const end = expiresAt === null ? 'It never expires.' : `It expires ${said(expiresAt)}.`
  const old = previousUntil === null ? [] : [`The old secret works until ${said(previousUntil)}.`]
  return [
    `Token ${id} (${name}) of ${workspace}: ${renderScopes(token)}. ${end}`,
    ...old,
    'The secret is shown this once: keep it safe, e.g. with "drift-status profile login NAME".',
  ]
}

function renderScopes({ scopes, followsAgent }: TokenAnswer): string {
  const told = scopes.length === SCOPES.length ? 'everything' : scopes.length === 0 ? 'nothing' : scopes.join(', ')
  return followsAgent ? `what the agent has (${told})` : told
}

function moment(iso: string, { timeZone, now }: Pick<TokensView, 'timeZone' | 'now'>): string {
  return formatMoment(Date.parse(iso), Zone.of(timeZone), now)
}
