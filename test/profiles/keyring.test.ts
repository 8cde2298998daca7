import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { credentialFile } from '../../src/profiles/credentials/credential-file.js'
import {
  chooseStore,
  findCredential,
  removeCredential,
  saveCredential,
} from '../../src/profiles/credentials/credentials.js'
import type { KeyringPackage } from '../../src/profiles/credentials/keyring.js'
import { configFolderOf, SECRET, TOKEN } from './config-folder.js'

const CREDENTIAL = { token: TOKEN, origin: 'https://status.acme.example' }

/** How a keyring may disappoint. */
interface Fault {
  readonly construct?: boolean
  readonly set?: boolean
  readonly get?: (text: string) => string | null
  readonly keeps?: boolean
}

/** The package over a keyring in memory: the failures of real ones cannot be had on demand. */
function packageOf(fault: Fault = {}) {
  const kept = new Map<string, string>()
  class AsyncEntry {
    readonly #key: string
    constructor(service: string, account: string, options?: { linux?: { store?: string } } | null) {
      // The kernel's keyring is gone after a reboot: it must never be what is asked for.
      if (options?.linux?.store !== 'secret-service') throw new Error('any store would do')
      if (fault.construct) throw new Error('no secret service')
      this.#key = `${service}/${account}`
    }
    async setPassword(password: string) {
      if (fault.set) throw new Error('locked')
      kept.set(this.#key, password)
    }
    async getPassword() {
      const text = kept.get(this.#key) ?? null
      return text !== null && fault.get ? fault.get(text) : text
    }
    async deleteCredential() {
      return fault.keeps ? false : kept.delete(this.#key)
    }
  }
  return { kept, load: () => ({ AsyncEntry }) as unknown as KeyringPackage }
}

/** Settings that leave the choice to the program. */
function freeFolder() {
  const { env, ...rest } = configFolderOf()
  return { ...rest, env: { ...env, DRIFT_STATUS_CREDENTIALS: undefined } }
}

describe('the system keyring', () => {
  test('that proves itself keeps the token, and the probe is gone', async () => {
    const { env, folder } = freeFolder()
    const { kept, load } = packageOf()
    const store = await chooseStore(undefined, env, load)
    expect(store.place).toEqual({ kind: 'keyring' })
    expect(kept.size).toBe(0)
    await saveCredential('prod', CREDENTIAL, store, env, load)
    expect(await findCredential('prod', env, load)).toEqual({ ...CREDENTIAL, source: { kind: 'keyring' } })
    expect([...kept.keys()]).toEqual([`drift-status/prod (${join(folder, 'profiles.json')})`])
    expect(await removeCredential('prod', env, load)).toBe(true)
    expect(kept.size).toBe(0)
  })

  test.each<{ title: string; fault: Fault }>([
    { title: 'is not there', fault: { construct: true } },
    { title: 'takes nothing', fault: { set: true } },
    { title: 'gives nothing back', fault: { get: () => null } },
    { title: 'gives back something else', fault: { get: (text) => `${text}x` } },
    { title: 'deletes nothing', fault: { keeps: true } },
  ])('that $title is not used: a file is, unless the keyring was wanted', async ({ fault }) => {
    const { env } = freeFolder()
    const { load } = packageOf(fault)
    expect((await chooseStore(undefined, env, load)).place.kind).toBe('file')
    await expect(chooseStore('keyring', env, load)).rejects.toThrow('no system keyring is available here')
    const forced = { ...env, DRIFT_STATUS_CREDENTIALS: 'keyring' }
    await expect(chooseStore(undefined, forced, load)).rejects.toThrow('no system keyring is available here')
    expect((await chooseStore('file', forced, load)).place.kind).toBe('file')
  })

  test('whose package is missing is not used', async () => {
    const { env } = freeFolder()
    const load = () => {
      throw new Error("Cannot find module '@napi-rs/keyring'")
    }
    expect((await chooseStore(undefined, env, load)).place.kind).toBe('file')
    expect(await findCredential('prod', env, load)).toBeUndefined()
    expect(await removeCredential('prod', env, load)).toBe(false)
  })

  test('takes over from the file: the token is left in one place', async () => {
    const { env, read } = freeFolder()
    const { kept, load } = packageOf()
    await credentialFile(env).write('prod', { ...CREDENTIAL, token: 'the-old-token' })
    await saveCredential('prod', CREDENTIAL, await chooseStore('keyring', env, load), env, load)
    expect(read('credentials.json')).not.toContain('the-old-token')
    expect(await findCredential('prod', env, load)).toMatchObject({ token: TOKEN })
    await saveCredential('prod', CREDENTIAL, await chooseStore('file', env, load), env, load)
    expect(kept.size).toBe(0)
  })

  test('keeps the profiles of two folders apart', async () => {
    const { kept, load } = packageOf()
    for (const { env } of [freeFolder(), freeFolder()]) {
      await saveCredential('prod', CREDENTIAL, await chooseStore('keyring', env, load), env, load)
    }
    expect(kept.size).toBe(2)
  })

  test('that holds something else, or is locked later, is an error that says what to do', async () => {
    const { env } = freeFolder()
    const { kept, load } = packageOf()
    await saveCredential('prod', CREDENTIAL, await chooseStore('keyring', env, load), env, load)
    for (const key of kept.keys()) kept.set(key, `${SECRET} and no JSON`)
    const error = await findCredential('prod', env, load).catch((caught: Error) => caught)
    expect(error).toMatchObject({ reason: 'login-needed', subject: 'prod' })
    expect(`${(error as Error).stack}`).not.toContain(SECRET)
  })
})

function onPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

describe('a real secret service', () => {
  const isMissing = !onPath('gnome-keyring-daemon') || !onPath('dbus-run-session')
  const SCRIPT = `
    printf pw | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
    daemon=$! node=$1 bin=$2 tries=0
    "$node" "$bin" profile add prod --url https://status.acme.example --json >/dev/null
    # It takes a moment to be there.
    until printf %s "$TOKEN" | "$node" "$bin" profile login --no-verify --credentials keyring --token-file - --json 2>/dev/null
    do [ $((tries += 1)) -lt 50 ] && sleep 0.1 || break; done
    env -u TOKEN "$node" "$bin" profile show --json
    "$node" "$bin" profile remove prod --yes --json
    kill $daemon
  `

  test.skipIf(isMissing)(
    isMissing ? 'gnome-keyring is not on PATH; skipped' : 'keeps the token, and no file does',
    async () => {
      if (!existsSync('dist/cli.cjs')) throw new Error('dist/ is missing: run "npm run build"')
      const { folder, path } = configFolderOf()
      const { stdout } = await execa(
        'dbus-run-session',
        ['--', 'sh', '-c', SCRIPT, 'sh', process.execPath, 'bin/drift-status.js'],
        {
          env: {
            HOME: folder,
            XDG_RUNTIME_DIR: folder,
            DRIFT_STATUS_CONFIG_DIR: folder,
            TOKEN,
            DRIFT_STATUS_CREDENTIALS: '',
          },
        },
      )
      const [login, shown, removed] = stdout.split(/(?<=^\})\n/m).map((text) => JSON.parse(text))
      expect(login).toMatchObject({ changed: true, place: { kind: 'keyring' } })
      expect(shown.values.token).toEqual({ value: 'dst_ab12…', source: { kind: 'keyring' } })
      expect(removed).toMatchObject({ tokenRemoved: true })
      expect(existsSync(path('credentials.json'))).toBe(false)
    },
  )
})
