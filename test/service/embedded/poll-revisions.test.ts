import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createClient } from '../../../src/api/client.js'
import { createLocalWorkspace, openLocalWorkspace } from '../../../src/service/embedded/open-workspace.js'
import { newFolder } from '../../cli/fake-context.js'
import { documentOf, OPEN } from '../../domain/workspace-builder.js'
import { forgetRevisionsAfter } from '../forget-revisions.js'

test('a workspace file that is closed holds all that was written, without the files beside it', async () => {
  const path = join(newFolder(), 'acme.db')
  await createLocalWorkspace(path, documentOf({ agents: [{ id: '1' }] }), OPEN)
  const client = createClient(await openLocalWorkspace(path, { now: () => OPEN }))
  await client.putStatus({ id: '1', status: 'away' })
  await client.close()
  const copy = join(newFolder(), 'copy.db')
  copyFileSync(path, copy)
  const copied = createClient(await openLocalWorkspace(copy, { now: () => OPEN }))
  expect(await copied.getStatus({})).toMatchObject({ revision: 2, agents: { available: 0 } })
  await copied.close()
})

test('a workspace file that another takes the place of is opened anew', async () => {
  const folder = newFolder()
  const [path, copy] = [join(folder, 'acme.db'), join(folder, 'copy.db')]
  for (const each of [path, copy]) await createLocalWorkspace(each, documentOf({ agents: [{ id: '1' }] }), OPEN)
  const open = async (file: string) => createClient(await openLocalWorkspace(file, { now: () => OPEN }))
  const before = await open(path)
  for (const status of ['away', 'available', 'away'] as const) await before.putStatus({ id: '1', status })
  await before.close()
  const watcher = await open(path)
  const stop = new AbortController()
  const seen: (number | string)[] = []
  const follow = async () => {
    for await (const event of watcher.events(4, stop.signal)) {
      seen.push(event.type === 'revision' ? event.revision.number : event.type)
    }
  }
  const ended = follow()
  onTestFinished(async () => {
    stop.abort()
    await ended
    await watcher.close()
  })
  renameSync(path, join(folder, 'old.db'))
  await expect.poll(() => seen).toEqual(['lost'])
  renameSync(copy, path)
  await expect.poll(() => seen).toEqual(['lost', 'resumed', 'restored', 1])
  const after = await open(path)
  await after.putStatus({ id: '1', status: 'away' })
  await after.close()
  await expect.poll(() => seen).toEqual(['lost', 'resumed', 'restored', 1, 2, 'nobody-there'])
  expect(await watcher.getStatus({})).toMatchObject({ revision: 2, agents: { available: 0 } })
})

test('a workspace file that is watched tells a restored copy, and goes on from there', async () => {
  const path = join(newFolder(), 'acme.db')
  await createLocalWorkspace(path, documentOf({ agents: [{ id: '1' }] }), OPEN)
  const open = async () => createClient(await openLocalWorkspace(path, { now: () => OPEN }))
  const [writer, watcher] = [await open(), await open()]
  const stop = new AbortController()
  const seen: (number | string)[] = []
  const follow = async () => {
    for await (const event of watcher.events(1, stop.signal)) {
      seen.push(event.type === 'revision' ? event.revision.number : event.type)
    }
  }
  const ended = follow()
  onTestFinished(async () => {
    stop.abort()
    await ended
    await Promise.all([writer.close(), watcher.close()])
  })
  const flip = async () => {
    await writer.putStatus({ id: '1', status: 'away' })
    await writer.putStatus({ id: '1', status: 'available' })
  }
  await flip()
  await expect.poll(() => seen).toEqual([2, 3])
  await forgetRevisionsAfter(1, path)
  await expect.poll(() => seen).toEqual([2, 3, 'restored', 1])
  await flip()
  await expect.poll(() => seen).toEqual([2, 3, 'restored', 1, 2, 3])
})
