import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { serveWorkspace } from './served-workspace.js'

const MOVED = 'the workspace file was moved or deleted while it was open'
const REPLACED = 'the workspace file was replaced by another while it was open'

describe('a server whose file is no longer in its place', () => {
  test.each([
    { title: 'moved away', take: (path: string) => renameSync(path, `${path}.old`), says: MOVED },
    {
      title: 'replaced',
      take(path: string) {
        renameSync(path, `${path}.old`)
        copyFileSync(`${path}.old`, path)
      },
      says: REPLACED,
    },
  ])('$title: it is not ready, reads go on, writes are refused, and all is well when it is back', async (way) => {
    const { ask, token, path, log } = await serveWorkspace({ checkStoreMs: 10 })
    const secret = await token({ name: 'writer', role: 'admin' })
    const write = () => ask('PUT', '/v1/agents/2/status', { token: secret, body: { status: 'away' } })
    way.take(path)
    const ready = await ask('GET', '/readyz')
    expect(ready).toMatchObject({ status: 503, body: { code: 'busy', detail: way.says } })
    expect(JSON.stringify(ready.body)).not.toContain(path)
    expect(await write()).toMatchObject({ status: 503, body: { code: 'busy', detail: way.says } })
    expect((await ask('GET', '/v1/status', { token: secret })).status).toBe(200)
    expect((await ask('GET', '/healthz')).status).toBe(200)
    expect(await log()).toContain(way.says)

    rmSync(path, { force: true })
    renameSync(`${path}.old`, path)
    expect((await ask('GET', '/readyz')).status).toBe(200)
    expect(await write()).toMatchObject({ status: 200, body: { changed: true } })
    expect(await log()).toContain('can be written again')
  })
})
