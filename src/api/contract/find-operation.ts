import { type OperationId, operations } from './operations.js'

export interface FoundOperation {
  readonly id: OperationId | undefined
  /** The path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  /** Every operation as `METHOD /path`, for suggestions. */
  readonly known: readonly string[]
}

/** The operation of a method and a path; a path without parameters wins over one with. */
export function findOperation(method: string, path: string): FoundOperation {
  const wanted = method.toUpperCase()
  const entries = (Object.keys(operations) as OperationId[])
    .map((id) => ({ id, operation: operations[id] }))
    .sort((a, b) => parameterCount(a.operation.path) - parameterCount(b.operation.path))
  for (const { id, operation } of entries) {
    const parameters = operation.method === wanted ? matchPath(operation.path, path) : undefined
    if (parameters) return { id, parameters, known: [] }
  }
  const known = entries.map(({ operation }) => `${operation.method} ${operation.path}`)
  return { id: undefined, parameters: {}, known }
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const [names, parts] = [template.split('/'), path.replace(/\/$/, '').split('/')]
  if (names.length !== parts.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const part = parts[index]!
    if (name.startsWith('{')) parameters[name.slice(1, -1)] = decodePart(part)
    else if (name !== part) return undefined
  }
  return parameters
}

/** A part that is not properly encoded stands for itself. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function parameterCount(path: string): number {
  return path.split('{').length - 1
}
