import type { Finding, Path } from './problem.js'

/** Where some databases end a text. */
const NULL = /\0/
/** Half a surrogate pair besides, which is no character of any encoding: a database keeps another one. */
const NULL_OR_HALF = /[\0\p{Cs}]/u
/** One is told; the rest of a hostile document is not gone through. */
const MAX_FINDINGS = 10

/** Texts of a document, values and keys alike, with a character that none may have. */
export function nullFindings(value: unknown): readonly Finding[] {
  return collect(value, NULL, [], [])
}

/** Texts that a database could not keep as they are. */
export function unwritableFindings(value: unknown): readonly Finding[] {
  return collect(value, NULL_OR_HALF, [], [])
}

function collect(value: unknown, unwritable: RegExp, path: Path, findings: Finding[]): readonly Finding[] {
  if (findings.length >= MAX_FINDINGS) return findings
  if (typeof value === 'string') {
    if (unwritable.test(value)) findings.push({ path, ...describe(value) })
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, unwritable, [...path, index], findings)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (unwritable.test(key)) findings.push({ path: [...path, key], atKey: true, ...describe(key) })
      collect(item, unwritable, [...path, key], findings)
    }
  }
  return findings
}

function describe(text: string): { readonly message: string; readonly hint: string } {
  const isNull = text.includes('\0')
  return {
    message: isNull ? 'has the character U+0000' : 'has half of a surrogate pair, which is no character',
    hint: 'leave the character out',
  }
}
