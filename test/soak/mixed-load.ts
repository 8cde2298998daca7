import { setTimeout as sleep } from 'node:timers/promises'
import type { Acknowledged } from './acknowledged.js'
import { type Answered, SecureClient } from './secure-client.js'
import { MEMBERS } from './stored-workspace.js'

/** What clients were told. */
export class Tally {
  readonly writes: Acknowledged[] = []
  /** Notes of writes that were refused. */
  readonly refused: string[] = []
  readonly assignments: number[] = []
  readonly failures: string[] = []
  answers = 0
  /** Answers that said "not now", as they may to a write while another process holds the lock. */
  busy = 0

  /** Notes an answer; whether it is a success. */
  add(what: string, { status, body, retryAfter }: Answered, isWrite: boolean): boolean {
    this.answers++
    if (status >= 200 && status < 300) return true
    if (isWrite && status === 503 && retryAfter !== undefined) this.busy++
    else this.failures.push(`${what}: ${status} ${JSON.stringify(body).slice(0, 200)}`)
    return false
  }

  /** Notes the answer to a write under a note that no other write has. */
  addWrite(note: string, answer: Answered): boolean {
    const isKept = this.add(`"${note}"`, answer, true)
    const { changed, revision, changes } = answer.body
    if (isKept) this.writes.push({ note, changed, revision, changes })
    else this.refused.push(note)
    return isKept
  }
}

export interface Load {
  readonly url: string
  readonly token: string
  readonly tally: Tally
  readonly isOver: () => boolean
}

/** Between two requests of one client: the machine has other work as well. */
const PAUSE_MS = 15

/** One client that does a bit of everything, one thing after another, until it is over. */
export async function useService({ url, token, tally, isOver }: Load, index: number): Promise<void> {
  const client = new SecureClient(url, token)
  const { body: me } = await client.ask('GET', '/v1/me')
  const reads = [
    '/v1/status',
    '/v1/widget',
    '/v1/agents',
    `/v1/public/${me.workspaceId}/widget`,
    '/v1/revisions?limit=5',
  ]
  for (let round = 0; !isOver(); round++) {
    const note = `${index}.${round}`
    try {
      const read = reads[round % reads.length]!
      tally.add(read, await client.ask('GET', read), false)
      tally.add('simulate', await client.ask('POST', '/v1/simulate', { visitor: { url: '/pricing' } }), false)
      const agent = MEMBERS[(index + round) % MEMBERS.length]
      const flip = await client.ask('PUT', `/v1/agents/${agent}/status`, { status: 'available', note }, note)
      tally.addWrite(note, flip)
      const route = await client.ask('POST', '/v1/route', {})
      if (tally.add('route', route, true)) tally.assignments.push(route.body.assignment)
    } catch (error) {
      tally.failures.push(`"${note}": ${(error as Error).message}`)
    }
    await sleep(PAUSE_MS)
  }
  client.close()
}
