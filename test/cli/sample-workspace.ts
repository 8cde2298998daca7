import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import { scopesOf } from '../../src/service/actor.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import { hashSecret } from '../../src/service/tokens/secret.js'
import { POSTGRES_PASSWORD } from '../postgres/password.js'
import { NOON_MONDAY, newFolder, type Outcome, runCli, type Terminal } from './fake-context.js'
import { type FileServer, startFileServer } from './served-file.js'

/** How command lines reach the workspace: see vitest.config.ts, which runs one suite over each. */
export type TransportName = 'embedded' | 'HTTP' | 'PostgreSQL'

declare module 'vitest' {
  interface ProvidedContext {
    transport: TransportName
  }
}

/** What the profile of the workspace is called. */
export const profileName = () => (inject('transport') === 'HTTP' ? 'shared' : 'local')

/** Runs one command line. */
export type RunCommand = (args: readonly string[], terminal?: Terminal) => Promise<Outcome>

/** What a workspace is made with. */
export interface Start {
  /** The flags of `init`. */
  readonly flags?: string
  readonly stdin?: string
}

/**
 * A workspace of its own, made by `init` (the sample, unless told), which only the last one made can be
 * served of: tests that compare several at once use the embedded transport.
 */
export async function sampleWorkspace(
  start: Start = {},
  transport: TransportName = inject('transport'),
): Promise<RunCommand> {
  const env = await newMachine(start, transport)
  return async (args, terminal = {}) => {
    if (transport === 'HTTP') (await fileServer()).clock(Date.parse(terminal.now ?? NOON_MONDAY))
    return runCli(args, { ...terminal, env: { ...env, ...terminal.env } })
  }
}

const TOKEN_ID = 'acmetest'
const SECRET = `dst_${TOKEN_ID}_0123456789012345678901234567890123456789abc`

let server: Promise<FileServer> | undefined
afterAll(async () => (await server)?.close())

function fileServer(): Promise<FileServer> {
  server ??= startFileServer()
  return server
}

/** Making a workspace takes longer than copying one. */
const templates = new Map<string, Promise<string>>()

/** The environment of a machine whose profile in use is the workspace, over the transport. */
async function newMachine(start: Start, transport: TransportName): Promise<Readonly<Record<string, string>>> {
  const key = JSON.stringify([start, transport])
  const made = templates.get(key) ?? makeTemplate(start, transport)
  templates.set(key, made)
  const [template, folder] = [await made, newFolder()]
  cpSync(template, folder, { recursive: true })
  const profiles = join(folder, 'profiles.json')
  writeFileSync(profiles, readFileSync(profiles, 'utf8').replaceAll(template, folder))
  if (transport === 'HTTP') await (await fileServer()).serve(join(folder, 'local.db'))
  if (transport === 'PostgreSQL') await moveToPostgres(folder)
  return environmentOf(folder)
}

/** The same workspace in the database that the tests share; the profile names it instead of the file. */
async function moveToPostgres(folder: string): Promise<void> {
  const { moveProfile } = await import('../postgres/shared-server.js')
  await moveProfile(folder, 'local')
}

function environmentOf(folder: string): Readonly<Record<string, string>> {
  return {
    DRIFT_STATUS_CONFIG_DIR: folder,
    DRIFT_STATUS_CREDENTIALS: 'file',
    DRIFT_STATUS_DATABASE_PASSWORD: POSTGRES_PASSWORD,
  }
}

async function makeTemplate({ flags = '--sample', stdin = '' }: Start, transport: TransportName): Promise<string> {
  const folder = newFolder()
  const env = environmentOf(folder)
  const run = async (line: string, input = '') => {
    const { exitCode, stderr } = await runCli(line.split(' '), { env, stdin: input })
    if (exitCode !== 0) throw new Error(`${line}: ${stderr}`)
  }
  await run(`init ${flags}`, stdin)
  if (transport !== 'HTTP') return folder
  const path = join(folder, 'local.db')
  await addToken(path, readAgent(folder))
  const { url, serve, clock } = await fileServer()
  clock(Date.parse(NOON_MONDAY))
  await serve(path)
  await run(`profile add shared --url ${url} --use`)
  await run('profile login --token-file -', SECRET)
  return folder
}

/** The agent that `init` says you are, or nobody: the owner of the file. */
function readAgent(folder: string): string | undefined {
  return JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8')).profiles.local.agent
}

/** A token of the same person, stored without the revision that making one is: numbers stay comparable. */
async function addToken(path: string, who: string | undefined): Promise<void> {
  const store = await openSqliteStore(path)
  await store.write(async (transaction) => {
    const agent = who === undefined ? undefined : (await transaction.agents.member(who))?.agent
    await transaction.tokens.put({
      id: TOKEN_ID,
      name: 'local admin',
      agent: agent?.id,
      scopes: scopesOf(agent?.role ?? 'admin'),
      hash: hashSecret(SECRET),
      previous: undefined,
      createdAt: Date.parse(NOON_MONDAY),
      expiresAt: undefined,
      rotatedAt: undefined,
      revokedAt: undefined,
      lastUsedAt: undefined,
    })
  })
  await store.close()
}
