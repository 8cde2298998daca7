import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file that is installed with the package, which finds itself by name, from its sources and from its build alike. */
export function packagePath(...parts: readonly string[]): string {
  const root = dirname(createRequire(import.meta.url).resolve('drift-status/package.json'))
  return join(root, ...parts)
}

/** The text of such a file. */
export function packageText(...parts: readonly string[]): Promise<string> {
  return readFile(packagePath(...parts), 'utf8')
}
