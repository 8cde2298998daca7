import { describe, expect, test } from 'vitest'
import { holdLock } from '../store/lock-holder.js'
import { serveWorkspace } from './served-workspace.js'

const flip = (note: string) => ({ body: { status: 'away', note } })
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function heldWorkspace(waitMs: number) {
  const served = await serveWorkspace({ waitMs })
  const token = await served.token({ name: 'writer', role: 'admin' })
  const holder = await holdLock(served.path)
  const write = (note: string, signal?: AbortSignal) =>
    served.ask('PUT', '/v1/agents/2/status', { token, ...flip(note), ...(signal && { signal }) })
  const notes = async () => {
    const { body } = await served.ask('GET', '/v1/revisions?limit=1000&path=agents', { token })
    return body.revisions.flatMap(({ changes }: { changes: { path: string; after?: string }[] }) =>
      changes.flatMap(({ path, after }) => (path === 'agents[2].note' && after !== undefined ? [after] : [])),
    )
  }
  return { ...served, token, holder, write, notes }
}

describe('while another process writes the file for long', () => {
  test('reads and health are answered, and each write gets 503 with Retry-After at its limit', async () => {
    const { ask, token, holder, write, notes } = await heldWorkspace(400)
    const writes = Promise.all(Array.from({ length: 50 }, (_, index) => write(`${index}`)))
    let answered = 0
    for (; answered < 20; answered++) {
      for (const path of ['/healthz', '/readyz', '/v1/status']) {
        expect((await ask('GET', path, { token })).status).toBe(200)
      }
    }
    for (const { status, headers, body } of await writes) {
      expect({ status, body }).toMatchObject({ status: 503, body: { code: 'busy' } })
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
    await holder.release()
    expect((await write('after')).status).toBe(200)
    expect(await notes()).toEqual(['after'])
  })

  test('a write waits for the lock, and is done when it is free', async () => {
    const { holder, write, notes } = await heldWorkspace(20_000)
    const waiting = write('patient')
    await pause(50)
    await holder.release()
    expect((await waiting).status).toBe(200)
    expect(await notes()).toEqual(['patient'])
  })

  test('a write whose client has gone away is not started', async () => {
    const { holder, write, notes } = await heldWorkspace(20_000)
    const gone = new AbortController()
    const left = expect(write('gone', gone.signal)).rejects.toThrow()
    const patient = write('patient')
    await pause(100)
    gone.abort()
    await left
    await pause(50)
    await holder.release()
    expect((await patient).status).toBe(200)
    expect(await notes()).toEqual(['patient'])
  })

  test('a server that stops waits for no lock: what waits for it is told to ask again', async () => {
    const { holder, write, close } = await heldWorkspace(20_000)
    const waiting = write('late')
    await pause(100)
    const closing = close()
    expect(await waiting).toMatchObject({ status: 503, body: { code: 'interrupted' } })
    await holder.release()
    await closing
  })
})
