import { DriftStatusError } from '../errors.js'

export type Path = readonly (string | number)[]

/** One thing wrong with a document, before its place in the text is known. */
export interface Finding {
  readonly path: Path
  /** Whether the place is the key itself, not its value. */
  readonly atKey?: boolean | undefined
  readonly message: string
  readonly hint?: string | undefined
  readonly rule?: string | undefined
}

/** One thing wrong with a document, with its place. */
export interface Problem {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** E.g. `hours.weekly.mon[0]`; empty for the document itself. */
  readonly path: string
  readonly message: string
  readonly hint?: string | undefined
  readonly rule?: string | undefined
}

/** A document that is not valid: every problem at once, in the order of the text. */
export class DocumentError extends DriftStatusError {
  override readonly name = 'DocumentError'
  readonly problems: readonly Problem[]

  constructor(file: string, problems: readonly Problem[]) {
    const [first] = problems
    const more = problems.length - 1
    const summary =
      more === 0 && first
        ? `${first.file}:${first.line}:${first.column}: ${withPath(first)}`
        : `${file} has ${problems.length} errors`
    super('invalid-input', summary, { hint: more === 0 ? first?.hint : undefined })
    this.problems = problems
  }
}

/** `hours.weekly.mon: "9:00" is not a time range (R1)`. */
export function withPath({ path, message, rule }: Problem): string {
  return `${path === '' ? '' : `${path}: `}${message}${rule === undefined ? '' : ` (${rule})`}`
}

/** `routing.rules[0].when["company.size"]`. */
export function formatPath(path: Path): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`
    else if (/^[A-Za-z_$][\w$-]*$/.test(part)) text += text === '' ? part : `.${part}`
    else text += `[${JSON.stringify(part)}]`
  }
  return text
}
