import type { Profile } from '../../../profiles/profile.js'
import { placeOf } from '../../../profiles/profile.js'
import type { Source } from '../../../profiles/resolve-profile.js'
import { columns } from '../columns.js'
import type { Lines, Text } from '../line.js'
import type { Style } from '../style.js'

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
  return columns(
    entries.map(([name, profile]) => [
      name === current ? style.good(`* ${name}`) : `  ${name}`,
      profile.service,
      placeOf(profile),
      style.dim('agent' in profile && profile.agent !== undefined ? `as ${profile.agent}` : ''),
      profile.protected ? style.warn('protected') : '',
    ]),
  )
}

/** One row a value: what it is, and where it came from. */
export function renderProfileValues(values: Readonly<Record<string, SourcedValue>>, style: Style): readonly Text[] {
  return columns(
    Object.entries(values).map(([name, { value, source }]) => [
      style.dim(name),
      value === null ? style.dim('none') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
      style.dim(sourceText(source)),
    ]),
  )
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
