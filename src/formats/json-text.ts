import { DocumentError, type Path } from '../domain/document/problem.js'
import { readYaml } from '../domain/document/yaml.js'
import { DriftStatusError } from '../domain/errors.js'

/** A value that was read from JSON, and how to say where in it something is wrong. */
export interface JsonText {
  readonly value: unknown
  /** @throws DocumentError with the line and the column of the path */
  readonly fail: (path: Path, message: string, hint?: string) => never
  /** Reads a part; what the domain says of it is told at its path. */
  readonly at: <Value>(path: Path, read: () => Value) => Value
}

/** @throws DocumentError for what is no JSON */
export function readJson(text: string, file: string): JsonText {
  const { value, place } = readYaml(text, file)
  const fail = (path: Path, message: string, hint?: string): never => {
    throw new DocumentError(file, place([{ path, message, hint }]))
  }
  return {
    value,
    fail,
    at(path, read) {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof DriftStatusError) || error instanceof DocumentError) throw error
        return fail(path, error.message, error.hint)
      }
    },
  }
}

export type Fields = Readonly<Record<string, unknown>>

/** The fields of an object; undefined of anything else. */
export function objectOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** A text; empty for anything else. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
