import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'
import { bodyEtag } from './body-etag.js'

export interface WidgetScript {
  readonly body: Buffer
  readonly etag: string
}

let script: WidgetScript | undefined

/**
 * The script that pages load, as it was built.
 * @throws DriftStatusError (failed) when it was not
 */
export async function widgetScript(): Promise<WidgetScript> {
  script ??= await readScript()
  return script
}

async function readScript(): Promise<WidgetScript> {
  const root = dirname(createRequire(import.meta.url).resolve('drift-status/package.json'))
  try {
    const body = await readFile(join(root, 'dist', 'widget.js'))
    return { body, etag: bodyEtag(body) }
  } catch (cause) {
    throw new DriftStatusError('failed', 'the widget script is missing from this installation', {
      hint: 'install drift-status again; in a clone of it, run "npm run build"',
      cause,
    })
  }
}
