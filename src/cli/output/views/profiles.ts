import type { Profile } from '../../../profiles/profile.js'
import { placeOf } from '../../../profiles/profile.js'
import type { Source } from '../../../profiles/resolve-profile.js'
import type { Lines, Text } from '../line.js'
import type { Style } from '../style.js'
import { type Column, table } from '../table.js'

/** A value with where it came from. */
export interface SourcedValue {
  readonly value: string | boolean | null
  readonly source: Source
}

/** One row a profile; the one in use is marked. */
export function renderProfiles(
  profiles: Readonly<Record<string, Profile>>,
  current: string | undefined,
  style: Style,
): Lines {
  const entries = Object.entries(profiles)
  if (entries.length === 0) return 'no profiles; make one with "drift-status init" or "drift-status profile add"'
  const rows = entries.map(([name, profile]) => [
    name === current ? style.good(`* ${name}`) : `  ${name}`,
    profile.service,
    'agent' in profile && profile.agent !== undefined ? profile.agent : '',
    profile.protected ? style.warn('protected') : '',
    placeOf(profile),
  ])
  const columns: readonly Column[] = [
    { title: '  profile' },
    { title: 'service' },
    { title: 'id or email', narrow: 'cut', dress: style.dim },
    { title: '' },
    { title: 'place', narrow: 'wrap' },
  ]
  return table(columns, rows, style)
}

/** A setting whose key is no word. */
const LABELS: Readonly<Record<string, string>> = { agentId: 'agent id' }

/** One row a value: what it is, and where it came from. */
export function renderProfileValues(values: Readonly<Record<string, SourcedValue>>, style: Style): readonly Text[] {
  const rows = Object.entries(values).map(([name, { value, source }]) => [
    LABELS[name] ?? name,
    value === null ? style.dim('none') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    sourceText(source),
  ])
  const columns: readonly Column[] = [
    { title: 'setting', dress: style.dim },
    { title: 'value', narrow: 'wrap' },
    { title: 'from', narrow: 'wrap', dress: style.dim },
  ]
  return table(columns, rows, style)
}

/** Where a value came from, as a person says it. */
export function sourceText(source: Source): string {
  switch (source.kind) {
    case 'flag':
      return source.name
    case 'environment':
      return `environment variable ${source.name}`
    case 'file':
      return source.path
    case 'keyring':
      return 'system keyring'
    case 'default':
      return 'default'
  }
}
