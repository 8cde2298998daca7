/** A mapping of a document that nothing is known of yet. */
export type Fields = Readonly<Record<string, unknown>>

/** An item of a list, as a mapping. */
export interface Entry {
  readonly value: Fields
  readonly index: number
}

/** The fields of a mapping; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** The items of a list; none of anything else. */
export function entriesOf(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.map((item, index) => ({ value: fieldsOf(item), index })) : []
}

/** An id as a document may write it: text or a whole number. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || Number.isInteger(value) ? String(value) : undefined
}
