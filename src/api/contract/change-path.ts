/** The step that is the order of a list: `routing.rules[]`. No item has the empty name. */
export const ORDER = ''

/** One step of the path of a change. */
export interface PathStep {
  readonly name: string
  /** Whether it is an item of a list, which may be called like a field. */
  readonly isItem: boolean
  /** Whether it is the order of a list instead of something in it. */
  readonly isOrder: boolean
}

/** Splits `hours.exceptions[2026-12-24].name` and `when["company.size"]` into their steps. */
export function parsePath(path: string): PathStep[] {
  return [...path.matchAll(/\[("(?:[^"\\]|\\.)*"|[^\]]*)\]|([^.[\]]+)/g)].map(([, item, key]) => {
    const name = item === undefined ? key! : item.startsWith('"') ? (JSON.parse(item) as string) : item
    return { name, isItem: item !== undefined, isOrder: item === ORDER }
  })
}

/** Whether a path is the order of a list. */
export function isOrderPath(path: string): boolean {
  return path.endsWith('[]')
}

/** The path of a field; a name that would not read back is quoted. */
export function childPath(path: string, key: string): string {
  if (!/^[^.[\]"]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

/** `agents[2]`; a name that would not read back is quoted. */
export function itemPath(path: string, name: string): string {
  return `${path}[${/[[\]"]/.test(name) ? JSON.stringify(name) : name}]`
}
