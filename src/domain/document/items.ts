type Fields = Readonly<Record<string, unknown>>

/** What the items of a list are known by: an id, the dates of an exception, the time of what is planned; of a cover whose place in which shift as well. */
export function itemName(item: unknown): string | undefined {
  if (!isFields(item)) return undefined
  const { id, date, from, to, until, yearly, shift, instead } = item
  const time = from === undefined ? undefined : `${from}..${to ?? until}`
  const name = id ?? date ?? yearly ?? (instead === undefined ? time : `${shift} ${instead} ${time}`)
  return typeof name === 'string' ? name : undefined
}

/** Whether two JSON values say the same; the order of keys does not matter. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  }
  if (!isFields(a) || !isFields(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => isEqual(own(a, key), own(b, key)))
}

/** The value of a key; nothing that every object has, such as `toString`. */
export function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
