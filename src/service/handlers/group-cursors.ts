import type { SectionName, Sections } from '../store/store.js'

/** The keys of the cursors of a section's groups: a team, a rule, a playbook, the default rule. */
export function cursorKeys<Name extends SectionName>(name: Name, value: Sections[Name]): readonly string[] {
  switch (name) {
    case 'teams':
      return (value as Sections['teams']).map(({ id }) => `team:${id}`)
    case 'playbooks':
      return (value as Sections['playbooks']).map(({ id }) => `playbook:${id}`)
    case 'routing': {
      const { rules, default: last } = value as Sections['routing']
      return [...rules.map(({ id }) => `rule:${id}`), ...(last ? ['default'] : [])]
    }
    default:
      return []
  }
}
