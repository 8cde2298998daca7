import type { $ZodType, $ZodTypes } from 'zod/v4/core'
import type { Path } from './problem.js'

/**
 * The types of single values that a schema takes at a place, e.g. `string` and `number`; whatever the item of a list.
 * @example scalarTypesAt(workspaceSchema(), ['chatLimit']) // Set { 'number' }
 */
export function scalarTypesAt(schema: $ZodType, path: Path): ReadonlySet<string> {
  return new Set(typesAt(schema, path))
}

function typesAt(schema: $ZodType, path: Path): readonly string[] {
  const { def } = (schema as $ZodTypes)._zod
  const [key, ...rest] = path
  switch (def.type) {
    case 'optional':
    case 'default':
      return typesAt(def.innerType, path)
    case 'pipe':
      return typesAt((def.in as $ZodTypes)._zod.def.type === 'transform' ? def.out : def.in, path)
    case 'union':
      return def.options.flatMap((option) => typesAt(option, path))
    case 'object': {
      const field = key !== undefined && Object.hasOwn(def.shape, key) ? def.shape[key] : undefined
      return field ? typesAt(field, rest) : []
    }
    case 'record':
      return key === undefined ? [] : typesAt(def.valueType, rest)
    case 'array':
      return typeof key === 'number' ? typesAt(def.element, rest) : []
    default:
      return key === undefined ? [def.type] : []
  }
}
