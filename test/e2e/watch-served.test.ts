import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { runCommand } from './run-command.js'
import { loggedIn, startServe, startWatch } from './served.js'

const SOON = { timeout: 10_000 }

test('a flip on one machine shows on another, and an interrupt ends the watch quietly', async () => {
  const served = await startServe(join(newFolder(), 'acme.db'))
  const machine = await loggedIn(served.url, served.adminToken)
  const watcher = startWatch(machine)
  await expect.poll(watcher.revisions, SOON).toHaveLength(1)
  const [first] = watcher.revisions()
  for (const [flips, status] of ['away', 'available', 'away'].entries()) {
    expect((await machine.run(`agent ${status}`)).exitCode).toBe(0)
    await expect.poll(() => watcher.revisions().at(-1)! - first!, SOON).toBe(flips + 1)
  }
  watcher.stop()
  expect({ exitCode: (await watcher.ended).exitCode, stderr: watcher.stderr() }).toEqual({ exitCode: 0, stderr: '' })
})

test('a server that is killed and comes back is told of, and no change is missed', async () => {
  const database = join(newFolder(), 'acme.db')
  // None that the system gives to a server of another test while this one is gone.
  const port = 20_000 + (process.pid % 10_000)
  const served = await startServe(database, port)
  const machine = await loggedIn(served.url, served.adminToken)
  const watcher = startWatch(machine)
  await expect.poll(watcher.revisions, SOON).toHaveLength(1)
  const [first] = watcher.revisions()
  await served.end('SIGKILL')
  await expect.poll(watcher.stderr, SOON).toMatch(/^Connection lost \(.+\); trying again\.\n$/)

  // Someone who has the file itself goes on meanwhile.
  const local = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  await runCommand(['profile', 'add', 'file', '--database', database, '--agent', '2'], local)
  const meanwhile = await runCommand(['agent', 'available', '--json'], local)
  expect(JSON.parse(meanwhile.stdout)).toMatchObject({ changed: true, revision: first! + 1 })
  expect(watcher.revisions()).toEqual([first])

  await startServe(database, port)
  // The longer the server was gone, the longer the watcher waits before it tries again.
  const seen = () => ({ revisions: watcher.revisions(), stderr: watcher.stderr() })
  await expect.poll(seen, { timeout: 60_000 }).toEqual({
    revisions: [first, first! + 1],
    stderr: expect.stringMatching(/^Connection lost \(.+\); trying again\.\nConnected again\.\n$/),
  })
  await machine.run('agent away')
  await expect.poll(watcher.revisions, SOON).toEqual([first, first! + 1, first! + 2])
}, 120_000)

test('a token that is revoked ends the watch with exit 4, and the words of the service', async () => {
  const served = await startServe(join(newFolder(), 'acme.db'))
  const admin = await loggedIn(served.url, served.adminToken)
  const { secret, token } = JSON.parse((await admin.run('token create --scope read --json')).stdout)
  const reader = await loggedIn(served.url, secret)
  const watcher = startWatch(reader)
  await expect.poll(watcher.revisions, SOON).toHaveLength(1)
  expect((await admin.run(`token revoke ${token.id}`)).exitCode).toBe(0)
  expect((await watcher.ended).exitCode).toBe(4)
  expect(watcher.stderr()).toContain('"code":"not-logged-in","message":"the token was revoked at ')
  expect(watcher.stderr()).not.toContain(secret)
})
