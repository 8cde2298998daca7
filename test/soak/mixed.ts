// The real `serve` over TLS for minutes, under a mixed load and everything that goes wrong around it at once: silent connections,
// streams and answers that nobody reads, a lock that another process holds, tokens that are revoked while they are busy. Nothing may
// grow, get lost or slow: node bench/run.mjs test/soak/mixed.ts [minutes]
import { join } from 'node:path'
import type { Client } from '../../src/api/client.js'
import { reportViolations } from './acknowledged.js'
import { type Load, Tally, useService } from './mixed-load.js'
import { enough, serveBare, watchHealth, weigh } from './mixed-measures.js'
import {
  holdLocks,
  leaveAnswersUnread,
  leaveStreamsUnread,
  lockWhenTold,
  revokeBusyTokens,
  staySilent,
} from './mixed-troubles.js'
import { inMs, inWords, violationsOf } from './mixed-verdict.js'
import { CERTIFICATES } from './secure-client.js'
import { MEMBERS, makeWorkspace, openWorkspace, readLog, withFolder } from './stored-workspace.js'
import { startNode, startWorker } from './worker.js'

const CLIENTS = 4
/** Put in and taken out again by one revision each, whose answers are of 5 MB: the buffers of the system take 4. */
const AGENTS_OF_A_LONG_REVISION = 27_000

const [kind = '20', argument = ''] = process.argv.slice(2)
if (kind === 'health') await watchHealth(argument)
else if (kind === 'bare') await serveBare()
else if (kind === 'locker') await lockWhenTold(argument)
else {
  await withFolder((folder) => soak(folder, Number(kind)))
  // Connections that nobody reads are still open.
  process.exit()
}

async function soak(folder: string, minutes: number): Promise<void> {
  process.env.DRIFT_STATUS_CONFIG_DIR = folder
  const path = await makeWorkspace(folder)
  const owner = await openWorkspace(path)
  const longAnswer = await writeLongRevision(owner)
  const { secret, revision } = await owner.createToken({ role: 'admin', agent: MEMBERS[0]! })
  const tls = ['--tls-cert', join(CERTIFICATES, 'good.pem'), '--tls-key', join(CERTIFICATES, 'test-only-key.pem')]
  const options = ['--database', path, '--port', '0', '--rate-limit', '0', '--quiet', '--json', ...tls]
  const server = startNode([join('bin', 'drift-status.js'), 'serve', ...options])
  const { url } = (await server.next()) as { url: string }
  const end = performance.now() + minutes * 60_000
  const tally = new Tally()
  const load: Load = { url, token: secret!, tally, isOver: () => performance.now() >= end }
  const health = startWorker(['health', url])
  // What the machine itself makes slow is slow here as well.
  const bare = startWorker(['bare'])
  const bareHealth = startWorker(['health', String(await bare.next())])
  const locker = startWorker(['locker', path])
  // Also when the soak itself fails.
  process.once('exit', () => [server, health, bare, bareHealth, locker].forEach((started) => void started.kill()))
  const memory: number[] = []
  const [revoked] = await Promise.all([
    revokeBusyTokens(load, owner),
    ...Array.from({ length: CLIENTS }, (_, index) => useService(load, index)),
    staySilent(load),
    leaveStreamsUnread(load),
    leaveAnswersUnread(load, longAnswer),
    holdLocks(locker, load),
    weigh(server.pid, memory, load),
  ])
  const [times, bareTimes] = await Promise.all([enough(health), enough(bareHealth)])
  bare.stop()
  const log = await readLog(owner, revision)
  const assignments = await owner.listAssignments({ limit: 1_000_000 })
  server.stop()
  const [{ code, errors }] = await Promise.all([server.ended, owner.close()])
  const run = { tally, revoked, times, memory, log, assignments: assignments.map(({ id }) => id), code, errors }
  process.stdout.write(`${minutes} minutes: ${inWords(run)} (a bare server beside it: ${inMs(bareTimes, 0.99)})\n`)
  reportViolations(violationsOf(run))
}

/** The path of a long answer. */
async function writeLongRevision(owner: Client): Promise<string> {
  const document = await owner.getWorkspace({})
  const added = Array.from({ length: AGENTS_OF_A_LONG_REVISION }, (_, index) => ({
    id: `long-${index}`,
    name: `An agent of a long revision, number ${index}`,
    email: `an-agent-with-a-long-address-${index}@acme.example`,
  }))
  const { revision } = await owner.putWorkspace({ document: { ...document, agents: [...document.agents, ...added] } })
  await owner.putWorkspace({ document })
  return `/v1/revisions/${revision}`
}
