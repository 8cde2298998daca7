import { isEqual, isFields, itemName, own } from './items.js'

/** A text of JSON in which a value is changed and nothing else: the order of keys, what else it says and the indentation stay. */
export function editJson(text: string, before: unknown, after: unknown): string {
  const indent = /^\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? ''
  const printed = JSON.stringify(changed(JSON.parse(text), before, after), null, indent)
  const lines = text.includes('\r\n') ? printed.replaceAll('\n', '\r\n') : printed
  return lines + /\s*$/.exec(text)![0]
}

/** What a text says, with what differs between two values changed in it. */
function changed(said: unknown, before: unknown, after: unknown): unknown {
  if (isEqual(before, after)) return said
  if (Array.isArray(said) && Array.isArray(before) && Array.isArray(after)) {
    const [known, was] = [said, before].map((items) => new Map(items.map((item) => [itemName(item), item])))
    return after.map((item) => {
      const name = itemName(item)
      return name !== undefined && known!.has(name) ? changed(known!.get(name), was!.get(name), item) : item
    })
  }
  if (!isFields(said) || !isFields(before) || !isFields(after)) return after
  const keys = new Set([...Object.keys(said), ...Object.keys(after)])
  const pairs = [...keys].map((key) => {
    const [was, is] = [own(before, key), own(after, key)]
    return [key, isEqual(was, is) ? own(said, key) : changed(own(said, key), was, is)] as const
  })
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}
