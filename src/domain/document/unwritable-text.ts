import type { Finding, Path } from './problem.js'

/** U+0000, where some databases end a text, and half a surrogate pair, instead of which they keep another character. */
const UNWRITABLE = /[\0\p{Cs}]/u
/** One is told; the rest of a hostile document is not gone through. */
const MAX_FINDINGS = 10

/** Texts that a database could not keep as they are, values and keys alike. */
export function unwritableFindings(value: unknown): readonly Finding[] {
  return collect(value, [], [])
}

function collect(value: unknown, path: Path, findings: Finding[]): readonly Finding[] {
  if (findings.length >= MAX_FINDINGS) return findings
  if (typeof value === 'string') {
    if (UNWRITABLE.test(value)) findings.push({ path, ...describe(value) })
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...path, index], findings)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      if (UNWRITABLE.test(key)) findings.push({ path: [...path, key], atKey: true, ...describe(key) })
      collect(item, [...path, key], findings)
    }
  }
  return findings
}

function describe(text: string): { readonly message: string; readonly hint: string } {
  const isNull = text.includes('\0')
  return {
    message: isNull ? 'has the character U+0000' : 'has half of a surrogate pair, which is not a character',
    hint: 'leave the character out',
  }
}
