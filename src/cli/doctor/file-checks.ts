import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { shellWord } from '../../domain/shell-word.js'
import { credentialPath } from '../../profiles/credentials/credential-file.js'
import { configFolder, type Environment, profilesPath } from '../../profiles/profiles.js'
import { HAS_MODES, kindDistrust, modeText, ownerDistrust } from '../../profiles/trusted-file.js'
import { type Checks, type Finding, failed, ok, warning } from './check.js'

const OTHERS_READ = 0o044
const OTHERS_WRITE = 0o022
const OTHERS_ENTER = 0o011
const STICKY = 0o1000

/** Who else may read or change the files that profiles and tokens are kept in. */
export async function checkFiles(checks: Checks, env: Environment): Promise<void> {
  const folder = configFolder(env)
  await checks.run('config-folder', {}, () =>
    modeFinding(folder, 'the folder of settings', { reading: 'warning', writing: 'failed' }),
  )
  await checks.run('profiles-file', {}, () =>
    modeFinding(profilesPath(env), 'the file of profiles', { reading: 'warning', writing: 'failed' }),
  )
  await checks.run('credentials-file', {}, () =>
    modeFinding(credentialPath(env), 'the file of tokens', { reading: 'failed', writing: 'failed' }),
  )
}

/** A workspace file; one in a folder that nobody else may enter is as private as the folder. */
export async function checkDatabaseFile(checks: Checks, path: string): Promise<void> {
  await checks.run('database-file', {}, () => {
    const folder = statSync(dirname(path), { throwIfNoEntry: false })
    if (!statSync(path, { throwIfNoEntry: false })) {
      return failed(`the workspace file ${path} is gone`, 'put it back, or make a new one with "drift-status init"')
    }
    if (HAS_MODES && folder && (folder.mode & OTHERS_ENTER) === 0) {
      return ok(`${path}, in a folder that you alone may enter`)
    }
    return modeFinding(path, 'the workspace file', { reading: 'warning', writing: 'failed' })
  })
}

interface Severity {
  readonly reading: 'warning' | 'failed'
  readonly writing: 'warning' | 'failed'
}

function modeFinding(path: string, name: string, { reading, writing }: Severity): Finding {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return ok(`there is no ${path} yet`)
  const distrust = kindDistrust(path, stats) ?? ownerDistrust(path, stats)
  if (distrust) return failed(distrust.message, distrust.hint)
  if (!HAS_MODES) return ok(`${path} (modes are not checked on Windows)`)
  const hint = `run "chmod ${stats.isDirectory() ? '700' : '600'} ${shellWord(path)}"`
  const said = (what: string) => `${name} ${path} can be ${what} by others (mode ${modeText(stats)})`
  // In a folder like /tmp nobody can replace another's file.
  const isWritable = (stats.mode & OTHERS_WRITE) !== 0 && (stats.mode & STICKY) === 0
  if (isWritable) return finding(writing, said('changed'), hint)
  if ((stats.mode & OTHERS_READ) !== 0) return finding(reading, said('read'), hint)
  return ok(`${path} (mode ${modeText(stats)})`)
}

function finding(status: 'warning' | 'failed', message: string, hint: string): Finding {
  return status === 'warning' ? warning(message, hint) : failed(message, hint)
}
