import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'

let script: PublicCopy | undefined

/**
 * The script that pages load, as it was built.
 * @throws DriftStatusError (failed) when it was not
 */
export async function widgetScript(): Promise<PublicCopy> {
  script ??= await readScript()
  return script
}

async function readScript(): Promise<PublicCopy> {
  const root = dirname(createRequire(import.meta.url).resolve('drift-status/package.json'))
  try {
    return publicCopy(await readFile(join(root, 'dist', 'widget.js')))
  } catch (cause) {
    throw new DriftStatusError('failed', 'the widget script is missing from this installation', {
      hint: 'install drift-status again; in a clone of it, run "npm run build"',
      cause,
    })
  }
}

/** An answer as it is sent. */
export interface PublicCopy {
  readonly body: Buffer
  /** Strong: the same for the same body, whichever process made it. */
  readonly etag: string
}

export function publicCopy(body: Buffer): PublicCopy {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}
