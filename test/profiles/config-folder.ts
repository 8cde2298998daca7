import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../../src/profiles/profiles.js'

/** A folder of settings of its own, with files as they are written and of the modes that are given. */
export function configFolderOf(files: Readonly<Record<string, readonly [text: string, mode?: number]>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'drift-status-profiles-'))
  for (const [name, [text, mode = 0o600]] of Object.entries(files)) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), mode)
  }
  const path = (name: string) => join(folder, name)
  const env: Environment = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file' }
  return {
    folder,
    env,
    path,
    read: (name: string) => readFileSync(path(name), 'utf8'),
    mode: (name: string) => modeOf(path(name)),
  }
}

/** The bits that say who may do what: `600`. */
export function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

/** Made up: no service knows it. */
export const TOKEN = 'dst_ab12_0123456789012345678901234567890123456789abc'
export const SECRET = TOKEN.split('_')[2]!
