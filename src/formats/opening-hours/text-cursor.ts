import { placing, wrongAt } from '../place.js'

/** A place in a text that is read piece by piece, each by a sticky pattern. */
export class TextCursor {
  /** Where the next piece begins, from 0. */
  at = 0
  readonly #text: string
  readonly #file: string

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  get isAtEnd(): boolean {
    return this.at >= this.#text.length
  }

  /** The piece that comes next, if it is one of the pattern, without reading it. */
  peek(pattern: RegExp): string | undefined {
    return this.match(pattern)?.[0]
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at
    return pattern.exec(this.#text) ?? undefined
  }

  /** Reads the piece that comes next, if it is one of the pattern. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = this.match(pattern)
    this.at += match?.[0].length ?? 0
    return match
  }

  skipSpace(): void {
    this.take(/\s+/y)
  }

  /** What comes next, for a person to find it. */
  rest(): string {
    return this.peek(/[^\s;,]{1,30}/y) ?? this.#text.slice(this.at, this.at + 1)
  }

  /** Reads a value; what the domain says of it is told at a place. */
  placing<Value>(at: number, read: () => Value): Value {
    try {
      return read()
    } catch (error) {
      // Lines are counted for an error alone: a text may have thousands of rules.
      const { line, column } = this.#placeOf(at)
      return placing(this.#file, line, column, () => {
        throw error
      })
    }
  }

  /** @throws DocumentError at the next piece */
  fail(message: string, hint: string): never {
    return this.failAt(this.at, message, hint)
  }

  /** @throws DocumentError at a place */
  failAt(at: number, message: string, hint: string): never {
    const { line, column } = this.#placeOf(at)
    throw wrongAt(this.#file, line, column, message, hint)
  }

  #placeOf(at: number): { readonly line: number; readonly column: number } {
    const lines = this.#text.slice(0, at).split('\n')
    return { line: lines.length, column: lines.at(-1)!.length + 1 }
  }
}
