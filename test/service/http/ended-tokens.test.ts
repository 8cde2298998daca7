import { describe, expect, test } from 'vitest'
import type { Client } from '../../../src/api/client.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { AGENTS, type ServedWorkspace, serveWorkspace } from './served-workspace.js'

/** Sooner than a quiet stream looks again by itself. */
const SOON_MS = 8000
/** Writes under way at once: more than the service finishes before the next come. */
const AT_ONCE = 16
const WRITTEN_BEFORE = 40

const ENDS: readonly {
  title: string
  status: number
  end: (owner: Client, token: string) => Promise<{ readonly revision: number }>
}[] = [
  { title: 'its token is revoked', status: 401, end: (owner, id) => owner.revokeToken({ id }) },
  {
    title: 'its token is given a new secret at once',
    status: 401,
    end: (owner, id) => owner.rotateToken({ id, overlapSeconds: 0 }),
  },
  { title: 'its agent is removed', status: 401, end: (owner) => owner.deleteAgent({ id: '3' }) },
  {
    title: 'its agent is disabled',
    status: 401,
    end: (owner) => owner.patchAgent({ id: '3', settings: { disabled: true } }),
  },
  {
    title: 'its agent is demoted',
    status: 403,
    end: (owner) => owner.patchAgent({ id: '3', settings: { role: 'agent' } }),
  },
]

describe('a client that keeps writing writes nothing more once', () => {
  test.each(ENDS)('$title', async ({ end, status }) => {
    const served = await serveWorkspace({ parts: { agents: [...AGENTS, { id: '3', name: 'Ben', role: 'admin' }] } })
    const secret = await served.token({ agent: '3', name: 'laptop' })
    const [token] = (await served.owner.listTokens({})).filter(({ name }) => name === 'laptop')
    const statuses: number[] = []
    let isOver = false
    let written = 0
    const write = async () => {
      while (!isOver) {
        const note = `note ${written++}`
        const answer = await served.ask('PUT', '/v1/agents/2/status', { token: secret, body: { status: 'away', note } })
        statuses.push(answer.status)
        if (answer.status !== 200) return
      }
    }
    const writers = Array.from({ length: AT_ONCE }, write)
    while (statuses.length < WRITTEN_BEFORE) await new Promise((resolve) => setTimeout(resolve, 5))
    const { revision } = await end(served.owner, token!.id)
    await Promise.all(writers)
    isOver = true

    expect(new Set(statuses)).toEqual(new Set([200, status]))
    const { revisions } = await served.owner.listRevisions({ actor: '3', limit: 1 })
    expect(revisions[0]!.number).toBeLessThan(revision)
    await served.close()
  })
})

/** The stream that a secret opened, once it has begun. */
async function beginStream({ url }: ServedWorkspace, secret: string): Promise<ReadableStreamDefaultReader> {
  const { body } = await fetch(`${url}/v1/events`, { headers: { authorization: `Bearer ${secret}` } })
  const reader = body!.getReader()
  await reader.read()
  return reader
}

describe('a stream of events ends once', () => {
  test.each(ENDS.filter(({ status }) => status === 401))('$title', async ({ end }) => {
    const served = await serveWorkspace({ parts: { agents: [...AGENTS, { id: '3', name: 'Ben', role: 'admin' }] } })
    const secret = await served.token({ agent: '3', name: 'laptop' })
    const [token] = (await served.owner.listTokens({})).filter(({ name }) => name === 'laptop')
    const stream = await beginStream(served, secret)
    await end(served.owner, token!.id)
    expect((await stream.read()).done).toBe(true)
    await served.close()
  })

  test('the overlap of a rotation is over that began while it was open', { timeout: SOON_MS }, async () => {
    const served = await serveWorkspace()
    const secret = await served.token({ agent: '2' })
    const [token] = await served.owner.listTokens({})
    const stream = await beginStream(served, secret)
    await served.owner.rotateToken({ id: token!.id, overlapSeconds: 1 })
    expect(Buffer.from((await stream.read()).value).toString()).toContain('rotatedAt')
    served.clock(OPEN + 1000)
    expect((await stream.read()).done).toBe(true)
    await served.close()
  })
})
