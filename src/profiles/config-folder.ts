import { ensurePrivateFolder, unwritable } from './private-file.js'
import { configFolder, type Environment } from './profiles.js'

/** Makes the folder that profiles and credentials are kept in. */
export function ensureConfigFolder(env: Environment): string {
  const folder = configFolder(env)
  try {
    ensurePrivateFolder(folder, !env.DRIFT_STATUS_CONFIG_DIR)
  } catch (error) {
    throw unwritable(folder, error)
  }
  return folder
}
