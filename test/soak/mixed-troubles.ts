import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../src/api/client.js'
import { loadDriver } from '../../src/service/store/sqlite/sqlite-driver.js'
import type { Load, Tally } from './mixed-load.js'
import { SecureClient } from './secure-client.js'
import { MEMBERS } from './stored-workspace.js'
import { hear, say, type Worker } from './worker.js'

const SILENT_AT_ONCE = 10
const SILENT_EVERY_MS = 1000
const UNREAD_STREAMS = 20
const UNREAD_FOR_MS = 20_000
const UNREAD_ANSWER_EVERY_MS = 20_000
const LOCK_EVERY_MS = 8000
const MAX_LOCK_MS = 4000
const REVOKE_EVERY_MS = 3000
const BUSY_FOR_MS = 1000
const CONNECTIONS_A_TOKEN = 4

/** Connections that never begin to speak TLS. */
export async function staySilent({ url, isOver }: Load): Promise<void> {
  const { hostname, port } = new URL(url)
  while (!isOver()) {
    for (let index = 0; index < SILENT_AT_ONCE; index++) connect(Number(port), hostname).on('error', () => {})
    await sleep(SILENT_EVERY_MS)
  }
}

/** Event streams that are opened and not read. */
export async function leaveStreamsUnread({ url, token, isOver }: Load): Promise<void> {
  while (!isOver()) {
    const client = new SecureClient(url, token)
    for (let index = 0; index < UNREAD_STREAMS; index++) leaveUnread(client, '/v1/events?after=0')
    await sleepUnless(isOver, UNREAD_FOR_MS)
    client.close()
  }
}

/** Big answers that are asked for and never read. */
export async function leaveAnswersUnread({ url, token, isOver }: Load, path: string): Promise<void> {
  const clients: SecureClient[] = []
  while (!isOver()) {
    const client = new SecureClient(url, token)
    clients.push(client)
    leaveUnread(client, path)
    await sleepUnless(isOver, UNREAD_ANSWER_EVERY_MS)
  }
  for (const client of clients) client.close()
}

function leaveUnread(client: SecureClient, path: string): void {
  client
    .start('GET', path)
    .on('response', (response) => response.pause().on('error', () => {}))
    .on('error', () => {})
}

/** Another process that holds the write lock now and then. */
export async function holdLocks(locker: Worker, { isOver }: Load): Promise<void> {
  while (!isOver()) {
    await sleepUnless(isOver, LOCK_EVERY_MS)
    locker.tell(String(Math.round(Math.random() * MAX_LOCK_MS)))
    await locker.next()
  }
  locker.hangUp()
}

/** What that process does: holds the lock for as many milliseconds as it is told. */
export async function lockWhenTold(path: string): Promise<void> {
  const database = new (await loadDriver())(path)
  database.exec('PRAGMA busy_timeout = 10000')
  for await (const word of hear()) {
    database.exec('BEGIN IMMEDIATE')
    await sleep(Number(word))
    database.exec('ROLLBACK')
    say('free')
  }
  database.close()
}

/** Tokens whose clients are busy when they are revoked, by the service or by another process; says what they wrote after it. */
export async function revokeBusyTokens(load: Load, owner: Client): Promise<readonly RevokedToken[]> {
  const { url, token, tally, isOver } = load
  const admin = new SecureClient(url, token)
  const revoked: RevokedToken[] = []
  for (let round = 0; !isOver(); round++) {
    const name = `revoked ${round}`
    const made = await admin.ask('POST', '/v1/tokens', { name, scopes: ['status:any'] })
    if (!tally.add('a new token', made, true)) continue
    const clients = Array.from({ length: CONNECTIONS_A_TOKEN }, (_, index) =>
      writeUntilRefused(new SecureClient(url, made.body.secret), `${name}.${index}`, tally),
    )
    await sleepUnless(isOver, BUSY_FOR_MS)
    const revision = await revoke(made.body.token.id, round % 2 === 0 ? admin : owner, tally)
    await Promise.all(clients)
    revoked.push({ name, revision })
    await sleepUnless(isOver, REVOKE_EVERY_MS)
  }
  admin.close()
  return revoked
}

export interface RevokedToken {
  /** Who the log says wrote. */
  readonly name: string
  /** What revoked it. */
  readonly revision: number
}

/** Tries again while another process holds the lock. */
async function revoke(id: string, by: SecureClient | Client, tally: Tally): Promise<number> {
  for (;;) {
    if (!(by instanceof SecureClient)) return (await by.revokeToken({ id })).revision
    const answer = await by.ask('DELETE', `/v1/tokens/${id}`)
    if (tally.add('revoke', answer, true)) return answer.body.revision
  }
}

async function writeUntilRefused(client: SecureClient, name: string, tally: Tally): Promise<void> {
  for (let round = 0; ; round++) {
    const note = `${name}.${round}`
    const answer = await client.ask('PUT', `/v1/agents/${MEMBERS[0]}/status`, { status: 'available', note }, note)
    // Many wrong tokens from one address are told to wait.
    if (answer.status === 401 || answer.status === 429) break
    tally.addWrite(note, answer)
  }
  client.close()
}

async function sleepUnless(isOver: () => boolean, ms: number): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end && !isOver(); ) await sleep(100)
}
