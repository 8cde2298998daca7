import { dirname } from 'node:path'
import { DriftStatusError } from '../../domain/errors.js'
import { makePrivateFolder } from '../../profiles/private-folder.js'

/**
 * Makes the folder of a file, for you alone, where there is none.
 * @throws DriftStatusError (failed) when it may not, or cannot, be made
 */
export function makeFolderOf(file: string): void {
  try {
    makePrivateFolder(dirname(file))
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    throw new DriftStatusError('failed', `the folder ${dirname(file)} cannot be made (${code ?? message})`, {
      hint: 'name a file in a folder of yours with --database, or set DRIFT_STATUS_CONFIG_DIR',
      cause,
    })
  }
}
